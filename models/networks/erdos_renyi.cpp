#include "models/networks/erdos_renyi.hpp"

#include <fmt/format.h>

#include "models/networks/bernoulli_ties.hpp"

namespace commonweal::models {

void ErdosRenyi::check(const std::string& where) const {
    if (p > 0 && mean_degree > 0)
        throw ConfigError(where, fmt::format("p is {} and mean_degree is {}; they say the same thing, so one must be 0",
                                             p, mean_degree));
    if (mean_degree > agents - 1)
        throw ConfigError(where, fmt::format("mean_degree is {}; {} agents have at most {} neighbors each", mean_degree,
                                             agents, agents - 1));
}

Network ErdosRenyi::generate(const Randomness& randomness, std::uint32_t instance) const {
    const BernoulliSkips coin(p > 0 || agents == 1 ? p : mean_degree / (agents - 1.0));
    TieList list{agents, {}, {}};
    list.ties = ties_by_blocks(agents, [&](AgentId first, AgentId last, std::vector<Tie>& ties) {
        for (AgentId i = first; i < last; ++i) {
            DrawSequence draws(randomness, {.stream = Stream::network, .round = i, .instance = instance});
            coin.each(i + 1, agents, draws, [&](AgentId j) { ties.push_back({i, j}); });
        }
    });
    return Network(Layer(std::move(list)));
}

}  // namespace commonweal::models
