#include "sim/engine/evolution.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/strategies/loner.hpp"
#include "models/updates/aspiration.hpp"
#include "models/updates/birth_death.hpp"
#include "models/updates/death_birth.hpp"
#include "models/updates/fermi.hpp"
#include "models/updates/imitate_best.hpp"
#include "models/updates/proportional_imitation.hpp"
#include "sim/core/error.hpp"
#include "tests/support/strategies.hpp"

namespace commonweal {
namespace {

using models::Fermi;
using Meeting = EvolutionDesign::Meeting;

std::shared_ptr<const NetworkGenerator> ring(AgentId agents) {
    std::vector<Tie> ties;
    for (AgentId a = 0; a < agents; ++a) ties.push_back({a, (a + 1) % agents});
    return test::network_of(agents, ties);
}

EvolutionTrace run(const EvolutionDesign& design, std::uint32_t replicate, std::uint32_t instance = 0) {
    return evolve(design, Habitat(design, instance), replicate);
}

TEST(Evolution, IsAFunctionOfSeedInstanceAndReplicate) {
    auto design = test::evolution({.enhancement = 2.5}, ring(60), Fermi{});
    design.rounds = 5;
    design.keep_strategies = true;
    const auto trace = run(design, 3);
    EXPECT_EQ(trace.strategies, run(design, 3).strategies);
    EXPECT_NE(trace.strategies, run(design, 4).strategies);
    EXPECT_NE(trace.strategies, run(design, 3, 1).strategies);
    auto other = test::evolution({.enhancement = 2.5}, ring(60), Fermi{}, 99);
    other.rounds = 5;
    other.keep_strategies = true;
    EXPECT_NE(trace.strategies, run(other, 3).strategies);
}

/// The urn of births is that of a fresh start whenever the population passes the share at which a fund turns.
TEST(Evolution, KeepsBirthsInStepWithAFundThatTurns) {
    const FundRules fund{.scheme = FundRules::Scheme::carrot_then_stick, .per_head = 0.5};
    const auto game = test::game_of({.enhancement = 2.5, .fund = fund}, models::Cooperator{}, models::Defector{});
    const Network network = ring(24)->generate(Randomness(Seeds{1, 1, 1}), 0);
    const models::BirthDeath rule{};
    std::vector<std::uint8_t> start(24);
    for (std::size_t agent = 0; agent < 24; ++agent) start[agent] = agent % 2;
    HostedGames games(game, network.layers().front().layer, start);
    FitnessUrn urn;
    urn.fill(rule, games);
    for (AgentId agent = 0; agent < 24; ++agent) {
        games.change(agent, static_cast<std::uint8_t>(agent % 3 == 0));
        urn.renew(rule, games, agent);
        FitnessUrn fresh;
        fresh.fill(rule, games);
        for (int i = 0; i < 40; ++i) EXPECT_EQ(urn.draw((i + 0.5) / 40), fresh.draw((i + 0.5) / 40));
    }
}

/// Nothing that a run leaves behind changes by a fund without a budget; a small budget changes it.
TEST(Evolution, IsTheSameWithAFundThatHasNoBudget) {
    for (const bool mixed : {false, true})
        for (const bool together : {false, true})
            for (const auto scheme :
                 {FundRules::Scheme::punish, FundRules::Scheme::reward, FundRules::Scheme::carrot_then_stick}) {
                const auto trace_of = [&](const FundRules& fund) {
                    auto design =
                        test::evolution({.enhancement = 3.2, .fund = fund}, ring(60), models::ProportionalImitation{});
                    if (mixed) design.meeting = Meeting::well_mixed;
                    design.population = 60;
                    design.together = together;
                    design.rounds = 12;
                    design.keep_strategies = true;
                    return run(design, 0);
                };
                const auto without = trace_of({}), nothing = trace_of({.scheme = scheme, .per_head = 0});
                EXPECT_EQ(nothing.strategies, without.strategies);
                EXPECT_EQ(nothing.payoff, without.payoff);
                EXPECT_EQ(nothing.fund_cost, std::vector<double>(13, 0.0));
                EXPECT_TRUE(without.fund_cost.empty());
                EXPECT_NE(trace_of({.scheme = scheme, .per_head = 0.1}).payoff, without.payoff);
            }
}

/// The budget is spent where somebody can be reached, and reported per agent; also of the rounds after the end.
TEST(Evolution, RecordsWhatAFundSpends) {
    auto design = test::evolution({.fund = {.scheme = FundRules::Scheme::reward, .per_head = 2}}, ring(30), Fermi{});
    design.places = {{.name = "C", .count = 30}, {.name = "D"}};
    design.rounds = 4;
    for (const double cost : run(design, 0).fund_cost) EXPECT_DOUBLE_EQ(cost, 3 * 2) << "three members in each group";
    EXPECT_EQ(run(design, 0).fund_cost.size(), 5u);
    design.places = {{.name = "C", .count = 1}, {.name = "D"}};
    EXPECT_DOUBLE_EQ(run(design, 0).fund_cost[0], 3 * 3 * 2 / 30.0) << "one contributor in three groups";
}

/// Recording less, or in rounds of single steps, changes nothing of what happens in a Monte Carlo step.
TEST(Evolution, DoesNotDependOnWhatIsRecorded) {
    auto design = test::evolution({.enhancement = 2.8}, ring(40), Fermi{});
    design.rounds = 12;
    const auto all = run(design, 0);
    design.every = 4;
    design.window = 6;
    const auto some = run(design, 0);
    for (std::size_t row = 0; row < 4; ++row) EXPECT_EQ(some.share[row * 2], all.share[row * 4 * 2]);
    double late = 0;
    for (std::size_t round = 7; round <= 12; ++round) late += all.share[round * 2];
    EXPECT_NEAR(some.late_share[0], late / 6, 1e-12);
}

/// After absorption the record is filled in with what going on would give: everybody keeps the strategy.
TEST(Evolution, FillsTheRecordAfterAbsorption) {
    auto design = test::evolution({.enhancement = 1.1}, ring(10), Fermi{.strength = 10});
    design.rounds = 400;
    design.window = 350;
    const auto trace = run(design, 0);
    ASSERT_EQ(trace.absorbed, 1);
    ASSERT_LT(trace.absorption_steps, 500);
    ASSERT_EQ(trace.share.size(), 2u * 401);
    const auto from = static_cast<std::size_t>(std::ceil(trace.absorption_steps / 10));
    for (std::size_t round = 0; round <= 400; ++round) {
        EXPECT_EQ(trace.share[round * 2 + 1] == 1.0, round >= from) << round;
        EXPECT_EQ(trace.payoff[round] == 0.0, round >= from) << round;
    }
    EXPECT_DOUBLE_EQ(trace.late_share[1], 1.0);
    EXPECT_EQ(trace.revisions, trace.absorption_steps);
}

TEST(Evolution, NeverEndsWithMutationOrAspiration) {
    auto design = test::evolution({.enhancement = 1.1}, ring(10), Fermi{.strength = 10});
    design.rounds = 2000;
    design.mutation = 0.01;
    const auto mutating = run(design, 0);
    EXPECT_EQ(mutating.absorbed, -1);
    EXPECT_TRUE(std::isnan(mutating.absorption_steps));
    EXPECT_GT(std::accumulate(mutating.share.begin(), mutating.share.end(), 0.0), 2000);
    auto aspiring = test::evolution({.enhancement = 1.1}, ring(10), models::Aspiration{.level = 1});
    aspiring.places = {{.name = "C", .share = 0}, {.name = "D"}};
    aspiring.rounds = 3;
    EXPECT_GT(run(aspiring, 0).share[2], 0) << "defectors fall short and try something else";
}

/// Mutation alone (mu = 1) makes every strategy as frequent as any: n = 300 * 40 draws.
TEST(Evolution, MutatesToAnyStrategyWithEqualChance) {
    EvolutionDesign design(test::game_of({}, models::Cooperator{}, models::Defector{}, models::Loner{}),
                           Randomness(Seeds{1, 2, 3}));
    design.places = {{.name = "C"}, {.name = "D", .share = 0}, {.name = "L", .share = 0}};
    design.generator = ring(300);
    design.update = test::update_of(Fermi{});
    design.mutation = 1;
    design.together = true;
    design.rounds = 40;
    design.window = 40;
    const auto trace = run(design, 0);
    for (const double share : trace.late_share) EXPECT_NEAR(share, 1.0 / 3, 4 * std::sqrt(2.0 / 9 / (300 * 40)));
}

/// A cooperator at the hub of a star takes over depending on when the hub is focal: were the order of focal agents
/// shared by replicates, numbers of wins of blocks of 64 would scatter more than those of independent runs. Expected
/// variance of the standardized wins 1, its standard error sqrt(2 / 99).
TEST(Evolution, HasIndependentReplicates) {
    auto design = test::evolution({.enhancement = 3}, test::network_of(6, {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}}),
                                  Fermi{.strength = 2});
    design.places = {{.name = "C", .who = {"0"}}, {.name = "D"}};
    design.rounds = 1000;
    design.every = 1000;
    const Habitat habitat(design, 0);
    constexpr std::uint32_t blocks = 100, size = 64;
    std::vector<double> wins(blocks);
    for (std::uint32_t replicate = 0; replicate < blocks * size; ++replicate)
        wins[replicate / size] += evolve(design, habitat, replicate).absorbed == 0;
    const double p = std::accumulate(wins.begin(), wins.end(), 0.0) / (blocks * size);
    double variance = 0;
    for (const double won : wins) variance += (won - size * p) * (won - size * p) / (size * p * (1 - p)) / (blocks - 1);
    EXPECT_GT(p, 0.1);
    EXPECT_NEAR(variance, 1, 4 * std::sqrt(2.0 / 99));
}

TEST(Evolution, RevisesTogetherWithThePayoffsOfTheBeginning) {
    // On a ring of three, one cooperator: imitating the best in the donation game, everybody defects at once.
    const GameRules rules{.kind = GameRules::Kind::donation, .hosts = GameRules::Hosts::focal, .cost = 1, .benefit = 3};
    auto design = test::evolution(rules, ring(3), models::ImitateBest{});
    design.places = {{.name = "C", .count = 1}, {.name = "D"}};
    design.together = true;
    design.rounds = 4;
    const auto trace = run(design, 0);
    EXPECT_EQ(trace.absorbed, 1);
    EXPECT_EQ(trace.absorption_steps, 3) << "one round of three revisions";
}

/// With selection off an agent of degree k takes over with probability k / sum k (pairwise comparison, death first) or
/// (1/k) / sum (1/k) (birth first).
template <class Rule>
double neutral_fixation_of_the_center(std::uint32_t runs) {
    auto design = test::evolution({}, test::network_of(4, {{0, 1}, {0, 2}, {0, 3}}), Rule{.strength = 0});
    design.places = {{.name = "C", .who = {"0"}}, {.name = "D"}};
    design.rounds = 1000;
    design.every = 1000;
    const Habitat habitat(design, 0);
    std::uint32_t won = 0;
    for (std::uint32_t replicate = 0; replicate < runs; ++replicate)
        won += evolve(design, habitat, replicate).absorbed == 0;
    return static_cast<double>(won) / runs;
}

TEST(Evolution, FixatesByDegreeWithoutSelection) {
    constexpr std::uint32_t runs = 6000;
    const auto tolerance = [](double p) { return 4 * std::sqrt(p * (1 - p) / runs); };
    EXPECT_NEAR(neutral_fixation_of_the_center<Fermi>(runs), 0.5, tolerance(0.5));
    EXPECT_NEAR(neutral_fixation_of_the_center<models::DeathBirth>(runs), 0.5, tolerance(0.5));
    EXPECT_NEAR(neutral_fixation_of_the_center<models::BirthDeath>(runs), 0.1, tolerance(0.1));
}

/// The two costs of Santos et al. differ by a factor in every payoff on a regular graph, which the span cancels.
TEST(Evolution, IsTheSameForBothCostsOnARegularGraph) {
    const auto play = [](bool individual) {
        auto design = test::evolution({.enhancement = 2.2, .per_individual = individual}, ring(80),
                                      models::ProportionalImitation{});
        design.together = true;
        design.rounds = 60;
        design.keep_strategies = true;
        return run(design, 1);
    };
    EXPECT_EQ(play(false).strategies, play(true).strategies);
}

TEST(Evolution, RefusesAgentsWithoutNeighborsUnlessTheyMayStayAlone) {
    auto design = test::evolution({}, test::network_of(4, {{0, 1}}), Fermi{});
    try {
        (void)run(design, 0);
        FAIL();
    } catch (const ConfigError& error) {
        EXPECT_THAT(error.what(),
                    testing::HasSubstr("2 of 4 agents have no neighbor to play with or imitate, the first is agent 2"));
    }
    design.keep_lonely = true;
    EXPECT_NO_THROW((void)run(design, 0));
}

EvolutionDesign groups(std::uint32_t number, std::uint32_t size) {
    const GameRules rules{.kind = GameRules::Kind::donation, .hosts = GameRules::Hosts::focal, .cost = 1, .benefit = 3};
    EvolutionDesign design(test::game_of(rules, models::Cooperator{}, models::Defector{}), Randomness(Seeds{4, 5, 6}));
    design.meeting = Meeting::splitting_groups;
    design.places = {{.name = "C", .share = 0.5}, {.name = "D", .share = 0.5}};
    design.groups = number;
    design.group_size = size;
    design.update = test::update_of(models::BirthDeath{.strength = 0.1});
    design.rounds = 50;
    design.keep_strategies = true;
    return design;
}

TEST(SplittingGroups, KeepTheirNumberAndSize) {
    auto design = groups(6, 5);
    design.split = 0.3;
    design.mutation = 0.02;
    const auto trace = run(design, 0);
    for (std::size_t row = 0; row < design.recorded(); ++row)
        for (std::size_t group = 0; group < 6; ++group) {
            const auto* members = trace.strategies.data() + row * 30 + group * 5;
            EXPECT_LT(std::count(members, members + 5, 255), 5) << "no group is empty";
        }
    EXPECT_NE(std::ranges::count(trace.strategies, 255), 0) << "groups split";
}

TEST(SplittingGroups, StayFullWithoutSplitting) {
    auto design = groups(6, 5);
    design.split = 0;
    EXPECT_EQ(std::ranges::count(run(design, 0).strategies, 255), 0);
}

/// Without selection a mutant takes over one population of m n with probability 1 / (m n), whatever the groups do.
TEST(SplittingGroups, FixateByChanceWithoutSelection) {
    auto design = groups(4, 3);
    design.split = 0.2;
    design.update = test::update_of(models::BirthDeath{.strength = 0});
    design.places = {{.name = "C", .count = 3}, {.name = "D"}};
    design.rounds = 5000;
    design.every = 5000;
    constexpr std::uint32_t runs = 4000;
    std::uint32_t won = 0;
    const Habitat habitat(design, 0);
    for (std::uint32_t replicate = 0; replicate < runs; ++replicate)
        won += evolve(design, habitat, replicate).absorbed == 0;
    EXPECT_NEAR(won / double{runs}, 0.25, 4 * std::sqrt(0.25 * 0.75 / runs));
}

}  // namespace
}  // namespace commonweal
