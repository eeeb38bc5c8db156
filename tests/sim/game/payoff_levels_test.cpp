#include "sim/game/payoff_levels.hpp"

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

/// Agents on a circle, tied to those at these distances.
Layer circle(AgentId agents, std::initializer_list<AgentId> distances) {
    TieList list{agents, {}, {}};
    for (AgentId agent = 0; agent < agents; ++agent)
        for (const AgentId distance : distances) list.ties.push_back({agent, (agent + distance) % agents});
    return Layer(std::move(list));
}

/// What an agent earns, counted from scratch and asked of the game, group by group.
double from_scratch(const StrategyGame& game, const Layer& ties, const std::vector<std::uint8_t>& strategies,
                    AgentId agent) {
    std::vector<AgentId> hosts{agent};
    if (game.rules().hosts == Hosts::all)
        hosts.insert(hosts.end(), ties.neighbors(agent).begin(), ties.neighbors(agent).end());
    double sum = 0;
    for (const AgentId host : hosts) {
        std::array<std::uint32_t, 2> counts{};
        ++counts[strategies[host]];
        for (const AgentId member : ties.neighbors(host)) ++counts[strategies[member]];
        sum += game.payoff(strategies[agent], game.count_of(counts), counts.data(), ties.degree(host) + 1);
    }
    if (!game.rules().average) return sum;
    return sum /
           (game.rules().kind == GameRules::Kind::donation ? ties.degree(agent) : static_cast<double>(hosts.size()));
}

/// Every game that has levels on a circle of 24 with 4 neighbors each.
std::vector<StrategyGame> games_with_levels() {
    const models::Cooperator cooperator;
    const models::Defector defector;
    const auto donation = GameRules::Kind::donation;
    const FundRules fund{.scheme = FundRules::Scheme::carrot_then_stick, .per_head = 0.3, .by_group = true};
    return {
        game_of({.enhancement = 3.7}, cooperator, defector),
        game_of({.enhancement = 3.7, .cost = 0.3, .average = true}, defector, cooperator),
        game_of({.enhancement = 3.7, .own_share = false}, cooperator, defector),
        game_of({.hosts = Hosts::focal, .enhancement = 3.7}, cooperator, defector),
        game_of({.hosts = Hosts::focal, .synergy = 1.2, .threshold = 2}, cooperator, defector),
        game_of({.hosts = Hosts::focal, .enhancement = 2, .own_share = false}, cooperator, defector),
        game_of({.hosts = Hosts::focal, .enhancement = 2.1, .fund = fund}, defector, cooperator),
        game_of({.hosts = Hosts::focal, .enhancement = 2.1}, defector, models::Moralist{}),
        game_of({.hosts = Hosts::focal, .enhancement = 2.1}, cooperator, models::Loner{}),
        game_of({.kind = donation, .hosts = Hosts::focal}, cooperator, defector),
        game_of({.kind = donation, .hosts = Hosts::focal, .average = true}, cooperator, defector),
    };
}

/// A circle of six: groups of three. A cooperator whose groups have 1, 2 and 2 contributors: 1.5 * 5 / 3 - 3.
TEST(PayoffLevels, CountTheContributorsOfAllGroups) {
    const Layer ties = circle(6, {1});
    const auto game = game_of({.enhancement = 1.5}, models::Cooperator{}, models::Defector{});
    const auto levels = PayoffLevels::of(game, ties);
    ASSERT_TRUE(levels);
    EXPECT_TRUE(levels->linear());
    EXPECT_EQ(levels->most(), 9u);
    EXPECT_EQ(levels->group_size(), 3u);
    EXPECT_EQ(levels->contributor(), 0u);
    EXPECT_EQ(levels->payoff(0, 5), 1.5 * 5 / 3 - 3);
    EXPECT_EQ(levels->payoff(1, 5), 1.5 * 5 / 3);
    const HostedGames games(game, ties, {0, 0, 1, 1, 1, 1});
    EXPECT_EQ(games.level(0), 2u + 2u + 1u);
    EXPECT_EQ(games.level(2), 1u + 2u + 0u);
    EXPECT_EQ(games.payoff(0), 1.5 * 5 / 3 - 3);
    // A lone defector earns most, 1.5 * 6 / 3, a lone cooperator least, 1.5 * 3 / 3 - 3.
    EXPECT_EQ(levels->span(), 3.0 + 1.5);
}

