#pragma once

#include <memory>
#include <vector>

#include "models/strategies/cooperator.hpp"
#include "models/strategies/defector.hpp"
#include "sim/engine/evolution.hpp"
#include "sim/model/update_steps.hpp"

/// Small games and populations of strategies for tests.
namespace commonweal::test {

/// A game of these strategies, numbered in this order.
template <class... Models>
StrategyGame game_of(const GameRules& rules, const Models&... models) {
    const std::vector<std::unique_ptr<Strategy>> made = [&] {
        std::vector<std::unique_ptr<Strategy>> all;
        (all.push_back(std::make_unique<StrategyOf<Models>>(models)), ...);
        return all;
    }();
    std::vector<const Strategy*> strategies;
    for (const auto& strategy : made) strategies.push_back(strategy.get());
    return StrategyGame(rules, terms_of(strategies));
}

template <class Rule>
std::shared_ptr<const Update> update_of(const Rule& rule) {
    return std::make_shared<UpdateOf<Rule>>(rule);
}

/// Makes the same network for every instance.
class FixedNetwork final : public NetworkGenerator {
public:
    explicit FixedNetwork(Network network) : network_(std::move(network)) {}
    Network generate(const Randomness&, std::uint32_t) const override { return network_; }
    bool random() const noexcept override { return false; }

private:
    Network network_;
};

inline std::shared_ptr<const NetworkGenerator> network_of(AgentId agents, std::vector<Tie> ties) {
    return std::make_shared<FixedNetwork>(Network(Layer(TieList{agents, std::move(ties), {}})));
}

/// Cooperators and defectors, half and half by chance, on a network.
template <class Rule>
EvolutionDesign evolution(const GameRules& rules, std::shared_ptr<const NetworkGenerator> network, const Rule& rule,
                          std::uint64_t seed = 1) {
    EvolutionDesign design(game_of(rules, models::Cooperator{}, models::Defector{}),
                           Randomness(Seeds{seed, seed + 1, seed + 2}));
    design.places = {{.name = "C", .share = 0.5}, {.name = "D", .share = 0.5}};
    design.generator = std::move(network);
    design.update = update_of(rule);
    return design;
}

}  // namespace commonweal::test
