#include "sim/game/hosted_games.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/strategies/loner.hpp"
#include "models/strategies/moralist.hpp"
#include "sim/core/draw_sequence.hpp"
#include "tests/support/strategies.hpp"

namespace commonweal {
namespace {

using Hosts = GameRules::Hosts;
using test::game_of;

Layer star() { return Layer(TieList{4, {{0, 1}, {0, 2}, {0, 3}}, {}}); }

/// Twelve agents with ties by chance, some without.
Layer irregular(bool weighted) {
    TieList list{12, {}, {}};
    const Randomness randomness(Seeds{3, 3, 3});
    DrawSequence draws(randomness, {.stream = Stream::network});
    for (AgentId a = 0; a < 11; ++a)
        for (AgentId b = a + 1; b < 11; ++b)
            if (draws.uniform() < 0.35) {
                list.ties.push_back({a, b});
                if (weighted) list.weights.push_back(static_cast<float>(draws.uniform() * 3));
            }
    return Layer(std::move(list));
}

/// Center 0 and leaf 1 cooperate. Groups: {0,1,2,3} with 2 of 4; {1,0} with 2 of 2; {2,0} and {3,0} with 1 of 2.
TEST(HostedGames, AddsThePayoffsOfAllGames) {
    const auto game = game_of({.enhancement = 1.5}, models::Cooperator{}, models::Defector{});
    const Layer ties = star();
    const HostedGames games(game, ties, {0, 0, 1, 1});
    EXPECT_DOUBLE_EQ(games.payoff(0), (0.75 - 1) + (1.5 - 1) + 2 * (0.75 - 1));
    EXPECT_DOUBLE_EQ(games.payoff(1), (1.5 - 1) + (0.75 - 1));
    EXPECT_DOUBLE_EQ(games.payoff(2), 0.75 + 0.75);
}

TEST(HostedGames, AveragesOrPlaysTheOwnGameOnly) {
    const Layer ties = star();
    const auto average = game_of({.enhancement = 1.5, .average = true}, models::Cooperator{}, models::Defector{});
    EXPECT_DOUBLE_EQ(HostedGames(average, ties, {0, 0, 1, 1}).payoff(0), -0.25 / 4);
    const auto focal = game_of({.hosts = Hosts::focal, .enhancement = 1.5}, models::Cooperator{}, models::Defector{});
    EXPECT_DOUBLE_EQ(HostedGames(focal, ties, {0, 0, 1, 1}).payoff(0), 0.75 - 1);
    EXPECT_DOUBLE_EQ(HostedGames(focal, ties, {0, 0, 1, 1}).payoff(3), 0.75);
}

TEST(HostedGames, DividesTheCostOfAnIndividual) {
    const auto game = game_of({.enhancement = 2, .per_individual = true}, models::Cooperator{}, models::Defector{});
    const Layer ties = star();
    const HostedGames games(game, ties, {0, 0, 1, 1});
    // The center gives 1/4 to each of four games, the leaf 1/2 to each of two.
    EXPECT_DOUBLE_EQ(games.payoff(0), 2 * (0.75 / 4 + 0.75 / 2 + 0.25 / 2 + 0.25 / 2) - 1);
    EXPECT_DOUBLE_EQ(games.payoff(2), 2 * (0.75 / 4 + 0.25 / 2));
}

TEST(HostedGames, ScalesContributionsByWeights) {
    const Layer ties(TieList{2, {{0, 1}}, {0.25f}});
    const auto game = game_of({.enhancement = 1, .weighted = true}, models::Cooperator{}, models::Defector{});
    const HostedGames games(game, ties, {0, 1});
    EXPECT_DOUBLE_EQ(games.payoff(0), (0.5 - 1) + (0.125 - 0.25));
    EXPECT_DOUBLE_EQ(games.payoff(1), 0.5 + 0.125);
}

TEST(HostedGames, MeetsEachNeighborOnceInTheDonationGame) {
    const GameRules rules{.kind = GameRules::Kind::donation, .hosts = Hosts::focal, .cost = 1, .benefit = 3};
    const Layer ties = star();
    const auto game = game_of(rules, models::Cooperator{}, models::Defector{});
    EXPECT_DOUBLE_EQ(HostedGames(game, ties, {0, 0, 1, 1}).payoff(0), 3 - 3 * 1.0);
    EXPECT_DOUBLE_EQ(HostedGames(game, ties, {0, 0, 1, 1}).payoff(2), 3);
    GameRules average = rules;
    average.average = true;
    const auto averaged = game_of(average, models::Cooperator{}, models::Defector{});
    EXPECT_DOUBLE_EQ(HostedGames(averaged, ties, {0, 0, 1, 1}).payoff(0), 0.0);
    EXPECT_DOUBLE_EQ(HostedGames(averaged, ties, {0, 1, 1, 1}).payoff(0), -1.0);
}

/// Shares of the pots first, in the order own pot, then neighbors; then what was paid: to the last bit.
TEST(HostedGames, AddSharesBeforeTheyTakeDues) {
    const Layer ties = irregular(false);
    const auto game = game_of({.enhancement = 3.3, .cost = 0.7}, models::Cooperator{}, models::Defector{});
    std::vector<std::uint8_t> strategies(12);
    for (AgentId a = 0; a < 12; ++a) strategies[a] = a % 3 == 0 ? 0 : 1;
    HostedGames games(game, ties, std::vector<std::uint8_t>(12, 0));
    for (AgentId a = 0; a < 12; ++a) games.change(a, strategies[a]);
    ASSERT_FALSE(games.levels());
    const auto share = [&](AgentId host) {
        std::uint32_t contributors = strategies[host] == 0;
        for (const AgentId member : ties.neighbors(host)) contributors += strategies[member] == 0;
        return 3.3 * 0.7 * contributors / (ties.degree(host) + 1.0);
    };
    double all = 0;
    for (AgentId a = 0; a < 12; ++a) {
        double sum = share(a);
        for (const AgentId b : ties.neighbors(a)) sum += share(b);
        const double payoff = sum - (ties.degree(a) + 1.0) * (strategies[a] == 0 ? 0.7 : 0.0);
        EXPECT_EQ(games.payoff(a), payoff);
        all += payoff;
    }
    EXPECT_EQ(games.mean_payoff(), all / 12);
}

/// What everybody earns and spends is what the pots paid: to the last bit where numbers are exact (a group size that is
/// a power of two, an enhancement with few digits).
TEST(HostedGames, EarnTogetherWhatThePotsPaid) {
    TieList list{64, {}, {}};
    for (AgentId a = 0; a < 64; ++a)
        for (const AgentId step : {1u, 5u, 17u}) list.ties.push_back({a, (a + step) % 64});
    for (AgentId a = 0; a < 32; ++a) list.ties.push_back({a, a + 32});  // degree 7, groups of 8
    const Layer ties(std::move(list));
    const auto game = game_of({.enhancement = 3.25}, models::Cooperator{}, models::Defector{});
    std::vector<std::uint8_t> strategies(64);
    for (AgentId a = 0; a < 64; ++a) strategies[a] = a % 5 < 2 ? 0 : 1;
    const HostedGames games(game, ties, strategies);
    double payoffs = 0, costs = 0, pots = 0;
    for (AgentId a = 0; a < 64; ++a) {
        ASSERT_EQ(ties.degree(a), 7u);
        payoffs += games.payoff(a);
        if (strategies[a] == 0) costs += 8;
        double contributors = strategies[a] == 0;
        for (const AgentId b : ties.neighbors(a)) contributors += strategies[b] == 0;
        pots += 3.25 * contributors;
    }
    EXPECT_EQ(payoffs + costs, pots);
}

/// After any history of changes the games are those of a fresh start: counts, pots and payoffs to the last bit.
TEST(HostedGames, KeepUpWithChanges) {
    for (const bool weighted : {false, true})
        for (const Hosts hosts : {Hosts::all, Hosts::focal})
            for (const bool individual : {false, true}) {
                const Layer ties = irregular(weighted);
                const auto game =
                    game_of({.hosts = hosts, .per_individual = individual, .weighted = weighted}, models::Cooperator{},
                            models::Defector{}, models::Loner{}, models::Moralist{});
                HostedGames games(game, ties, std::vector<std::uint8_t>(12, 1));
                const Randomness randomness(Seeds{1, 1, 1});
                DrawSequence draws(randomness, {.stream = Stream::behavior});
                for (int i = 0; i < 200; ++i)
                    games.change(static_cast<AgentId>(draws.below(12)), static_cast<std::uint8_t>(draws.below(4)));
                const HostedGames fresh(game, ties, games.strategy());
                for (AgentId a = 0; a < 12; ++a) EXPECT_EQ(games.payoff(a), fresh.payoff(a));
                for (std::size_t s = 0; s < 4; ++s) EXPECT_EQ(games.having(s), fresh.having(s));
            }
}

TEST(HostedGames, TouchWhoeverMayEarnOtherwise) {
    const Layer ties = irregular(false);
    const auto game = game_of({}, models::Cooperator{}, models::Defector{});
    std::vector<AgentId> touched;
    for (AgentId a = 0; a < 12; ++a) {
        HostedGames games(game, ties, std::vector<std::uint8_t>(12, 1));
        games.change(a, 0);
        games.touched(a, touched);
        const HostedGames before(game, ties, std::vector<std::uint8_t>(12, 1));
        for (AgentId b = 0; b < 12; ++b)
            if (games.payoff(b) != before.payoff(b)) {
                EXPECT_TRUE(std::ranges::binary_search(touched, b)) << a << " touches " << b;
            }
    }
}

/// Santos, Santos & Pacheco (2008): Pmax of a defector among cooperators, Pmin of a cooperator among defectors.
TEST(HostedGames, SpanTheLargestDifferenceOfAPair) {
    const double r = 2;
    const auto game = game_of({.enhancement = r}, models::Cooperator{}, models::Defector{});
    const Layer ties = star();
    HostedGames games(game, ties, {0, 1, 1, 0});
    games.prepare_spans();
    const double center_best = r * 3 / 4 + 3 * r / 2, center_worst = r / 4 + 3 * r / 2 - 4;
    const double leaf_best = r / 2 + r * 3 / 4, leaf_worst = r / 2 + r / 4 - 2;
    EXPECT_DOUBLE_EQ(games.span(0, 1), std::max(center_best, leaf_best) - std::min(center_worst, leaf_worst));
    EXPECT_DOUBLE_EQ(games.span(1, 2), leaf_best - leaf_worst);
}

}  // namespace
}  // namespace commonweal
