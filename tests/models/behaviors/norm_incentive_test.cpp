#include "models/behaviors/norm_incentive.hpp"

#include <gtest/gtest.h>

namespace commonweal {
namespace {

using models::NormIncentive;

float given(const NormIncentive& rule, const LocalView& view) {
    Memory<0> memory;
    return rule.contribution(view, {}, memory, {0x80000000u});
}

/// The first-order condition of its utility: kappa (c - b) + q c = (m + w)(1 + g) - 1.
TEST(NormIncentive, MeetsItsFirstOrderCondition) {
    NormIncentive rule;
    rule.noise = 0;
    LocalView view{20, 0, 7, 1, 0, 0};
    view.own_return = 0.3f;
    view.incentives.match = 0.5f;
    view.incentives.crowding_out = 0.2f;
    const float c = given(rule, view);
    EXPECT_NEAR(rule.pull * (c - 7) + rule.effort * c, (0.3 + rule.motivation - 0.2) * 1.5 - 1, 1e-5);
}

TEST(NormIncentive, GivesADemandedMinimumAtMost) {
    NormIncentive rule;
    rule.noise = 0;
    rule.motivation = 0.5f;
    LocalView view{20, 0, 2, 1, 0, 0};
    const float free = given(rule, view);
    view.incentives.minimum = 6;
    view.incentives.deterrence = 10;
    EXPECT_EQ(given(rule, view), 6);
    view.incentives.deterrence = 0.1f;
    EXPECT_NEAR(given(rule, view), free + 0.1f / (rule.pull + rule.effort), 1e-5);
    view.incentives.minimum = 0;
    EXPECT_EQ(given(rule, view), free);
}

TEST(NormIncentive, LosesNoMoreMotivationThanItHas) {
    NormIncentive rule;
    rule.noise = 0;
    LocalView view{20, 0, 10, 1, 0, 0};
    view.incentives.crowding_out = 50;
    EXPECT_NEAR(given(rule, view), (rule.pull * 10 - 1) / (rule.pull + rule.effort), 1e-5);
}

}  // namespace
}  // namespace commonweal
