#include "sim/core/fixed_point.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace commonweal {
namespace {

TEST(FixedPoint, KeepsWholeAndBinaryFractionsExactly) {
    for (const float x : {0.0f, 1.0f, -1.0f, 20.0f, 0.5f, -0.125f, 1048576.0f, -1000000.0f})
        EXPECT_EQ(from_fixed(to_fixed(x)), static_cast<double>(x));
}

TEST(FixedPoint, RoundsToTheNearestUnit) {
    for (const float x : {0.1f, -0.3f, 6.543f, 19.999f, -123.456f})
        EXPECT_NEAR(from_fixed(to_fixed(x)), static_cast<double>(x), fixed_unit / 2);
}

TEST(FixedPoint, SumsDoNotDependOnOrder) {
    std::vector<float> values;
    for (int i = 0; i < 1000; ++i) values.push_back(0.1f * static_cast<float>(i % 37) - 1.7f);
    const auto total = [&] {
        std::int64_t sum = 0;
        for (const float x : values) sum += to_fixed(x);
        return sum;
    };
    const auto floats = [&] {
        float sum = 0;
        for (const float x : values) sum += x;
        return sum;
    };
    const std::int64_t before = total();
    const float control = floats();
    std::sort(values.begin(), values.end());
    EXPECT_EQ(total(), before);
    EXPECT_NE(floats(), control);  // the same sum in floats does depend on it
}

TEST(FixedPoint, BitsAddUpToTheSameSum) {
    std::uint64_t bits = 0;
    std::int64_t sum = 0;
    for (int i = 0; i < 1000; ++i) {
        const float x = 1000.7f * static_cast<float>(i % 37 - 20) + 0.1f;
        bits += fixed_bits(x);
        sum += to_fixed(x);
    }
    EXPECT_EQ(fixed_sum(bits, 1000), sum);
    EXPECT_NE(sum, 0);
}

}  // namespace
}  // namespace commonweal
