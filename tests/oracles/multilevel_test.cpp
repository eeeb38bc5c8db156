#include "tests/oracles/theory/multilevel.hpp"

#include <gtest/gtest.h>

#include "tests/oracles/engine.hpp"

/// Splitting groups against the closed form for rare splitting, THEORY 5.1, within 4 sqrt(p (1-p) / runs).
namespace commonweal {
namespace {

/// One cooperator in `groups` full groups of defectors, until one strategy has everybody.
EvolutionDesign design_of(const oracle::MultilevelGame& game, double w, double split) {
    const GameRules rules{.kind = GameRules::Kind::donation,
                          .hosts = GameRules::Hosts::focal,
                          .cost = game.cost,
                          .benefit = game.benefit};
    EvolutionDesign design(test::game_with(rules, {{"cooperator"}, {"defector"}}), seeded(31));
    design.meeting = EvolutionDesign::Meeting::splitting_groups;
    design.groups = static_cast<std::uint32_t>(game.groups);
    design.group_size = static_cast<std::uint32_t>(game.members);
    design.split = split;
    design.update = test::made(models::updates(), {"birth_death", {{"strength", w}}});
    design.places = {{.name = "C", .count = 1}, {.name = "D"}};
    design.rounds = design.every = 10'000'000;
    return design;
}

void expect_fixation(const oracle::MultilevelGame& game, double w, double split, std::size_t runs) {
    const std::string name = "m = " + std::to_string(static_cast<int>(game.groups)) +
                             ", n = " + std::to_string(static_cast<int>(game.members)) +
                             ", q = " + std::to_string(split);
    const auto found = test::endings(design_of(game, w, split), runs);
    for (const test::Ending& ending : found) ASSERT_GE(ending.strategy, 0);
    test::expect_probability(name, test::won_by(0, found), oracle::multilevel_fixation(game, w), runs);
}

TEST(MultilevelEngine, HasThePrintedProbability) {
    const oracle::MultilevelGame game{.groups = 10, .members = 10, .benefit = 3, .cost = 1};
    EXPECT_NEAR(oracle::multilevel_fixation(game, 0.1), 0.01070323, 5e-9);
    expect_fixation(game, 0.1, 5e-4, 40'000);
}

TEST(MultilevelEngine, HasTheProbabilitiesOfTheTheory) {
    expect_fixation({.groups = 5, .members = 4, .benefit = 4, .cost = 1}, 0.2, 1e-3, 40'000);
    expect_fixation({.groups = 8, .members = 3, .benefit = 2, .cost = 1}, 0.5, 1e-3, 40'000);
    expect_fixation({.groups = 3, .members = 6, .benefit = 5, .cost = 1}, 0.0, 1e-3, 40'000);
}

}  // namespace
}  // namespace commonweal
