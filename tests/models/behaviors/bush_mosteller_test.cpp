#include "models/behaviors/bush_mosteller.hpp"

#include <gtest/gtest.h>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

/// The probability of cooperation after a round with this contribution and payoff, when it was `before`.
float learned(const BushMosteller& rule, float before, float own, float payoff) {
    Memory<1> memory{before};
    LocalView view = after(own, 0);
    view.payoff = payoff;
    (void)rule.contribution(view, {}, memory, words_of<BushMosteller>(0));
    return memory[0];
}

TEST(BushMosteller, ReinforcesWhatItDidByTheStimulus) {
    const BushMosteller rule{.aspiration = 18, .sensitivity = 0.1f};
    const double s = std::tanh(0.2);  // payoff 20, or 16 with the opposite sign
    EXPECT_NEAR(learned(rule, 0.6f, 20, 20), 0.6 + 0.4 * s, 1e-6);
    EXPECT_NEAR(learned(rule, 0.6f, 20, 16), 0.6 - 0.6 * s, 1e-6);
    EXPECT_NEAR(learned(rule, 0.6f, 0, 20), 0.6 - 0.6 * s, 1e-6);
    EXPECT_NEAR(learned(rule, 0.6f, 0, 16), 0.6 + 0.4 * s, 1e-6);
    EXPECT_FLOAT_EQ(learned(rule, 0.6f, 20, 18), 0.6f);
}

TEST(BushMosteller, TakesAContributionForCooperationFromTheThresholdOn) {
    const BushMosteller rule{.aspiration = 18, .sensitivity = 0.1f, .threshold_share = 0.4f};
    EXPECT_GT(learned(rule, 0.5f, 8, 30), 0.5f);
    EXPECT_LT(learned(rule, 0.5f, 7, 30), 0.5f);
}

TEST(BushMosteller, KeepsItsProbabilityWithinBounds) {
    const BushMosteller rule{.aspiration = 18, .sensitivity = 1000};
    for (const float before : {0.0f, 0.3f, 1.0f})
        for (const float own : {0.0f, 20.0f}) {
            EXPECT_EQ(learned(rule, before, own, 1000), own > 0 ? 1.0f : 0.0f);
            EXPECT_EQ(learned(rule, before, own, -1000), own > 0 ? 0.0f : 1.0f);
        }
}

TEST(BushMosteller, HasAHyperbolicTangentOfItsOwn) {
    for (float x = -30; x <= 30; x += 0.01f) {
        EXPECT_NEAR(BushMosteller::tanh_of(x), std::tanh(static_cast<double>(x)), 3e-7) << x;
        EXPECT_LE(std::abs(BushMosteller::tanh_of(x)), 1.0f);
        EXPECT_EQ(BushMosteller::tanh_of(-x), -BushMosteller::tanh_of(x));
    }
    EXPECT_EQ(BushMosteller::tanh_of(1e30f), 1.0f);
}

/// An aspiration that is met exactly leaves p = .7; with error .2 the action is e with probability .8 * .7 + .2 * .3.
TEST(BushMosteller, GivesAllOrNothingWithErrors) {
    const BushMosteller rule{.aspiration = 18, .error = 0.2f};
    double all = 0;
    constexpr int count = 10000;
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<1> memory{0.7f};
        LocalView view = after(20, 0);
        view.payoff = 18;
        const float c = rule.contribution(view, {}, memory, words_of<BushMosteller>(i));
        EXPECT_TRUE(c == 0 || c == 20);
        all += c == 20;
    }
    EXPECT_NEAR(all / count, 0.62, four_errors(0.62, count));
}

TEST(BushMosteller, StartsWithItsFirstProbability) {
    const BushMosteller rule{.error = 0, .first_probability = 0.3f};
    double all = 0;
    constexpr int count = 10000;
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<1> memory{};
        all += rule.first(before_the_first_round(), {}, memory, words_of<BushMosteller>(i)) == 20;
        EXPECT_EQ(memory[0], 0.3f);
    }
    EXPECT_NEAR(all / count, 0.3, four_errors(0.3, count));
}

/// A normal with mean .5 and SD .2, cut off at 0 and 1, has mean .5 and SD .2 * sqrt(1 - 2 * 2.5 * phi(2.5) / (2
/// Phi(2.5)
/// - 1)) = .19098.
TEST(BushMosteller, ScattersContinuousContributionsAroundTheProbability) {
    BushMosteller rule{.first_probability = 0.5f, .spread = 0.2f};
    rule.giving = 1;
    double sum = 0, squares = 0;
    constexpr int count = 10000;
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<1> memory{};
        const double c = rule.first(before_the_first_round(), {}, memory, words_of<BushMosteller>(i));
        EXPECT_TRUE(c >= 0 && c <= 20);
        sum += c / 20;
        squares += (c / 20 - 0.5) * (c / 20 - 0.5);
    }
    EXPECT_NEAR(sum / count, 0.5, 4 * 0.2 / std::sqrt(count));
    EXPECT_NEAR(std::sqrt(squares / count), 0.19098, 4 * 0.2 / std::sqrt(2.0 * count));
    EXPECT_EQ(rule.draws_read(), 8u);
    EXPECT_EQ(BushMosteller{}.draws_read(), 1u);
}

}  // namespace
}  // namespace commonweal::models
