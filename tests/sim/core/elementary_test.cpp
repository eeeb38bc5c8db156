#include "sim/core/elementary.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace commonweal {
namespace {

TEST(Exp, FloatIsWithinItsStatedError) {
    double worst = 0;
    for (double x = -87; x <= 88.7; x += 0.00137) {
        const auto f = static_cast<float>(x);
        const double exact = std::exp(static_cast<double>(f));
        worst = std::max(worst, std::abs(static_cast<double>(exp_of(f)) - exact) / exact);
    }
    EXPECT_LT(worst, 2e-7);
}

TEST(Exp, FloatGoesToZeroAndInfinity) {
    EXPECT_EQ(exp_of(-200.0f), 0.0f);
    EXPECT_EQ(exp_of(-std::numeric_limits<float>::infinity()), 0.0f);
    EXPECT_EQ(exp_of(100.0f), std::numeric_limits<float>::infinity());
    EXPECT_EQ(exp_of(0.0f), 1.0f);
    EXPECT_GT(exp_of(-100.0f), 0.0f);  // subnormal
}

TEST(Exp, DoubleIsWithinItsStatedError) {
    double worst = 0;
    for (double x = -708; x <= 709; x += 0.0173)
        worst = std::max(worst, std::abs(exp_of(x) - std::exp(x)) / std::exp(x));
    EXPECT_LT(worst, 4e-16);
    EXPECT_EQ(exp_of(0.0), 1.0);
    EXPECT_EQ(exp_of(-1000.0), 0.0);
    EXPECT_EQ(exp_of(1000.0), std::numeric_limits<double>::infinity());
}

TEST(Log, IsWithinItsStatedError) {
    for (double x = 1e-7; x < 1e7; x *= 1.00037) {
        const auto f = static_cast<float>(x);
        const double exact = std::log(static_cast<double>(f));
        EXPECT_NEAR(static_cast<double>(log_of(f)), exact, 2e-7 * std::max(1.0, std::abs(exact))) << f;
    }
    EXPECT_EQ(log_of(1.0f), 0.0f);
}

TEST(Normal, IsTheQuantileOfItsCell) {
    // Phi(z) = erfc(-z / sqrt 2) / 2; an error of dz in z shows as density(z) * dz in the probability.
    for (std::uint32_t cell = 0; cell < (1u << 24); cell += 997) {
        const double z = normal_of(cell << 8);
        const double u = (cell + 0.5) / 16777216.0;
        const double density = std::exp(-z * z / 2) / 2.5066282746310002;
        EXPECT_NEAR(std::erfc(-z / std::sqrt(2.0)) / 2, u, density * 3e-6 + 1e-12) << cell;
    }
}

TEST(Normal, IsSymmetricAndBounded) {
    EXPECT_EQ(normal_of(0x00000000u), -normal_of(0xffffff00u));
    EXPECT_NEAR(normal_of(0xffffffffu), 5.42, 0.05);
    EXPECT_GT(normal_of(0x80000000u), 0.0f);
}

TEST(Uniform, CoversTheUnitIntervalWithoutOne) {
    EXPECT_EQ(uniform_of(0u), 0.0f);
    EXPECT_LT(uniform_of(0xffffffffu), 1.0f);
    EXPECT_EQ(uniform_of(0x80000000u), 0.5f);
}

TEST(Below, StaysBelowAndCoversAll) {
    for (const std::uint32_t n : {1u, 2u, 3u, 140u, 4294967295u}) {
        EXPECT_EQ(below_of(0u, n), 0u);
        EXPECT_EQ(below_of(0xffffffffu, n), n - 1);
    }
}

TEST(RoundHalfUp, TakesHalvesUpAlsoBelowZero) {
    EXPECT_EQ(round_half_up(2.5f), 3.0f);
    EXPECT_EQ(round_half_up(-2.5f), -2.0f);
    EXPECT_EQ(round_half_up(2.49f), 2.0f);
    EXPECT_EQ(round_half_up(-0.473f), 0.0f);
    // .415 * 13 + .569 * 1 + .118 - .082 hits 6 exactly; .415 * 6 + .569 * 6 + .118 misses a half clearly.
    EXPECT_EQ(round_half_up(0.415f * 2 + 0.569f * 8 + 0.118f), 6.0f);    // exactly 5.5 in decimals
    EXPECT_EQ(round_half_up(0.415f * 18 + 0.569f * 8 + 0.118f), 12.0f);  // 12.14
}

}  // namespace
}  // namespace commonweal
