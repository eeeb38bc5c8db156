#include "sim/game/strategy_game.hpp"

#include <gtest/gtest.h>

#include "models/strategies/cooperator.hpp"
#include "models/strategies/defector.hpp"
#include "models/strategies/immoralist.hpp"
#include "models/strategies/loner.hpp"
#include "models/strategies/moralist.hpp"
#include "models/strategies/pool_punisher.hpp"
#include "models/strategies/rewarder.hpp"
#include "tests/support/strategies.hpp"

namespace commonweal {
namespace {

using test::game_of;

TEST(StrategyGame, SharesThePotAmongItsMembers) {
    const auto game = game_of({.enhancement = 3}, models::Cooperator{}, models::Defector{});
    const std::uint32_t counts[] = {2, 3};
    EXPECT_DOUBLE_EQ(game.payoff(0, game.count_of(counts), counts, 5), 3.0 * 2 / 5 - 1);
    EXPECT_DOUBLE_EQ(game.payoff(1, game.count_of(counts), counts, 5), 3.0 * 2 / 5);
    EXPECT_FALSE(game.deals());
}

TEST(StrategyGame, LetsLonersAndLoneParticipantsHaveSigma) {
    const auto game =
        game_of({.enhancement = 3, .loner_payoff = 0.7}, models::Cooperator{}, models::Defector{}, models::Loner{});
    const std::uint32_t counts[] = {2, 1, 2};
    EXPECT_DOUBLE_EQ(game.payoff(0, game.count_of(counts), counts, 5), 3.0 * 2 / 3 - 1)
        << "two stay out of the sharing";
    EXPECT_DOUBLE_EQ(game.payoff(2, game.count_of(counts), counts, 5), 0.7);
    const std::uint32_t alone[] = {1, 0, 4};
    EXPECT_DOUBLE_EQ(game.payoff(0, game.count_of(alone), alone, 5), 0.7);
}

TEST(StrategyGame, PlaysAloneWhereNobodyMayStayOut) {
    const auto game = game_of({.enhancement = 3}, models::Cooperator{}, models::Defector{});
    const std::uint32_t counts[] = {1, 0};
    EXPECT_DOUBLE_EQ(game.payoff(0, game.count_of(counts), counts, 1), 2.0);
}

TEST(StrategyGame, PaysNothingBelowTheThreshold) {
    const auto game = game_of({.enhancement = 3, .threshold = 3}, models::Cooperator{}, models::Defector{});
    const std::uint32_t few[] = {2, 3}, enough[] = {3, 2};
    EXPECT_DOUBLE_EQ(game.payoff(0, game.count_of(few), few, 5), -1.0);
    EXPECT_DOUBLE_EQ(game.payoff(1, game.count_of(enough), enough, 5), 3.0 * 3 / 5);
}

TEST(StrategyGame, ValuesFurtherContributionsBySynergy) {
    const auto game = game_of({.enhancement = 3, .synergy = 0.5}, models::Cooperator{}, models::Defector{});
    EXPECT_DOUBLE_EQ(game.value_of(0), 0.0);
    EXPECT_DOUBLE_EQ(game.value_of(3), 1.75);
    const std::uint32_t counts[] = {3, 1};
    EXPECT_DOUBLE_EQ(game.payoff(1, game.count_of(counts), counts, 4), 3 * 1.75 / 4);
}

/// The four payoffs of Helbing, Szolnoki, Perc & Szabo (2010), as they print them, for every make-up of a group of
/// five.
TEST(StrategyGame, PunishesAsPublished) {
    const double r = 3.5, beta = 0.4, gamma = 0.1, k = 4;
    const auto game = game_of({.enhancement = r}, models::Cooperator{}, models::Defector{},
                              models::Moralist{.fine = beta, .cost_of_fine = gamma},
                              models::Immoralist{.fine = beta, .cost_of_fine = gamma});
    for (std::uint32_t c = 0; c <= 4; ++c)
        for (std::uint32_t d = 0; c + d <= 4; ++d)
            for (std::uint32_t m = 0; c + d + m <= 4; ++m) {
                const std::uint32_t i = 4 - c - d - m;  // co-players
                const double gives = r * (c + m + 1) / (k + 1) - 1, takes = r * (c + m) / (k + 1);
                const double fined = beta * (m + i) / k, costs = gamma * (d + i) / k;
                const double expected[] = {gives, takes - fined, gives - costs, takes - fined - costs};
                for (std::size_t own = 0; own < 4; ++own) {
                    std::uint32_t counts[] = {c, d, m, i};
                    ++counts[own];
                    EXPECT_NEAR(game.payoff(own, game.count_of(counts), counts, 5), expected[own], 1e-12)
                        << own << " with " << c << d << m << i;
                }
            }
}

/// THEORY of Sigmund et al. (2010): fees up front, fines per pool punisher, also for who gives but does not pay.
TEST(StrategyGame, PunishesFromThePool) {
    for (const bool second_order : {false, true}) {
        const auto game = game_of({.enhancement = 3}, models::Cooperator{}, models::Defector{}, models::Loner{},
                                  models::PoolPunisher{.pool_fee = 0.5, .fine = 0.8, .second_order = second_order});
        const std::uint32_t counts[] = {1, 1, 1, 2};
        const double pot = 3.0 * 3 / 4;
        EXPECT_NEAR(game.payoff(0, game.count_of(counts), counts, 5), pot - 1 - (second_order ? 1.6 : 0), 1e-12);
        EXPECT_NEAR(game.payoff(1, game.count_of(counts), counts, 5), pot - 1.6, 1e-12);
        EXPECT_NEAR(game.payoff(2, game.count_of(counts), counts, 5), 1.0, 1e-12);
        EXPECT_NEAR(game.payoff(3, game.count_of(counts), counts, 5), pot - 1 - 0.5, 1e-12);
        const std::uint32_t alone[] = {0, 0, 4, 1};
        EXPECT_DOUBLE_EQ(game.payoff(3, game.count_of(alone), alone, 5), 1.0) << "no game, no fee";
    }
}

/// Szolnoki & Perc (2010): each contributor gets beta / (G - 1) from each rewarding co-player, who pays gamma / (G -
/// 1).
TEST(StrategyGame, RewardsAsPublished) {
    const auto game = game_of({.enhancement = 3.5}, models::Cooperator{}, models::Defector{},
                              models::Rewarder{.reward = 0.3, .cost_of_reward = 0.1});
    const std::uint32_t counts[] = {1, 2, 2};
    const double pot = 3.5 * 3 / 5;
    EXPECT_NEAR(game.payoff(0, game.count_of(counts), counts, 5), pot - 1 + 2 * 0.3 / 4, 1e-12);
    EXPECT_NEAR(game.payoff(1, game.count_of(counts), counts, 5), pot, 1e-12);
    EXPECT_NEAR(game.payoff(2, game.count_of(counts), counts, 5), pot - 1 + 0.3 / 4 - 2 * 0.1 / 4, 1e-12);
}

TEST(StrategyGame, DonatesToEachNeighbor) {
    const auto game = game_of({.kind = GameRules::Kind::donation, .cost = 50, .benefit = 100}, models::Cooperator{},
                              models::Defector{});
    const std::uint32_t counts[] = {3, 2};
    EXPECT_DOUBLE_EQ(game.payoff(0, game.count_of(counts), counts, 5), 2 * 100.0 - 4 * 50);
    EXPECT_DOUBLE_EQ(game.payoff(1, game.count_of(counts), counts, 5), 3 * 100.0);
}

}  // namespace
}  // namespace commonweal
