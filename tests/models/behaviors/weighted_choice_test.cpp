#include "models/behaviors/weighted_choice.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace commonweal::models {
namespace {

constexpr float almost_one = 1.0f - 0x1.0p-24f;

TEST(WeightedChoice, CutsTheUnitIntervalByTheWeights) {
    const std::array<float, 4> weights{1, 0, 2, 1};
    EXPECT_EQ(weighted_choice(weights, 4, 0.0f), 0u);
    EXPECT_EQ(weighted_choice(weights, 4, 0.2499f), 0u);
    EXPECT_EQ(weighted_choice(weights, 4, 0.25f), 2u);
    EXPECT_EQ(weighted_choice(weights, 4, 0.7499f), 2u);
    EXPECT_EQ(weighted_choice(weights, 4, 0.75f), 3u);
    EXPECT_EQ(weighted_choice(weights, 4, almost_one), 3u);
    EXPECT_EQ(weighted_choice(weights, 3, almost_one), 2u);
}

TEST(WeightedChoice, NeverPicksAWeightOfZeroBesideOthers) {
    const std::array<float, 3> first{0, 1, 0};
    EXPECT_EQ(weighted_choice(first, 3, 0.0f), 1u);
    EXPECT_EQ(weighted_choice(first, 3, almost_one), 1u);
}

TEST(WeightedChoice, TakesAllAlikeWhenNoneHasWeight) {
    const std::array<float, 4> none{};
    for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(weighted_choice(none, 4, 0.25f * static_cast<float>(i)), i);
    EXPECT_EQ(weighted_choice(none, 4, almost_one), 3u);
}

TEST(WeightedChoice, StaysWithinTheOptionsForSubnormalWeights) {
    const std::array<float, 2> tiny{std::numeric_limits<float>::denorm_min(), 0};
    EXPECT_LT(weighted_choice(tiny, 2, almost_one), 2u);
}

TEST(LogitChoice, WeighsOptionsByTheirExponentials) {
    const std::array<float, 2> utilities{1, 3};
    int second = 0;
    for (std::uint32_t cell = 0; cell < 4096; ++cell)
        second += logit_choice(utilities, 2, 0.5f, uniform_of(cell << 20 | 0x80000)) == 1;
    EXPECT_NEAR(second / 4096.0, 1 / (1 + std::exp(-1.0)), 1.0 / 4096);
}

TEST(LogitChoice, HoldsForHugeUtilities) {
    const std::array<float, 3> utilities{1e6f, -1e6f, 1e6f};
    EXPECT_EQ(logit_choice(utilities, 3, 1000, 0.4999f), 0u);
    EXPECT_EQ(logit_choice(utilities, 3, 1000, 0.5f), 2u);
    EXPECT_EQ(logit_choice(utilities, 3, 0, 0.5f), 1u);
}

TEST(Levels, AreEvenlySpacedFromNothingToEverything) {
    EXPECT_EQ(level_of(0, 21, 20), 0);
    EXPECT_EQ(level_of(7, 21, 20), 7);
    EXPECT_EQ(level_of(20, 21, 20), 20);
    EXPECT_EQ(level_of(1, 3, 5), 2.5f);
}

}  // namespace
}  // namespace commonweal::models
