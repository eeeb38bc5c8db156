#include <gtest/gtest.h>

#include <cmath>

#include "models/updates/aspiration.hpp"
#include "models/updates/birth_death.hpp"
#include "models/updates/death_birth.hpp"
#include "models/updates/fermi.hpp"
#include "models/updates/imitate_best.hpp"
#include "models/updates/proportional_imitation.hpp"
#include "tests/support/strategies.hpp"

namespace commonweal::models {
namespace {

TEST(Fermi, GrowsWithTheDifference) {
    const Fermi rule{.strength = 2};
    for (const double gain : {-30.0, -1.0, 0.0, 0.25, 3.0})
        EXPECT_NEAR(rule.probability({5, 5 + gain, 0}), 1 / (1 + std::exp(-2 * gain)), 1e-15);
    EXPECT_EQ(rule.probability({0, 1e6, 0}), 1.0);
    EXPECT_EQ(rule.probability({0, -1e6, 0}), 0.0);
    EXPECT_EQ(Fermi{.strength = 0}.probability({0, 7, 0}), 0.5);
}

TEST(ProportionalImitation, IsTheShareOfTheSpan) {
    const ProportionalImitation rule;
    EXPECT_DOUBLE_EQ(rule.probability({1, 2.5, 6}), 0.25);
    EXPECT_EQ(rule.probability({2, 2, 6}), 0.0);
    EXPECT_EQ(rule.probability({3, 2, 6}), 0.0);
}

template <class Rule>
void expect_fitness() {
    const Rule exponential{.strength = 0.5};
    EXPECT_NEAR(exponential.fitness(3, 1) / exponential.fitness(1, 1), std::exp(1.0), 1e-14);
    EXPECT_NEAR(exponential.fitness(3, 9) / exponential.fitness(1, 9), std::exp(1.0), 1e-14) << "ratios know no scale";
    const Rule linear{.strength = 0.5, .fitness_of = 1};
    EXPECT_DOUBLE_EQ(linear.fitness(3, 9), 2.0);
    EXPECT_EQ(linear.fitness(-4, 9), 0.0);
}

TEST(DeathBirth, WeighsPayoffs) { expect_fitness<DeathBirth>(); }
TEST(BirthDeath, WeighsPayoffs) { expect_fitness<BirthDeath>(); }

TEST(Aspiration, ChangesWhoFallsShort) {
    const Aspiration rule{.level = 2, .strength = 3};
    EXPECT_DOUBLE_EQ(rule.probability(2), 0.5);
    EXPECT_NEAR(rule.probability(1), 1 / (1 + std::exp(-3.0)), 1e-15);
    EXPECT_EQ(rule.probability(1e6), 0.0);
}

/// A path 0-1-2-3 in the donation game. Strategies C D D D: payoffs -1, 3, 0, 0.
TEST(ImitateBest, CopiesTheBestAndKeepsItsOwnOnATie) {
    const GameRules rules{.kind = GameRules::Kind::donation, .hosts = GameRules::Hosts::focal, .cost = 1, .benefit = 3};
    const auto path = test::network_of(4, {{0, 1}, {1, 2}, {2, 3}});
    auto design = test::evolution(rules, path, ImitateBest{});
    design.places = {{.name = "C", .who = {"0"}}, {.name = "D"}};
    design.together = true;
    design.rounds = 1;
    design.keep_strategies = true;
    const EvolutionTrace trace = evolve(design, Habitat(design, 0), 0);
    EXPECT_EQ(std::vector<std::uint8_t>(trace.strategies.begin() + 4, trace.strategies.end()),
              (std::vector<std::uint8_t>{1, 1, 1, 1}));
    EXPECT_EQ(trace.absorbed, 1);
    // C C D D: payoffs 3-1 = 2, 3-2 = 1, 3, 0. Agent 0 keeps C (its best is itself), 1 copies 2, 3 copies 2.
    design.places = {{.name = "C", .who = {"0", "1"}}, {.name = "D"}};
    const EvolutionTrace second = evolve(design, Habitat(design, 0), 0);
    EXPECT_EQ(std::vector<std::uint8_t>(second.strategies.begin() + 4, second.strategies.end()),
              (std::vector<std::uint8_t>{0, 1, 1, 1}));
}

}  // namespace
}  // namespace commonweal::models
