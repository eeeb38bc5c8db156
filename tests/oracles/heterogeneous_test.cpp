#include <gtest/gtest.h>

#include "tests/oracles/engine.hpp"

/// Diversity of degrees, THEORY 3 (Santos, Santos & Pacheco 2008): all revise together by proportional imitation, half
/// of the agents cooperate at the beginning. Seeds are fixed. Thresholds are simulated values, met within .03.
namespace commonweal {
namespace {

using test::Named;

const Named scale_free{"barabasi_albert", {{"agents", whole(1000)}, {"links", whole(2)}}};
const Named ring{"ring_lattice", {{"agents", whole(1000)}, {"degree", whole(4)}}};

/// eta = r / (z+1) with the mean degree z = 4.
EvolutionDesign design_of(const Named& network, bool per_individual, double eta, Round rounds) {
    EvolutionDesign design(
        test::game_with({.enhancement = 5 * eta, .per_individual = per_individual}, {{"cooperator"}, {"defector"}}),
        seeded(7));
    design.generator = test::made(models::networks(), network);
    design.update = test::made(models::updates(), {"proportional_imitation"});
    design.together = true;
    design.places = {{.name = "C", .share = 0.5}, {.name = "D", .share = 0.5}};
    design.rounds = design.every = rounds;
    design.window = rounds / 10;
    return design;
}

/// Exact: on a regular graph the costs differ by a factor in every payoff, which the largest difference cancels.
TEST(HeterogeneousEngine, IsTheSameForBothCostsOnRegularGraphs) {
    for (const Named& network : {ring, Named{"square_lattice", {{"width", whole(30)}, {"height", whole(30)}}},
                                 Named{"random_regular", {{"agents", whole(900)}, {"degree", whole(6)}}}, scale_free}) {
        EvolutionDesign game = design_of(network, false, 0.85, 300), individual = design_of(network, true, 0.85, 300);
        game.every = individual.every = 100;
        game.keep_strategies = individual.keep_strategies = true;
        const auto one = evolve(game, Habitat(game, 0), 0).strategies;
        const auto other = evolve(individual, Habitat(individual, 0), 0).strategies;
        EXPECT_EQ(one == other, network.name != scale_free.name) << network.name;
    }
}

/// Mean share of C over networks and runs, in the last tenth of the rounds.
test::Estimate share_of(const Named& network, bool per_individual, double eta) {
    const std::size_t networks = 5, runs = 4;
    const EvolutionDesign design = design_of(network, per_individual, eta, 10'000);
    std::vector<double> late(networks * runs);
    parallel_items(networks, [&](std::size_t instance) {
        const Habitat habitat(design, static_cast<std::uint32_t>(instance));
        for (std::size_t run = 0; run < runs; ++run)
            late[instance * runs + run] = evolve(design, habitat, static_cast<std::uint32_t>(run)).late_share[0];
    });
    return test::mean_of(late);
}

/// The share of C crosses one half between these values of eta.
void expect_threshold(const std::string& what, const Named& network, bool per_individual, double below, double above) {
    const test::Estimate low = share_of(network, per_individual, below),
                         high = share_of(network, per_individual, above);
    std::printf("%-32s share %.3f +- %.3f at eta = %.2f, %.3f +- %.3f at %.2f\n", what.c_str(), low.mean, low.error,
                below, high.mean, high.error, above);
    EXPECT_LT(low.mean, 0.5) << what;
    EXPECT_GT(high.mean, 0.5) << what;
}

/// The order of the claim, per individual < per game < regular, follows: the intervals do not meet.
TEST(HeterogeneousEngine, CrossesOneHalfPerIndividual) {
    expect_threshold("Barabasi-Albert, per individual", scale_free, true, 0.35, 0.41);
}

TEST(HeterogeneousEngine, CrossesOneHalfPerGame) {
    expect_threshold("Barabasi-Albert, per game", scale_free, false, 0.59, 0.67);
}

TEST(HeterogeneousEngine, CrossesOneHalfOnARing) { expect_threshold("ring", ring, false, 0.73, 0.81); }

}  // namespace
}  // namespace commonweal
