#include <gtest/gtest.h>

#include "models/behaviors/conformist.hpp"
#include "models/behaviors/contrarian.hpp"
#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

/// The share of decisions to give everything, when the three others gave `others_sum` together.
template <class Rule>
double giving_share(const Rule& rule, float others_sum, std::uint32_t count) {
    double all = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<0> none;
        const float c = rule.contribution(after(0, others_sum), {}, none, words_of<Rule>(i));
        EXPECT_TRUE(c == 0 || c == 20);
        all += c == 20;
    }
    return all / count;
}

TEST(Conformist, BendsTheShareByItsPower) {
    for (const float x : {0.001f, 0.1f, 1 / 3.0f, 0.5f, 0.9f})
        for (const float alpha : {0.0f, 0.5f, 1.0f, 2.0f, 7.0f}) {
            const double here = std::pow(x, alpha), there = std::pow(1 - x, alpha);
            EXPECT_NEAR(followed(x, alpha), here / (here + there), 2e-6) << x << " " << alpha;
        }
    EXPECT_EQ(followed(0.49f, 100000), 0);
    EXPECT_EQ(followed(1e-20f, 100), 0);
}

TEST(Conformist, FollowsTheMajorityAsOftenAsItSays) {
    constexpr std::uint32_t count = 10000;
    const double p = 4.0 / 5;  // two of three: x = 2/3, odds 2^2
    EXPECT_NEAR(giving_share(Conformist{.alpha = 2}, 40, count), p, four_errors(p, count));
    EXPECT_NEAR(giving_share(Conformist{.alpha = 1}, 40, count), 2 / 3.0, four_errors(2 / 3.0, count));
}

TEST(Conformist, DoesWhatAllOthersDo) {
    for (const float alpha : {0.0f, 1.0f, 5.0f}) {
        EXPECT_EQ(giving_share(Conformist{.alpha = alpha}, 0, 1000), 0);
        EXPECT_EQ(giving_share(Conformist{.alpha = alpha}, 60, 1000), 1);
        EXPECT_EQ(giving_share(Conformist{.alpha = alpha}, -1, 1000), 0);  // a nudged other
        EXPECT_EQ(giving_share(Conformist{.alpha = alpha}, 61, 1000), 1);
    }
}

TEST(Conformist, RepeatsItselfWithoutOthersAndStartsByItsProbability) {
    Memory<0> none;
    EXPECT_EQ(Conformist{}.contribution(alone(20), {}, none, {0xffffffffu}), 20);
    EXPECT_EQ(Conformist{}.contribution(alone(0), {}, none, {0}), 0);
    constexpr std::uint32_t count = 10000;
    double all = 0;
    for (std::uint32_t i = 0; i < count; ++i)
        all += Conformist{.first_probability = 0.3f}.first(before_the_first_round(), {}, none,
                                                           words_of<Conformist>(i)) == 20;
    EXPECT_NEAR(all / count, 0.3, four_errors(0.3, count));
}

TEST(Contrarian, FollowsTheMinorityAsOftenAsItSays) {
    constexpr std::uint32_t count = 10000;
    const double p = 1.0 / 5;
    EXPECT_NEAR(giving_share(Contrarian{.alpha = 2}, 40, count), p, four_errors(p, count));
    EXPECT_NEAR(giving_share(Contrarian{.alpha = 2}, 20, count), 1 - p, four_errors(p, count));
}

TEST(Contrarian, DoesWhatNoOtherDoes) {
    EXPECT_EQ(giving_share(Contrarian{}, 0, 1000), 1);
    EXPECT_EQ(giving_share(Contrarian{}, 60, 1000), 0);
}

TEST(Contrarian, RepeatsItselfWithoutOthersAndStartsByItsProbability) {
    Memory<0> none;
    EXPECT_EQ(Contrarian{}.contribution(alone(20), {}, none, {0xffffffffu}), 20);
    EXPECT_EQ(Contrarian{}.contribution(alone(0), {}, none, {0}), 0);
    EXPECT_EQ((Contrarian{.first_probability = 1}.first(before_the_first_round(), {}, none, {0xffffffffu})), 20);
    EXPECT_EQ((Contrarian{.first_probability = 0}.first(before_the_first_round(), {}, none, {0})), 0);
}

}  // namespace
}  // namespace commonweal::models
