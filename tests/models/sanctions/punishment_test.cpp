#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/sanctions/hurdle_punishment.hpp"
#include "models/sanctions/linear_punishment.hpp"
#include "sim/core/randomness.hpp"

namespace commonweal::models {
namespace {

struct Punished {
    double share = 0, mean = 0, most = 0, error_share = 0, error_mean = 0;
};

Punished sample(const HurdlePunishment& rule, float own, float target) {
    constexpr int pairs = 200000;
    const Randomness randomness(Seeds{1, 1, 1});
    Punished seen;
    double squares = 0;
    for (AgentId quad = 0; quad < pairs / 4; ++quad) {
        const Words first = randomness.words({.stream = Stream::sanction, .draw = 0}, quad);
        const Words second = randomness.words({.stream = Stream::sanction, .draw = 1}, quad);
        for (std::size_t i = 0; i < 4; ++i) {
            const double points = rule.points({20, own, target, 10}, {first[i], second[i]});
            seen.share += points > 0;
            seen.mean += points;
            squares += points * points;
            seen.most = std::max(seen.most, points);
        }
    }
    seen.share /= pairs;
    seen.mean /= pairs;
    seen.error_share = std::sqrt(seen.share * (1 - seen.share) / pairs);
    seen.error_mean = std::sqrt((squares / pairs - seen.mean * seen.mean) / pairs);
    return seen;
}

/// The table of the source, one target in each of the seven classes; 4 standard errors.
TEST(HurdlePunishment, HitsShareAndMeanOfEachClass) {
    HurdlePunishment rule;
    rule.check("test");
    const struct {
        float own, target;
    } pairs[] = {{18, 2}, {18, 10}, {18, 15}, {10, 10}, {10, 13}, {10, 18}, {2, 18}};
    for (std::size_t c = 0; c < 7; ++c) {
        const Punished seen = sample(rule, pairs[c].own, pairs[c].target);
        EXPECT_NEAR(seen.share, rule.shares[c], 4 * seen.error_share) << c;
        EXPECT_NEAR(seen.mean, rule.means[c], 4 * seen.error_mean) << c;
        EXPECT_LE(seen.most, 10) << c;
    }
}

TEST(HurdlePunishment, PutsTheLimitsOfTheClassesAtHalves) {
    HurdlePunishment rule;
    rule.shares = {1, 0, 1, 0, 1, 0, 1};
    rule.means = {1, 0, 2, 0, 3, 0, 4};
    rule.check("test");
    const auto punished = [&](float own, float target) {
        return rule.points({20, own, target, 0}, {0, 0x80000000u}) > 0;
    };
    EXPECT_TRUE(punished(20, 9));
    EXPECT_FALSE(punished(20, 10));
    EXPECT_FALSE(punished(20, 14));
    EXPECT_TRUE(punished(20, 15));
    EXPECT_TRUE(punished(20, 19));
    EXPECT_FALSE(punished(20, 20));
    EXPECT_TRUE(punished(0, 5));
    EXPECT_FALSE(punished(0, 6));
    EXPECT_TRUE(punished(0, 11));
}

TEST(HurdlePunishment, RefusesMeansThatNoActCanHave) {
    HurdlePunishment few;
    few.shares = few.means = {0.5, 0.5};
    EXPECT_THROW(few.check("test"), ConfigError);
    HurdlePunishment much;
    much.means[0] = 4;  // 11 points per act, at most 10
    try {
        much.check("configs/x.toml:3");
        FAIL();
    } catch (const ConfigError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("configs/x.toml:3: points[0] is 4"));
    }
    HurdlePunishment little;
    little.means[3] = 0.1;  // less than one point per act
    EXPECT_THROW(little.check("test"), ConfigError);
}

TEST(LinearPunishment, RisesWithTheShortfall) {
    const LinearPunishment rule;
    EXPECT_FLOAT_EQ(rule.points({20, 10, 10, 0}, {}), 0.70f);
    EXPECT_FLOAT_EQ(rule.points({20, 10, 0, 0}, {}), 0.70f + 0.89f);
    EXPECT_FLOAT_EQ(rule.points({20, 10, 20, 0}, {}), 0.70f - 0.26f);
}

}  // namespace
}  // namespace commonweal::models
