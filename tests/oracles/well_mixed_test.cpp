#include "tests/oracles/theory/well_mixed.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/oracles/engine.hpp"
#include "tests/oracles/theory/optional_game.hpp"

/// Populations without structure against THEORY 1.1 to 1.3. Seeds are fixed. Probabilities are met within
/// 4 sqrt(p (1-p) / runs), mean times within 4 standard errors, payoffs within a relative 1e-9.
namespace commonweal {
namespace {

using test::expect_probability;
using test::expect_within;

/// Groups of `group` from a population, and who imitates whom how.
struct Population {
    AgentId agents = 50;
    std::uint32_t group = 5;
    GameRules rules = {};
    test::Named rule = {"fermi", {{"strength", 0.1}}};
};

/// `cooperators` among defectors, until one strategy has everybody.
EvolutionDesign design_of(const Population& p, std::uint32_t cooperators, std::uint64_t seed) {
    EvolutionDesign design(test::game_with(p.rules, {{"cooperator"}, {"defector"}}), seeded(seed));
    design.meeting = EvolutionDesign::Meeting::well_mixed;
    design.population = p.agents;
    design.group_size = p.group;
    design.update = test::made(models::updates(), p.rule);
    design.places = {{.name = "C", .count = cooperators}, {.name = "D"}};
    design.rounds = design.every = 1'000'000;
    design.steps = 10'000;
    return design;
}

/// The game by the number j of cooperating co-players, threshold and synergy included.
oracle::GroupGame theory_of(const Population& p) {
    const GameRules r = p.rules;
    const auto share = [r, n = p.group](int givers) {
        double value = 0;
        for (int i = 0; i < givers; ++i) value += std::pow(r.synergy, i);
        return givers >= static_cast<int>(r.threshold) ? r.enhancement * r.cost * value / n : 0.0;
    };
    return {static_cast<int>(p.agents), static_cast<int>(p.group), [=](int j) { return share(j + 1) - r.cost; },
            [=](int j) { return share(j); }};
}

struct Printed {
    double r, rho_c, rho_d, t1, t1_c;
};

/// THEORY 1.2, table.
TEST(WellMixedEngine, HasThePrintedProbabilitiesAndTimes) {
    std::uint64_t seed = 10;
    for (const Printed& row :
         {Printed{3, 0.005441245, 0.04910731, 345.816, 4495.751}, {5, 0.016261545, 0.02425937, 421.127, 4790.737}}) {
        const Population p{.rules = {.enhancement = row.r}};
        const std::size_t runs = 200'000;
        const std::string name = "r = " + std::to_string(row.r).substr(0, 3);
        const auto one_c = test::endings(design_of(p, 1, ++seed), runs);
        const auto one_d = test::endings(design_of(p, 49, ++seed), runs / 2);
        const test::Estimate time = test::steps_of(one_c), won = test::steps_of(one_c, 0);
        expect_probability(name + " rho_C", test::won_by(0, one_c), row.rho_c, runs);
        expect_probability(name + " rho_D", test::won_by(1, one_d), row.rho_d, runs / 2);
        expect_within(name + " t1", time.mean, row.t1, time.error);
        expect_within(name + " t1^C", won.mean, row.t1_c, won.error);
    }
}

/// Fixation and times from one, some and all but one cooperator, for the general Delta(k).
void expect_theory(const std::string& name, const Population& p, double beta, std::uint64_t seed) {
    const oracle::Vector delta = oracle::advantages(theory_of(p));
    for (const std::uint32_t start : {1u, p.agents / 3, p.agents - 1}) {
        const std::size_t runs = 40'000;
        const auto found = test::endings(design_of(p, start, ++seed), runs);
        const std::string from = name + " from " + std::to_string(start);
        expect_probability(from, test::won_by(0, found), oracle::fermi_fixation(delta, beta, static_cast<int>(start)),
                           runs);
        if (start > 1) continue;
        const test::Estimate time = test::steps_of(found), won = test::steps_of(found, 0);
        expect_within(from + " t1", time.mean, oracle::absorption_time(delta, beta), time.error);
        if (test::won_by(0, found) > 0.003)
            expect_within(from + " t1^C", won.mean, oracle::fixation_time(delta, beta), won.error);
    }
}

TEST(WellMixedEngine, MeetsTheTheoryOfEveryGame) {
    const auto fermi = [](double beta) { return test::Named{"fermi", {{"strength", beta}}}; };
    expect_theory("linear Z=20 n=4", {20, 4, {.enhancement = 6}, fermi(0.5)}, 0.5, 100);
    expect_theory("one group, n = Z", {12, 12, {.enhancement = 9}, fermi(0.15)}, 0.15, 110);
    expect_theory("threshold 3 of 5", {24, 5, {.enhancement = 4, .threshold = 3}, fermi(0.4)}, 0.4, 120);
    expect_theory("synergy 1.4", {20, 5, {.enhancement = 2.4, .synergy = 1.4}, fermi(0.6)}, 0.6, 130);
    expect_theory("discount .5, pairs", {16, 2, {.enhancement = 1.9, .cost = 2, .synergy = 0.5}, fermi(0.3)}, 0.3, 140);
    expect_theory("strong selection", {10, 3, {.enhancement = 4.5}, fermi(20)}, 20, 150);
    expect_theory("K = infinity: chance", {15, 5, {.enhancement = 3}, fermi(0)}, 0, 160);
}

/// A single group of everybody: D always earns c more than C, and no r makes cooperation neutral.
TEST(WellMixedEngine, NeverFavorsCooperationInOneGroupOfAll) {
    for (const double r : {3.0, 12.0, 100.0}) {
        const Population p{12, 12, {.enhancement = r}, {"fermi", {{"strength", 0.1}}}};
        const std::size_t runs = 40'000;
        expect_probability("n = Z = 12, r = " + std::to_string(r).substr(0, 5),
                           test::won_by(0, test::endings(design_of(p, 1, 170), runs)),
                           oracle::constant_fixation(-0.1, 12), runs);
    }
}

/// Moran process (birth first): exponential fitness has the formulas of the Fermi rule; linear fitness its own.
TEST(WellMixedEngine, MeetsTheMoranProcess) {
    const std::size_t runs = 25'000;
    std::uint64_t seed = 200;
    for (Population p : {Population{20, 4, {.enhancement = 5}}, Population{14, 14, {.enhancement = 6}},
                         Population{18, 5, {.enhancement = 4, .threshold = 2}}}) {
        const double w = 0.15;
        for (const std::string fitness : {"exponential", "linear"}) {
            p.rule = {"birth_death", {{"strength", w}, {"fitness", fitness}}};
            const oracle::GroupGame game = theory_of(p);
            for (const std::uint32_t start : {1u, 5u, p.agents - 1}) {
                const int i = static_cast<int>(start);
                const double rho = fitness == "linear" ? oracle::moran_linear_fixation(game, w, i)
                                                       : oracle::fermi_fixation(oracle::advantages(game), w, i);
                expect_probability("Moran Z=" + std::to_string(p.agents) + " " + fitness + " from " + std::to_string(i),
                                   test::won_by(0, test::endings(design_of(p, start, ++seed), runs)), rho, runs);
            }
        }
    }
}

/// Shares of time that a population with mutation spends at each number of cooperators, in independent runs.
struct Occupation {
    std::vector<double> mean, nobody, everybody;  ///< [run]: mean share of C, share of time without C, without D
};

Occupation occupation_of(EvolutionDesign design, double mutation, std::size_t runs, Round rounds) {
    design.mutation = mutation;
    design.steps = 50;
    design.rounds = rounds;
    design.every = 1;
    const Habitat habitat(design, 0);
    Occupation result{std::vector<double>(runs), std::vector<double>(runs), std::vector<double>(runs)};
    parallel_items(runs, [&](std::size_t run) {
        const EvolutionTrace trace = evolve(design, habitat, static_cast<std::uint32_t>(run));
        const Round burn_in = rounds / 10;
        for (Round round = burn_in; round < rounds; ++round) {
            const double share = trace.share[2 * std::size_t{round}];
            result.mean[run] += share / (rounds - burn_in);
            result.nobody[run] += (share == 0) / static_cast<double>(rounds - burn_in);
            result.everybody[run] += (share == 1) / static_cast<double>(rounds - burn_in);
        }
    });
    return result;
}

/// Mean share and ends of the stationary distribution. Standard errors come from the independent runs.
void expect_occupation(const std::string& name, const Occupation& found, const oracle::Vector& p, double most_error) {
    const test::Estimate mean = test::mean_of(found.mean);
    EXPECT_LT(mean.error, most_error) << "the comparison says something";
    expect_within(name + ", mean share", mean.mean, oracle::mean_share(p), mean.error);
    const test::Estimate none = test::mean_of(found.nobody), all = test::mean_of(found.everybody);
    expect_within(name + ", p_0", none.mean, p.front(), none.error);
    expect_within(name + ", p_Z", all.mean, p.back(), all.error);
}

/// THEORY 1.3: 1e8 steps have a standard error of .0026, and as many are made here (20 runs of 5e6, of which a tenth
/// is left out).
TEST(WellMixedEngine, HasThePrintedStationaryDistribution) {
    const Occupation found = occupation_of(design_of({.rules = {.enhancement = 3}}, 13, 300), 0.01, 20, 100'000);
    const test::Estimate mean = test::mean_of(found.mean);
    expect_within("printed mean share", mean.mean, 0.258496, 0.0026 / std::sqrt(0.9));
    expect_within("printed p_0", test::mean_of(found.nobody).mean, 0.176069, test::mean_of(found.nobody).error);
    expect_within("printed p_Z", test::mean_of(found.everybody).mean, 0.021266, test::mean_of(found.everybody).error);
}

TEST(WellMixedEngine, HasTheStationaryDistributionOfOtherGames) {
    const Population threshold{20, 5, {.enhancement = 4, .threshold = 2}, {"fermi", {{"strength", 0.5}}}};
    const Population linear{30, 3, {.enhancement = 3.1}, {"fermi", {{"strength", 1.0}}}};
    expect_occupation("threshold, mu = .02", occupation_of(design_of(threshold, 10, 310), 0.02, 20, 20'000),
                      oracle::stationary_distribution(oracle::advantages(theory_of(threshold)), 0.5, 0.02), 0.004);
    expect_occupation("linear, mu = .1", occupation_of(design_of(linear, 10, 320), 0.1, 20, 20'000),
                      oracle::stationary_distribution(oracle::advantages(theory_of(linear)), 1.0, 0.1), 0.004);
}

/// `cooperators` first, then defectors.
std::vector<std::uint8_t> cooperators_first(AgentId agents, AgentId cooperators) {
    std::vector<std::uint8_t> strategies(agents, 1);
    std::fill_n(strategies.begin(), cooperators, std::uint8_t{0});
    return strategies;
}

TEST(WellMixedEngine, ExpectsThePayoffsOfTheTheory) {
    for (const Population& p :
         {Population{50, 5, {.enhancement = 3}}, Population{12, 12, {.enhancement = 2, .cost = 3}},
          Population{40, 7, {.enhancement = 5, .threshold = 4}}, Population{33, 2, {.enhancement = 2, .synergy = 0.4}},
          Population{60, 11, {.enhancement = 1.5, .synergy = 1.3, .threshold = 3}}}) {
        const StrategyGame game = test::game_with(p.rules, {{"cooperator"}, {"defector"}});
        const oracle::GroupGame theory = theory_of(p);
        for (AgentId k = 0; k <= p.agents; ++k) {
            const WellMixedGames games(game, p.group, cooperators_first(p.agents, k));
            const int c = static_cast<int>(k);
            const auto expect_payoff = [&](double found, double expected) {
                EXPECT_NEAR(found, expected, 1e-9 * (1 + std::abs(expected))) << p.agents << " " << k;
            };
            if (k > 0) expect_payoff(games.expected(0), oracle::cooperator_payoff(theory, c));
            if (k < p.agents) expect_payoff(games.expected(1), oracle::defector_payoff(theory, c));
        }
    }
}

/// Groups too large for a table of all make-ups, by the closed form of the linear game.
TEST(WellMixedEngine, ExpectsTheClosedFormInLargeGroups) {
    const double n = 400, z = 3000, r = 5;
    const StrategyGame game = test::game_with({.enhancement = r}, {{"cooperator"}, {"defector"}});
    for (const AgentId k : {1u, 7u, 1500u, 2999u}) {
        const WellMixedGames games(game, 400, cooperators_first(3000, k));
        EXPECT_NEAR(games.expected(0), r / n * (1 + (n - 1) * (k - 1) / (z - 1)) - 1, 1e-9);
        EXPECT_NEAR(games.expected(1), r / n * (n - 1) * k / (z - 1), 1e-9);
    }
}

/// Three strategies: in a population of 1e7 the expectation is that of the infinite one, to order 1/Z.
TEST(WellMixedEngine, ExpectsTheOptionalGameOfAnInfinitePopulation) {
    const AgentId agents = 10'000'000;
    const StrategyGame game =
        test::game_with({.enhancement = 3.2, .loner_payoff = 0.8}, {{"cooperator"}, {"defector"}, {"loner"}});
    for (const oracle::OptionalState at : {oracle::OptionalState{0.3, 0.2}, {0.5, 0.5}, {0.9, 0.05}, {0.1, 0.9}}) {
        const oracle::OptionalGame theory{.sample = 5, .enhancement = 3.2, .loner = 0.8};
        std::vector<std::uint8_t> strategies(agents, 2);
        const auto x = static_cast<std::ptrdiff_t>(at.f * (1 - at.z) * agents);
        const auto y = static_cast<std::ptrdiff_t>((1 - at.f) * (1 - at.z) * agents);
        std::fill_n(strategies.begin(), x, std::uint8_t{0});
        std::fill_n(strategies.begin() + x, y, std::uint8_t{1});
        const WellMixedGames games(game, 5, std::move(strategies));
        EXPECT_NEAR(games.expected(0), oracle::optional_cooperator_payoff(theory, at), 1e-5);
        EXPECT_NEAR(games.expected(1), oracle::optional_defector_payoff(theory, at), 1e-5);
        EXPECT_EQ(games.expected(2), 0.8);
    }
}

/// THEORY 1.1, mean field of pairwise comparison, xdot = x (1-x) tanh(beta Delta / 2), with Delta for large Z.
TEST(WellMixedEngine, FollowsTheMeanFieldWhenItIsLarge) {
    const double beta = 0.5, delta = oracle::linear_advantage(1e6, 5, 3, 1);
    EvolutionDesign design =
        design_of({1'000'000, 5, {.enhancement = 3}, {"fermi", {{"strength", beta}}}}, 700'000, 400);
    design.rounds = 30;
    design.every = 1;
    design.steps = 0;
    const EvolutionTrace trace = evolve(design, Habitat(design, 0), 0);
    for (const std::size_t t : {5u, 10u, 20u, 30u}) {
        // Noise grows no faster than by neutral drift: a round adds a variance of at most x (1-x) / Z <= 1 / (4 Z).
        const double x = oracle::replicator_share(0.7, std::tanh(beta * delta / 2), static_cast<double>(t));
        expect_within("share after " + std::to_string(t) + " rounds", trace.share[2 * t], x,
                      std::sqrt(static_cast<double>(t) * 0.25 / 1e6));
    }
}

}  // namespace
}  // namespace commonweal
