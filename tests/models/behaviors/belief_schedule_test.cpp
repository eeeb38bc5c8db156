#include "models/behaviors/belief_schedule.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace commonweal::models {
namespace {

struct Anna {
    std::vector<float> schedule;
    Person person;
    Memory<1> memory{};

    Anna() {
        for (int x = 0; x <= 20; ++x) schedule.push_back(static_cast<float>(x / 2));  // 0 0 1 1 2 2 ...
        person = {.first_contribution = 12,
                  .first_belief = 10,
                  .schedules = schedule.data(),
                  .steps = 20,
                  .steps_per_token = 1};
    }
};

LocalView seen(float others_sum, float received = 0, float sanctions = 0) {
    return {20, 12, others_sum, 3, received, sanctions};
}

TEST(BeliefSchedule, StartsWithThePersonsOwnFirstMove) {
    Anna anna;
    const BeliefSchedule rule{.threat = 1.5f};
    EXPECT_EQ(rule.first({20, 0, 0, 3, 0, 0}, anna.person, anna.memory, {}), 12.0f);
    EXPECT_EQ(anna.memory[0], 10.0f);
    EXPECT_EQ(rule.first({20, 0, 0, 3, 0, 1}, anna.person, anna.memory, {}), 13.5f);
}

/// belief = round(.415 * 6 + .569 * 10 + .118) = round(8.298) = 8; c = .242 * b[8] + .666 * 8 - .473 = 5.823
TEST(BeliefSchedule, FollowsThePublishedEquationsRounded) {
    Anna anna;
    anna.memory[0] = 10;
    const BeliefSchedule rule;
    EXPECT_NEAR(rule.contribution(seen(18), anna.person, anna.memory, {}), 0.242 * 4 + 0.666 * 8 - 0.473, 1e-5);
    EXPECT_EQ(anna.memory[0], 8.0f);
}

/// The form that is computed together is the rule itself, and is taken only where it is.
TEST(BeliefSchedule, HasAPlainFormWithoutNoiseAndWithAllRounding) {
    BeliefSchedule rule{.threat = 1.5f, .reaction = 0.3f};
    EXPECT_TRUE(rule.is_plain());
    for (float others = 0; others <= 60; others += 0.7f) {
        Anna a, b;
        a.memory[0] = b.memory[0] = others / 3;
        const LocalView view = seen(others, others / 10, 1);
        EXPECT_EQ(rule.contribution(view, a.person, a.memory, {}),
                  rule.plain().contribution(view, b.person, b.memory, {}));
        EXPECT_EQ(a.memory[0], b.memory[0]);
    }
    for (float BeliefSchedule::*noise :
         {&BeliefSchedule::belief_noise, &BeliefSchedule::contribution_noise, &BeliefSchedule::all_or_nothing}) {
        rule.*noise = 0.1f;
        EXPECT_FALSE(rule.is_plain());
        rule.*noise = 0;
    }
    rule.rounding = 1;
    EXPECT_FALSE(rule.is_plain());
}

TEST(BeliefSchedule, RoundsTheOthersMeanHalfUpWhenAsked) {
    Anna with, without;
    with.memory[0] = without.memory[0] = 0;
    const LocalView half{20, 0, 5, 2, 0, 0};  // mean 2.5
    BeliefSchedule rule{.belief_others = 1, .belief_own = 0};
    rule.belief_constant = 0;
    (void)rule.contribution(half, with.person, with.memory, {});
    EXPECT_EQ(with.memory[0], 3.0f);
    rule.rounding = 0;
    (void)rule.contribution(half, without.person, without.memory, {});
    EXPECT_EQ(without.memory[0], 2.5f);
}

TEST(BeliefSchedule, InterpolatesTheScheduleWhenNothingIsRounded) {
    Anna anna;
    BeliefSchedule rule{.belief_constant = 0,
                        .belief_others = 1,
                        .belief_own = 0,
                        .contribution_constant = 0,
                        .contribution_schedule = 1,
                        .contribution_belief = 0};
    rule.rounding = 0;
    EXPECT_FLOAT_EQ(rule.contribution({20, 0, 3 * 7.25f, 3, 0, 0}, anna.person, anna.memory, {}),
                    3.25f);  // between b[7] = 3 and b[8] = 4
    EXPECT_FLOAT_EQ(rule.contribution({20, 0, 60, 3, 0, 0}, anna.person, anna.memory, {}), 10.0f);  // the last entry
    EXPECT_FLOAT_EQ(rule.contribution({20, 0, 0, 3, 0, 0}, anna.person, anna.memory, {}), 0.0f);
}

TEST(BeliefSchedule, LooksUpASmallerEndowmentByItsShare) {
    Anna anna;
    anna.person.steps_per_token = 2;  // endowment 10, schedule in twentieths
    BeliefSchedule rule{.belief_constant = 0,
                        .belief_others = 1,
                        .belief_own = 0,
                        .contribution_constant = 0,
                        .contribution_schedule = 1,
                        .contribution_belief = 0};
    rule.rounding = 0;
    EXPECT_FLOAT_EQ(rule.contribution({10, 0, 3 * 4.0f, 3, 0, 0}, anna.person, anna.memory, {}), 4.0f);  // b[8]
}

TEST(BeliefSchedule, AnswersPunishmentAndItsThreat) {
    Anna a, b, c;
    const BeliefSchedule rule{.threat = 2, .reaction = 0.5f};
    a.memory[0] = b.memory[0] = c.memory[0] = 10;
    const float calm = rule.contribution(seen(18), a.person, a.memory, {});
    EXPECT_FLOAT_EQ(rule.contribution(seen(18, 3), b.person, b.memory, {}), calm + 1.5f);
    EXPECT_FLOAT_EQ(rule.contribution(seen(18, 0, 1), c.person, c.memory, {}), calm + 2.0f);
}

/// all_or_nothing keeps the mean: over the 2^16 midpoints of u the mean of the contribution is the plan.
TEST(BeliefSchedule, KeepsTheMeanWhenPlansBecomeAllOrNothing) {
    const BeliefSchedule rule{.all_or_nothing = 0.35f};
    double sum = 0, zeros = 0, twenties = 0;
    for (std::uint32_t cell = 0; cell < 65536; ++cell) {
        Anna anna;
        anna.memory[0] = 10;
        const float c = rule.contribution(seen(18), anna.person, anna.memory, {0, 0, cell << 16 | 0x8000});
        sum += c;
        zeros += c == 0;
        twenties += c == 20;
    }
    const double plan = 0.242 * 4 + 0.666 * 8 - 0.473;
    EXPECT_NEAR(sum / 65536, plan, 1e-3);
    EXPECT_NEAR(zeros / 65536, 0.35 * (1 - plan / 20), 1e-4);
    EXPECT_NEAR(twenties / 65536, 0.35 * plan / 20, 1e-4);
}

TEST(BeliefSchedule, ReadsOnlyTheWordsItNeeds) {
    EXPECT_EQ(BeliefSchedule{}.draws_read(), 0u);
    EXPECT_EQ((BeliefSchedule{.belief_noise = 1}.draws_read()), 1u);
    EXPECT_EQ((BeliefSchedule{.contribution_noise = 1}.draws_read()), 2u);
    EXPECT_EQ((BeliefSchedule{.all_or_nothing = 0.1f}.draws_read()), 3u);
}

}  // namespace
}  // namespace commonweal::models
