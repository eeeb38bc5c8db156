#include "models/behaviors/better_response.hpp"

#include <gtest/gtest.h>

namespace commonweal {
namespace {

TEST(BetterResponse, MovesAlongTheSlopeOfItsPayoff) {
    models::BetterResponse rule;
    rule.step = 2;
    Memory<0> memory;
    LocalView view{20, 5, 0, 1, 0, 0};
    view.own_return = 0.4f;
    EXPECT_NEAR(rule.contribution(view, {}, memory, {0}), 5 + 2 * (0.4 - 1), 1e-6);
    view.incentives.match = 1;
    EXPECT_NEAR(rule.contribution(view, {}, memory, {0}), 5 + 2 * (0.8 - 1), 1e-6);
    view.incentives.minimum = 6;
    view.incentives.deterrence = 0.5f;
    EXPECT_NEAR(rule.contribution(view, {}, memory, {0}), 5 + 2 * (1.8 - 1), 1e-6);
}

}  // namespace
}  // namespace commonweal
