#include "sim/core/ticker.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace commonweal {
namespace {

TEST(Ticker, CallsUntilItIsDestroyed) {
    std::atomic<int> calls = 0;
    {
        std::latch three(3);
        const Ticker ticker(std::chrono::milliseconds(1), [&] {
            if (++calls <= 3) three.count_down();
        });
        three.wait();
    }
    const int then = calls;
    EXPECT_GE(then, 3);
    EXPECT_EQ(calls, then);
}

TEST(Ticker, EndsAtOnceHoweverLongItsPauseIs) {
    bool called = false;
    const auto began = std::chrono::steady_clock::now();
    {
        const Ticker ticker(std::chrono::hours(1), [&] { called = true; });
    }
    EXPECT_FALSE(called);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::minutes(1));
}

}  // namespace
}  // namespace commonweal
