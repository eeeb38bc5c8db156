#include <gtest/gtest.h>

#include <cmath>

#include "models/behaviors/conditional_cooperator.hpp"
#include "models/behaviors/free_rider.hpp"
#include "models/behaviors/linear_influence.hpp"
#include "models/behaviors/unconditional.hpp"

namespace commonweal::models {
namespace {

const LocalView seen{20, 7, 18, 3, 0, 0};  // e = 20, gave 7, the other three gave 18
const Person nobody;

TEST(FreeRider, GivesNothing) {
    Memory<0> none;
    EXPECT_EQ(FreeRider{}.first(seen, nobody, none, {}), 0.0f);
    EXPECT_EQ(FreeRider{}.contribution(seen, nobody, none, {}), 0.0f);
}

TEST(Unconditional, GivesItsAmountWhateverTheOthersDo) {
    Memory<0> none;
    const Unconditional rule{.amount = 11};
    EXPECT_EQ(rule.first(seen, nobody, none, {}), 11.0f);
    EXPECT_EQ(rule.contribution({20, 0, 0, 3, 9, 1}, nobody, none, {}), 11.0f);
}

TEST(LinearInfluence, IsLinearInOwnAndOthers) {
    Memory<0> none;
    const LinearInfluence rule{.constant = 1, .persistence = 0.5f, .influence = 0.125f};
    EXPECT_FLOAT_EQ(rule.contribution(seen, nobody, none, {0}), 1 + 3.5f + 2.25f);
}

TEST(LinearInfluence, DrawsFirstContributionsWithItsMeanAndSpread) {
    Memory<0> none;
    const LinearInfluence rule{.first_mean = 10, .first_sd = 3};
    double sum = 0, squares = 0;
    for (std::uint32_t cell = 0; cell < 4096; ++cell) {
        const double c = rule.first(seen, nobody, none, {cell << 20 | 0x80000});
        sum += c;
        squares += (c - 10) * (c - 10);
    }
    EXPECT_NEAR(sum / 4096, 10, 1e-3);
    EXPECT_NEAR(std::sqrt(squares / 4096), 3, 0.01);
}

TEST(ConditionalCooperator, GivesInProportionOrErrs) {
    Memory<0> none;
    const ConditionalCooperator rule{.slope = 0.9f, .intercept = 1, .tremble = 0.25f};
    EXPECT_FLOAT_EQ(rule.contribution(seen, nobody, none, {0xffffffffu, 0}), 1 + 0.9f * 6);
    EXPECT_FLOAT_EQ(rule.contribution(seen, nobody, none, {0, 0x80000000u}), 10.0f);
    EXPECT_EQ(rule.first(seen, nobody, none, {0, 0}), 10.0f);
}

}  // namespace
}  // namespace commonweal::models
