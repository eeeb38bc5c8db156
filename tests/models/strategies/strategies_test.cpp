#include <gtest/gtest.h>

#include "models/strategies/cooperator.hpp"
#include "models/strategies/defector.hpp"
#include "models/strategies/immoralist.hpp"
#include "models/strategies/loner.hpp"
#include "models/strategies/moralist.hpp"
#include "models/strategies/pool_punisher.hpp"
#include "models/strategies/rewarder.hpp"

/// What a strategy does to others; payoffs in a game are tested with the game.
namespace commonweal::models {
namespace {

const StrategyTraits gives = Cooperator::traits, takes = Defector::traits, stays_out = Loner::traits,
                     pays = PoolPunisher::traits;

template <class Model>
void expect_harmless(const Model& model) {
    for (const auto& other : {gives, takes, stays_out, pays}) {
        EXPECT_EQ(model.deal(other).cost, 0);
        EXPECT_EQ(model.deal(other).effect, 0);
    }
    EXPECT_EQ(model.fee(), 0);
}

TEST(Cooperator, GivesAndDoesNothingToOthers) {
    EXPECT_TRUE(gives.participates && gives.contributes && !gives.pays_pool);
    expect_harmless(Cooperator{});
}

TEST(Defector, TakesAndDoesNothingToOthers) {
    EXPECT_TRUE(takes.participates && !takes.contributes);
    expect_harmless(Defector{});
}

TEST(Loner, StaysOut) {
    EXPECT_FALSE(stays_out.participates);
    expect_harmless(Loner{});
}

template <class Model>
void expect_fines_free_riders(const Model& model) {
    EXPECT_EQ(model.deal(takes).effect, -2);
    EXPECT_EQ(model.deal(takes).cost, 0.5);
    for (const auto& other : {gives, stays_out, pays}) EXPECT_EQ(model.deal(other).effect, 0);
}

TEST(Moralist, GivesAndFinesWhoDoesNot) {
    EXPECT_TRUE(Moralist::traits.contributes);
    expect_fines_free_riders(Moralist{.fine = 2, .cost_of_fine = 0.5});
}

TEST(Immoralist, FinesWhoDoesNotGiveWithoutGiving) {
    EXPECT_FALSE(Immoralist::traits.contributes);
    expect_fines_free_riders(Immoralist{.fine = 2, .cost_of_fine = 0.5});
}

TEST(PoolPunisher, FinesInSecondOrderWhoDoesNotPay) {
    const PoolPunisher first{.pool_fee = 0.5, .fine = 2}, second{.pool_fee = 0.5, .fine = 2, .second_order = true};
    EXPECT_EQ(first.fee(), 0.5);
    EXPECT_EQ(first.deal(takes).effect, -2);
    EXPECT_EQ(first.deal(gives).effect, 0);
    EXPECT_EQ(second.deal(gives).effect, -2);
    for (const auto& model : {first, second}) {
        EXPECT_EQ(model.deal(pays).effect, 0);
        EXPECT_EQ(model.deal(stays_out).effect, 0);
    }
}

TEST(Rewarder, RewardsWhoGives) {
    const Rewarder model{.reward = 2, .cost_of_reward = 0.5};
    EXPECT_EQ(model.deal(gives).effect, 2);
    EXPECT_EQ(model.deal(gives).cost, 0.5);
    EXPECT_EQ(model.deal(takes).effect, 0);
    EXPECT_EQ(model.deal(stays_out).effect, 0);
}

}  // namespace
}  // namespace commonweal::models
