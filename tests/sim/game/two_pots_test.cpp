#include "sim/game/two_pots.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace commonweal {
namespace {

/// The nearest of all points of a fine grid on {c >= 0, s >= 0, c + s <= e} is no nearer.
TEST(TwoPots, ProjectsOnTheNearestSplitThatTheEndowmentAllows) {
    constexpr float e = 6;
    const auto squared = [](float a, float b, const Split& at) {
        return (at.local - a) * (at.local - a) + (at.system - b) * (at.system - b);
    };
    for (float c = -5; c <= 12; c += 0.75f)
        for (float s = -5; s <= 12; s += 0.75f) {
            const Split split = projected(c, s, e);
            EXPECT_GE(split.local, 0);
            EXPECT_GE(split.system, 0);
            EXPECT_LE(split.local + split.system, e + 1e-5f);
            float nearest = 1e9f;
            for (float x = 0; x <= e; x += 0.125f)
                for (float y = 0; x + y <= e; y += 0.125f) nearest = std::min(nearest, squared(c, s, {x, y}));
            EXPECT_LE(squared(c, s, split), nearest + 1e-4f) << c << " " << s;
        }
}

TEST(TwoPots, LeavesWhatFitsAsItIs) {
    const Split split = projected(1.25f, 2.5f, 6);
    EXPECT_EQ(split.local, 1.25f);
    EXPECT_EQ(split.system, 2.5f);
}

TEST(TwoPots, SharesAPotToTheLastMillionth) {
    for (const Micro sum : {Micro{0}, Micro{1}, Micro{1'000'003}, Micro{987'654'321'012}})
        for (const Micro members : {Micro{1}, Micro{7}, Micro{2000}}) {
            const Payout pay = shared_pot(sum, 2.5, members);
            EXPECT_EQ(pay.each * members + pay.rest, sum + pay.made);
            EXPECT_GE(pay.rest, 0);
            EXPECT_LT(pay.rest, members);
            EXPECT_NEAR(static_cast<double>(sum + pay.made), 2.5 * static_cast<double>(sum), 1);
        }
}

}  // namespace
}  // namespace commonweal
