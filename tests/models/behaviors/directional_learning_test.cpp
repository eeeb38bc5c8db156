#include "models/behaviors/directional_learning.hpp"

#include <gtest/gtest.h>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

using Words = Draws<2>;
constexpr Words steady{0xffffffffu, 0};          // no exploration
constexpr Words up{0, 0x80000000u}, down{0, 0};  // exploration, in either direction

/// Gave `before` with payoff 20 two rounds ago, then 10 with `payoff`.
float decided(float before, float payoff, Words words = steady, float exploration = 0.1f) {
    Memory<2> memory{before, 20};
    LocalView view = after(10, 0, 3);
    view.payoff = payoff;
    const float c = DirectionalLearning{.step = 2, .exploration = exploration}.contribution(view, {}, memory, words);
    EXPECT_EQ(memory, (Memory<2>{10, payoff}));
    return c;
}

TEST(DirectionalLearning, GoesOnWhenItPaidAndTurnsWhenItDidNot) {
    EXPECT_EQ(decided(8, 21), 12);
    EXPECT_EQ(decided(8, 19), 8);
    EXPECT_EQ(decided(12, 21), 8);
    EXPECT_EQ(decided(12, 19), 12);
    EXPECT_EQ(decided(8, 20), 8);  // no gain does not count as paid
}

TEST(DirectionalLearning, TossesACoinWhenItExploresOrDidNotMove) {
    EXPECT_EQ(decided(8, 21, down), 8);
    EXPECT_EQ(decided(8, 19, up), 12);
    EXPECT_EQ(decided(8, 19, up, 0), 8);
    EXPECT_EQ(decided(10, 21, {0xffffffffu, 0}), 8);
    EXPECT_EQ(decided(10, 19, {0xffffffffu, 0x80000000u}), 12);
}

TEST(DirectionalLearning, KnowsNoChangeInTheSecondRound) {
    Memory<2> memory{};
    const DirectionalLearning rule{.step = 2, .exploration = 0};
    EXPECT_EQ(rule.contribution(after(10, 0, 2), {}, memory, up), 12);
    memory = {};
    EXPECT_EQ(rule.contribution(after(10, 0, 2), {}, memory, down), 8);
}

TEST(DirectionalLearning, ExploresAsOftenAsItSays) {
    constexpr std::uint32_t count = 10000;
    double against = 0;
    for (std::uint32_t i = 0; i < count; ++i) against += decided(8, 21, words_of<DirectionalLearning>(i), 0.3f) == 8;
    EXPECT_NEAR(against / count, 0.15, four_errors(0.15, count));
}

TEST(DirectionalLearning, DrawsFirstContributionsWithItsMeanAndSpread) {
    constexpr std::uint32_t count = 4000;
    double sum = 0, squares = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<2> memory{};
        const double c = DirectionalLearning{.first_mean = 9, .first_sd = 2}.first(before_the_first_round(), {}, memory,
                                                                                   words_of<DirectionalLearning>(i));
        sum += c;
        squares += (c - 9) * (c - 9);
    }
    EXPECT_NEAR(sum / count, 9, 4 * 2 / std::sqrt(count));
    EXPECT_NEAR(std::sqrt(squares / count), 2, 4 * 2 / std::sqrt(2.0 * count));
}

}  // namespace
}  // namespace commonweal::models
