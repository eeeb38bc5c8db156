#include "sim/game/well_mixed_games.hpp"

#include <gtest/gtest.h>

#include "models/strategies/loner.hpp"
#include "tests/support/strategies.hpp"

namespace commonweal {
namespace {

using test::game_of;

std::vector<std::uint8_t> first(AgentId cooperators, AgentId agents) {
    std::vector<std::uint8_t> strategies(agents, 1);
    std::fill_n(strategies.begin(), cooperators, std::uint8_t{0});
    return strategies;
}

/// pi_C = (r/n) [1 + (n-1)(k-1)/(Z-1)] - 1 and pi_D = (r/n)(n-1) k/(Z-1), for every number k of cooperators.
TEST(WellMixedGames, ExpectWhatTheLinearGamePays) {
    const double r = 3.3;
    const auto game = game_of({.enhancement = r}, models::Cooperator{}, models::Defector{});
    for (const auto& [z, n] : {std::pair{50u, 5u}, {20u, 2u}, {9u, 9u}, {1000u, 120u}})
        for (AgentId k = 0; k <= z; k += std::max(1u, z / 10)) {
            const WellMixedGames games(game, n, first(k, z));
            const double share = r / n;
            if (k > 0) {
                EXPECT_NEAR(games.expected(0), share * (1 + (n - 1.0) * (k - 1.0) / (z - 1.0)) - 1, 1e-12);
            }
            if (k < z) {
                EXPECT_NEAR(games.expected(1), share * (n - 1.0) * k / (z - 1.0), 1e-12);
            }
        }
}

/// A cooperator among loners earns sigma whatever the group: it plays alone.
TEST(WellMixedGames, LeaveALoneCooperatorWithSigma) {
    const auto game = game_of({.enhancement = 3}, models::Cooperator{}, models::Defector{}, models::Loner{});
    std::vector<std::uint8_t> strategies(100, 2);
    strategies[7] = 0;
    const WellMixedGames games(game, 5, strategies);
    EXPECT_NEAR(games.expected(0), 1.0, 1e-12);
    EXPECT_NEAR(games.expected(2), 1.0, 1e-12);
}

TEST(WellMixedGames, KeepUpWithChanges) {
    const auto game = game_of({.enhancement = 3}, models::Cooperator{}, models::Defector{}, models::Loner{});
    WellMixedGames games(game, 4, std::vector<std::uint8_t>(30, 1));
    for (AgentId a = 0; a < 30; ++a) {
        (void)games.expected(1);
        games.change(a, static_cast<std::uint8_t>(a * 7 % 3));
    }
    const WellMixedGames fresh(game, 4, games.strategy());
    for (std::size_t s = 0; s < 3; ++s) {
        EXPECT_EQ(games.expected(s), fresh.expected(s));
        EXPECT_EQ(games.having(s), fresh.having(s));
    }
}

TEST(WellMixedGames, OfferEverybodyElseAsModels) {
    const auto game = game_of({}, models::Cooperator{}, models::Defector{});
    const WellMixedGames games(game, 2, first(1, 4));
    EXPECT_EQ(games.models(2), 3u);
    EXPECT_EQ(games.model(2, 0), 0u);
    EXPECT_EQ(games.model(2, 1), 1u);
    EXPECT_EQ(games.model(2, 2), 3u);
}

/// Groups of five with r = 3: a defector among four cooperators has 12/5, a cooperator among four defectors 3/5 - 1.
TEST(WellMixedGames, SpanTheBestAndTheWorstGroup) {
    const auto game = game_of({.enhancement = 3}, models::Cooperator{}, models::Defector{});
    WellMixedGames games(game, 5, first(3, 10));
    games.prepare_spans();
    EXPECT_DOUBLE_EQ(games.span(0, 9), 2.4 + 0.4);
}

}  // namespace
}  // namespace commonweal
