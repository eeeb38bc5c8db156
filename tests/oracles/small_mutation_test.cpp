#include "tests/oracles/theory/small_mutation.hpp"

#include <gtest/gtest.h>

#include "tests/oracles/engine.hpp"

/// Punishment when mutations are rare, THEORY 1.6: the engine's expected payoffs in the embedded chain, within 1e-5 of
/// the printed vectors and 1e-9 of the theory program; invasions simulated within 4 sqrt(p (1-p) / runs).
namespace commonweal {
namespace {

using oracle::Role;
using test::expect_probability;
using test::expect_within;

test::Named strategy_of(const oracle::PunishmentGame& game, Role role) {
    switch (role) {
        case Role::C:
            return {"cooperator"};
        case Role::D:
            return {"defector"};
        case Role::L:
            return {"loner"};
        case Role::W:
            return {"moralist", {{"fine", game.peer_fine}, {"cost_of_fine", game.peer_cost}, {"spread", Value{false}}}};
        case Role::V:
            return {"pool_punisher",
                    {{"fine", game.pool_fine}, {"pool_fee", game.pool_fee}, {"second_order", game.second_order_pool}}};
    }
    return {};
}

StrategyGame engine_of(const oracle::PunishmentGame& game, const std::vector<Role>& roles) {
    std::vector<test::Named> names;
    for (const Role role : roles) names.push_back(strategy_of(game, role));
    return test::game_with({.enhancement = game.enhancement, .cost = game.cost, .loner_payoff = game.loner}, names);
}

/// What the engine expects an invader to earn more than a resident when there are k invaders.
double engine_advantage(const StrategyGame& game, const oracle::PunishmentGame& p, std::uint8_t invader,
                        std::uint8_t resident, int k) {
    std::vector<std::uint8_t> strategies(static_cast<std::size_t>(p.population), resident);
    std::fill_n(strategies.begin(), k, invader);
    const WellMixedGames games(game, static_cast<std::uint32_t>(p.sample), std::move(strategies));
    return games.expected(invader) - games.expected(resident);
}

/// rho of the Fermi rule from the engine's payoffs; equal payoffs may differ by rounding.
double engine_invasion(const StrategyGame& game, const oracle::PunishmentGame& p, std::uint8_t invader,
                       std::uint8_t resident, double s) {
    double sum = 1, total = 0;
    for (int k = 1; k < p.population; ++k) {
        const double advantage = engine_advantage(game, p, invader, resident, k);
        total += std::abs(advantage) < 1e-12 ? 0 : advantage;
        sum += oracle::selection_weight(s, total);
    }
    return 1 / sum;
}

oracle::Vector engine_shares(const oracle::PunishmentGame& p, const std::vector<Role>& roles, double s) {
    const StrategyGame game = engine_of(p, roles);
    const std::size_t d = roles.size();
    oracle::Matrix lambda = oracle::identity(static_cast<int>(d));
    for (std::uint8_t i = 0; i < d; ++i)
        for (std::uint8_t j = 0; j < d; ++j) {
            if (i == j) continue;
            lambda[i][j] = engine_invasion(game, p, j, i, s) / (static_cast<double>(d) - 1);
            lambda[i][i] -= lambda[i][j];
        }
    return oracle::stationary_vector(lambda);
}

void expect_shares(const oracle::Vector& found, const oracle::Vector& expected, double tolerance,
                   const std::string& what) {
    std::printf("%-40s", what.c_str());
    for (std::size_t i = 0; i < found.size(); ++i) std::printf(" %.6f (%.6f)", found[i], expected[i]);
    std::printf("\n");
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], tolerance) << what << " " << i;
}

TEST(SmallMutationEngine, HasThePrintedShares) {
    using enum Role;
    const double infinite = HUGE_VAL;
    for (const double s : {1e6, infinite}) {
        expect_shares(engine_shares({}, {C, D, L}, s), {0.25, 0.25, 0.5}, 1e-5, "C D L");
        expect_shares(engine_shares({}, {C, D, L, W}, s), {2 / 108.0, 2 / 108.0, 2 / 108.0, 0.944444}, 1e-5, "C D L W");
        expect_shares(engine_shares({.population = 40}, {C, D, L, W}, s), {2 / 48.0, 2 / 48.0, 2 / 48.0, 42 / 48.0},
                      1e-5, "C D L W, M = 40");
        expect_shares(engine_shares({}, {C, D, W}, s), {0, 1, 0}, 1e-5, "C D W, compulsory");
    }
    expect_shares(engine_shares({}, {C, D, L, W}, 1), {0.047330, 0.025887, 0.061271, 0.865512}, 1e-5, "C D L W, s = 1");
}

