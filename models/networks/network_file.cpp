#include "models/networks/network_file.hpp"

#include <fmt/format.h>

#include "sim/network/agent_table.hpp"
#include "sim/network/edge_list.hpp"
#include "sim/network/graphml.hpp"

namespace commonweal::models {

namespace {

bool is_graphml(const std::string& file) {
    const auto ending = std::filesystem::path(file).extension();
    return ending == ".graphml" || ending == ".xml";
}

Network with_attributes(const Network& network, const std::string& agents, const std::string& id) {
    auto labels = std::make_shared<AgentLabels>();
    for (AgentId agent = 0; agent < network.agents(); ++agent) labels->find_or_add(network.label(agent));
    Attributes attributes = network.attributes();
    const Attributes more = read_attributes_of(*labels, agents, id);
    for (const Attribute& attribute : more.columns()) attributes.add(attribute);
    return Network(network.layers(), std::move(attributes), std::move(labels));
}

Network read(const NetworkFile& model) {
    const Duplicates duplicates = model.duplicates == 1 ? Duplicates::merge : Duplicates::refuse;
    if (is_graphml(model.file)) {
        Network network = read_graphml(model.file, duplicates);
        return model.agents.empty() ? network : with_attributes(network, model.agents, model.id);
    }
    const EdgeListFormat format{model.source_column, model.target_column, model.weight_column, model.layer_column,
                                duplicates};
    if (model.agents.empty()) return read_edge_list(model.file, format);
    AgentTable table = read_agent_table(model.agents, model.id);
    return read_edge_list(model.file, format, std::move(table.labels), std::move(table.attributes));
}

/// The first agent without a tie in any layer; `agents()` when there is none.
AgentId first_isolated(const Network& network) {
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        bool tied = false;
        for (const NamedLayer& named : network.layers()) tied = tied || named.layer.degree(agent) > 0;
        if (!tied) return agent;
    }
    return network.agents();
}

}  // namespace

Network NetworkFile::generate(const Randomness&, std::uint32_t) const {
    if (file.empty())
        throw ConfigError("network_file: file is missing; it is the path of an edge list or GraphML file");
    Network network = read(*this);
    if (isolated == 0) return network;
    if (const AgentId agent = first_isolated(network); agent < network.agents())
        throw ConfigError(agents.empty() ? file : agents,
                          fmt::format("agent '{}' has no tie (isolated = \"keep\" allows it)", network.label(agent)));
    return network;
}

}  // namespace commonweal::models
