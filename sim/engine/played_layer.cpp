#include "sim/engine/played_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/error.hpp"

namespace commonweal {

const NamedLayer& played_layer(const Network& network, const std::string& name) {
    if (name.empty()) return network.layers().front();
    (void)network.layer(name);  // throws for a name that is none
    return *std::ranges::find(network.layers(), name, &NamedLayer::name);
}

void check_neighbors(const Network& network, const Layer& ties, std::string_view act) {
    AgentId lonely = 0, first = 0;
    for (AgentId agent = ties.agents(); agent-- > 0;)
        if (ties.degree(agent) == 0) {
            ++lonely;
            first = agent;
        }
    if (lonely)
        throw ConfigError("[network]", fmt::format("{} of {} agents have no neighbor {}, the first is agent {}; "
                                                   "network.without_ties = \"keep\" leaves them alone",
                                                   lonely, ties.agents(), act, network.label(first)));
}

void check_weighted(const NamedLayer& played) {
    if (!played.layer.weighted())
        throw ConfigError("[game]",
                          fmt::format("weighted is true, but the ties of layer '{}' have no weights", played.name));
}

}  // namespace commonweal
