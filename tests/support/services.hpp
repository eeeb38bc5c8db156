#pragma once

#include <string>
#include <vector>

#include "models/catalog.hpp"
#include "sim/engine/service_simulation.hpp"
#include "tests/support/networks.hpp"

/// Small services for tests: organizations of units that are cliques, led by their first agent.
namespace commonweal {

/// Every organization has `units` units of `size` agents, each a clique of the layer `team`; the first agent of a unit
/// is its manager, and the first of an organization its leader, superior to its other managers on the layer `line`, and
/// below the leader of the first organization. Level 0: that leader.
inline Network service_network(std::uint32_t organizations, std::uint32_t units, std::uint32_t size) {
    const AgentId agents = organizations * units * size;
    std::vector<Tie> team, line;
    TextColumnBuilder organization, unit, role;
    NumberColumn level;
    for (AgentId agent = 0; agent < agents; ++agent) {
        const std::uint32_t u = agent / size, k = u / units, place = agent % size;
        const bool leads = agent % (units * size) == 0;
        organization.add("organization_" + std::to_string(k));
        unit.add("unit_" + std::to_string(u));
        role.add(leads ? "leader" : place == 0 ? "manager" : "frontline");
        level.push_back((k > 0 ? 1 : 0) + (leads ? 0 : place == 0 ? 1 : agent / size % units == 0 ? 1 : 2));
        for (std::uint32_t other = 0; other < place; ++other) team.push_back({agent - place + other, agent});
        if (place > 0)
            line.push_back({agent - place, agent});
        else if (!leads)
            line.push_back({k * units * size, agent});
        else if (k > 0)
            line.push_back({0, agent});
    }
    Attributes attributes;
    attributes.add({"organization", organization.finish()});
    attributes.add({"unit", unit.finish()});
    attributes.add({"role", role.finish()});
    attributes.add({"level", std::move(level)});
    std::vector<NamedLayer> layers;
    layers.push_back({"team", layer_of(agents, std::move(team))});
    layers.push_back({"line", layer_of(agents, std::move(line))});
    return Network(std::move(layers), std::move(attributes), nullptr);
}

using Values = std::vector<std::pair<std::string, Value>>;

inline std::vector<Setting> settings_from(const Values& values) {
    std::vector<Setting> settings;
    for (const auto& [key, value] : values) settings.push_back({key, value, "test"});
    return settings;
}

/// A service whose agents all follow one behavior rule of the catalog.
inline ServiceDesign service_design(Network network, const std::string& behavior = "norm_incentive",
                                    const Values& values = {}, Round rounds = 20) {
    ServiceDesign design;
    design.randomness = seeded(7);
    design.rounds = rounds;
    for (const auto& entry : models::behaviors())
        if (entry.info.name == behavior) design.types.push_back({entry.make(settings_from(values), behavior), 1});
    design.places.push_back({.name = "everybody"});
    design.first = std::make_shared<const Network>(std::move(network));
    return design;
}

/// Adds a policy of the catalog; what is not said of it can be set in the result.
inline PolicyInForce& add_policy(ServiceDesign& design, const std::string& kind, const Values& values = {}) {
    PolicyInForce own;
    own.name = own.where = kind;
    own.key = static_cast<std::uint32_t>(design.policies.size());
    for (const auto& entry : models::policies())
        if (entry.info.name == kind) own.policy = entry.make(settings_from(values), kind);
    if (!own.policy) throw ConfigError(kind, "no such policy");
    design.policies.push_back(std::move(own));
    return design.policies.back();
}

/// Runs with replicates 0, 1, ... on network instance 0.
template <std::size_t width = 1>
std::vector<ServiceTrace> traces_of(const ServiceDesign& design, std::uint32_t runs = 1) {
    const ServicePlace place(design, 0);
    std::vector<ServiceTrace> traces;
    for (std::uint32_t first = 0; first < runs; first += width) {
        typename ServiceSimulation<width>::Replicates replicates;
        for (std::uint32_t lane = 0; lane < width; ++lane) replicates[lane] = std::min(first + lane, runs - 1);
        auto some = ServiceSimulation<width>(design, place, replicates).run(std::min<std::size_t>(width, runs - first));
        for (ServiceTrace& trace : some) traces.push_back(std::move(trace));
    }
    return traces;
}

inline ServiceTrace trace_of(const ServiceDesign& design) { return traces_of<1>(design)[0]; }

/// Whether two runs are equal to the last bit, the costs and pilots of policies left aside.
inline bool same_run(const ServiceTrace& a, const ServiceTrace& b) {
    return a.payoff == b.payoff && a.local == b.local && a.system == b.system && a.round_cost == b.round_cost &&
           a.organization == b.organization && a.books == b.books &&
           (a.gini == b.gini || (a.gini != a.gini && b.gini != b.gini));
}

}  // namespace commonweal
