#include "models/networks/network_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sim/network/agent_table.hpp"
#include "sim/network/edge_list.hpp"
#include "sim/network/graphml.hpp"
#include "sim/network/table_remarks.hpp"

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

EdgeListFormat format_of(const NetworkFile& model) {
    return {model.source_column, model.target_column, model.weight_column, model.layer_column,
            model.duplicates == 1 ? Duplicates::merge : Duplicates::refuse};
}

Network read(const NetworkFile& model) {
    const EdgeListFormat format = format_of(model);
    if (is_graphml(model.file)) {
        Network network = read_graphml(model.file, format.duplicates);
        return model.agents.empty() ? network : with_attributes(network, model.agents, model.id);
    }
    if (model.agents.empty()) return read_edge_list(model.file, format);
    AgentTable table = read_agent_table(model.agents, model.id);
    return read_edge_list(model.file, format, std::move(table.labels), std::move(table.attributes));
}

bool can_be_read_twice(const std::string& file) {
    std::error_code unknown;
    return std::filesystem::is_regular_file(file, unknown);
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

std::vector<std::string> NetworkFile::remarks(std::string_view keys) const {
    std::vector<std::string> remarks;
    try {
        if (!is_graphml(file) && can_be_read_twice(file)) remarks = edge_list_remarks(file, format_of(*this), keys);
        if (can_be_read_twice(agents)) std::ranges::copy(agent_table_remarks(agents, id), std::back_inserter(remarks));
    } catch (const Error&) {  // the network cannot be read, which is told then
    }
    return remarks;
}

}  // namespace commonweal::models