/// Four other neighbors: a lone cooperator has -4, a lone defector 8; the fund spends 5 * 0.3 on one of them at most.
TEST(PayoffLevels, SpanWhatAFundCanAdd) {
    const FundRules fund{.scheme = FundRules::Scheme::reward, .per_head = 0.3, .bonus = 2};
    const auto game =
        game_of({.hosts = Hosts::focal, .enhancement = 2.5, .fund = fund}, models::Cooperator{}, models::Defector{});
    const auto levels = PayoffLevels::of(game, circle(24, {1, 5}));
    ASSERT_TRUE(levels);
    EXPECT_DOUBLE_EQ(levels->span(), 2.5 * 4 / 5 - (2.5 / 5 - 1) + 2 * 5 * 0.3);
}

TEST(PayoffLevels, GiveThePayoffsOfTheGamesFromScratch) {
    const Layer ties = circle(24, {1, 5});
    const Randomness randomness(Seeds{1, 1, 1});
    DrawSequence draws(randomness, {.stream = Stream::behavior});
    for (const StrategyGame& game : games_with_levels()) {
        std::vector<std::uint8_t> strategies(24);
        for (auto& strategy : strategies) strategy = static_cast<std::uint8_t>(draws.below(2));
        const HostedGames games(game, ties, strategies);
        ASSERT_TRUE(games.levels());
        double sum = 0, squares = 0;
        for (AgentId agent = 0; agent < 24; ++agent) {
            const double payoff = from_scratch(game, ties, strategies, agent);
            EXPECT_NEAR(games.payoff(agent), payoff, 1e-12);
            sum += payoff;
            squares += payoff * payoff;
        }
        EXPECT_NEAR(games.mean_payoff(), sum / 24, 1e-12);
        EXPECT_GT(squares - sum * sum / 24, 0.01) << "payoffs differ between agents";
    }
}

/// Numbers of agents by level, and numbers of agents alone where games are linear: two ways to one mean.
TEST(PayoffLevels, MeanPayoffsByNumbersOfLevels) {
    const Layer ties = circle(24, {1, 5});
    for (const StrategyGame& game : games_with_levels()) {
        const auto levels = PayoffLevels::of(game, ties);
        std::vector<std::uint8_t> strategies(24, 1);
        for (const std::size_t agent : {0u, 1u, 2u, 7u, 12u, 13u}) strategies[agent] = 0;
        const HostedGames games(game, ties, strategies);
        std::vector<std::uint64_t> counts(2 * (levels->most() + std::size_t{1}));
        for (AgentId agent = 0; agent < 24; ++agent)
            ++counts[strategies[agent] * (levels->most() + std::size_t{1}) + games.level(agent)];
        EXPECT_NEAR(levels->mean(counts), games.mean_payoff(), 1e-12);
    }
}

TEST(PayoffLevels, AreNotThereWhereMoreMatters) {
    const models::Cooperator cooperator;
    const models::Defector defector;
    const Layer even = circle(24, {1, 5}), star(TieList{4, {{0, 1}, {0, 2}, {0, 3}}, {}});
    const FundRules fund{.scheme = FundRules::Scheme::carrot_then_stick, .per_head = 0.3};
    EXPECT_TRUE(PayoffLevels::of(game_of({}, cooperator, defector), even));
    EXPECT_FALSE(PayoffLevels::of(game_of({}, cooperator, defector), star));
    EXPECT_FALSE(PayoffLevels::of(game_of({}, cooperator, cooperator), even));
    EXPECT_FALSE(PayoffLevels::of(game_of({}, cooperator, defector, models::Loner{}), even));
    EXPECT_FALSE(PayoffLevels::of(game_of({}, cooperator, models::Loner{}), even));
    EXPECT_FALSE(PayoffLevels::of(game_of({.synergy = 1.1}, cooperator, defector), even));
    EXPECT_FALSE(PayoffLevels::of(game_of({.threshold = 2}, cooperator, defector), even));
    EXPECT_FALSE(PayoffLevels::of(game_of({.per_individual = true}, cooperator, defector), even));
    EXPECT_FALSE(PayoffLevels::of(game_of({.hosts = Hosts::focal, .fund = fund}, cooperator, defector), even));
}

}  // namespace
}  // namespace commonweal
