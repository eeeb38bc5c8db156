#pragma once

#include "tests/support/laboratory.hpp"
#include "tests/support/strategies.hpp"

/// Small networks of behavior rules for tests.
namespace commonweal::test {

inline std::shared_ptr<const NetworkGenerator> weighted_network(AgentId agents, std::vector<Tie> ties,
                                                                std::vector<float> weights) {
    return std::make_shared<FixedNetwork>(Network(Layer(TieList{agents, std::move(ties), std::move(weights)})));
}

/// 0 - 1 - 2.
inline std::shared_ptr<const NetworkGenerator> path_of_three() { return network_of(3, {{0, 1}, {1, 2}}); }

/// Agents 0 .. n-1 in a circle.
inline std::shared_ptr<const NetworkGenerator> circle(AgentId agents) {
    std::vector<Tie> ties;
    for (AgentId agent = 0; agent < agents; ++agent) ties.push_back({agent, (agent + 1) % agents});
    return network_of(agents, std::move(ties));
}

/// Everybody follows one rule, tokens are continuous, and only one's own game is played with MPCR one half.
template <class Rule>
Experiment neighborhood(std::shared_ptr<const NetworkGenerator> generator, const Rule& rule, Round rounds,
                        std::uint64_t seed = 1) {
    Experiment experiment;
    experiment.randomness = Randomness(Seeds{seed, seed + 1, seed + 2});
    experiment.condition_rounds = rounds;
    experiment.whole_tokens = false;
    experiment.types = {{behavior(rule), 1}};
    NetworkDesign design;
    design.generator = std::move(generator);
    design.places = {{.name = "all"}};
    design.rules.hosts = NeighborhoodRules::Hosts::focal;
    design.rules.mpcr = 0.5;
    design.prepare(experiment.randomness);
    experiment.session_size = design.first->agents();
    experiment.network = std::move(design);
    return experiment;
}

/// Another endowment for such an experiment.
inline void give_endowment(Experiment& experiment, double tokens) {
    experiment.game.endowment = static_cast<float>(tokens);
    experiment.network->rules.endowment = tokens;
}

/// Adds a type of exactly these agents, who are numbered in networks without names.
template <class Rule>
void add_agents(Experiment& experiment, const std::string& name, const std::vector<AgentId>& agents, const Rule& rule) {
    TypePlace place{.name = name};
    for (const AgentId agent : agents) place.who.push_back(std::to_string(agent));
    experiment.types.push_back({behavior(rule), 1});
    experiment.network->places.push_back(place);
}

}  // namespace commonweal::test