TEST(SmallMutationEngine, HasTheSharesOfTheTheory) {
    using enum Role;
    for (const bool second : {false, true})
        for (const double s : {0.05, 1.0, 20.0, HUGE_VAL}) {
            if (second && !std::isfinite(s)) continue;  // V and W may both be without a way out
            const oracle::PunishmentGame game{.peer_fine = 0.7, .peer_cost = 0.7, .second_order_pool = second};
            for (const std::vector<Role>& roles :
                 {std::vector<Role>{C, D, L, W, V}, {C, D, L, V}, {V, W, D, L}, {L, W, C, D}})
                expect_shares(engine_shares(game, roles, s), oracle::small_mutation_shares(game, roles, s), 1e-9,
                              "s = " + std::to_string(s) + (second ? ", second order" : ""));
        }
    const oracle::PunishmentGame other{.population = 30,
                                       .sample = 4,
                                       .enhancement = 2.4,
                                       .cost = 1.5,
                                       .loner = 0.6,
                                       .peer_fine = 1.3,
                                       .peer_cost = 0.2,
                                       .pool_fine = 0.9,
                                       .pool_fee = 0.3,
                                       .second_order_pool = true};
    for (const double s : {0.2, 5.0})
        expect_shares(engine_shares(other, {D, C, V, L, W}, s),
                      oracle::small_mutation_shares(other, {D, C, V, L, W}, s), 1e-9, "other parameters");
    // Without second-order punishment peer punishers do better than pool punishers; with it the reverse.
    for (const bool second : {false, true}) {
        const auto shares =
            engine_shares({.peer_fine = 0.7, .peer_cost = 0.7, .second_order_pool = second}, {C, D, L, W, V}, 1000);
        EXPECT_EQ(shares[3] < shares[4], second);
    }
}

/// One invader among residents, played by the engine.
double simulated_invasion(const oracle::PunishmentGame& game, const std::vector<Role>& roles, double s,
                          std::size_t runs, std::uint64_t seed) {
    EvolutionDesign design(engine_of(game, roles), seeded(seed));
    design.meeting = EvolutionDesign::Meeting::well_mixed;
    design.population = static_cast<AgentId>(game.population);
    design.group_size = static_cast<std::uint32_t>(game.sample);
    design.update = test::made(models::updates(), {"fermi", {{"strength", s}}});
    design.places = {{.name = "invader", .count = 1}, {.name = "resident"}};
    for (std::size_t other = 2; other < roles.size(); ++other)
        design.places.push_back({.name = "absent " + std::to_string(other), .share = 0});
    design.rounds = design.every = 1'000'000;
    design.steps = 10'000;
    return test::won_by(0, test::endings(design, runs));
}

TEST(SmallMutationEngine, SimulatesTheInvasions) {
    using enum Role;
    const std::size_t runs = 100'000;
    std::uint64_t seed = 1;
    const auto compare = [&](const std::string& name, const oracle::PunishmentGame& game,
                             const std::vector<Role>& roles, double s) {
        const double rho = oracle::invasion_probability(game, roles[0], roles[1], s);
        expect_probability(name, simulated_invasion(game, roles, s, runs, ++seed), rho, runs);
    };
    const oracle::PunishmentGame printed;  // M = 100, N = 5, r = 3, sigma = 1, beta = 1, gamma = .3
    const oracle::PunishmentGame small{.population = 20, .peer_fine = 1.2, .peer_cost = 0.2};
    const oracle::PunishmentGame pool{.population = 20, .second_order_pool = true};
    compare("W into D, M = 100, s = .01", printed, {W, D}, 0.01);
    compare("D into W, M = 100, s = .01", printed, {D, W}, 0.01);
    compare("W into D, M = 20, s = .05", small, {W, D}, 0.05);
    compare("D into W, M = 20, s = .05", small, {D, W}, 0.05);
    compare("C into L, M = 20, s = 1", small, {C, L, D}, 1);
    compare("L into D, M = 20, s = .2", small, {L, D, C}, 0.2);
    compare("D into C beside loners' rules, M = 20, s = .1", small, {D, C, L}, 0.1);
    compare("V into D, M = 20, s = .1", pool, {V, D}, 0.1);
    compare("C into V, second order, M = 20, s = .1", pool, {C, V}, 0.1);
    compare("W into V, second order, M = 20, s = .1", pool, {W, V}, 0.1);
}

}  // namespace
}  // namespace commonweal
