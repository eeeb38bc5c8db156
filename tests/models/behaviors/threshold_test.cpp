#include "models/behaviors/threshold.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

float decided(const Threshold& rule, float own, float active, float others, float endowment = 20) {
    Memory<0> none;
    LocalView view = after(own, active * endowment);
    view.endowment = endowment;
    view.others = others;
    return rule.contribution(view, {}, none, {});
}

TEST(Threshold, AdoptsWhenTheFractionIsReachedExactly) {
    const Threshold rule{.threshold = 0.18f};
    EXPECT_EQ(decided(rule, 0, 9, 50), 20);
    EXPECT_EQ(decided(rule, 0, 8, 50), 0);
    EXPECT_EQ(decided(rule, 0, 8.999f, 50), 0);
    EXPECT_EQ(decided(rule, 0, 1, 5), 20);
    EXPECT_EQ(decided(rule, 0, 1, 6), 0);
}

/// m / k >= m / k for every m and k up to 60 and for endowments that binary numbers cannot hold, and never for m - 1.
TEST(Threshold, IsNotDeceivedByRounding) {
    for (const float endowment : {20.0f, 0.1f, 7.3f, 333.3f})
        for (int others = 1; others <= 60; ++others)
            for (int active = 1; active <= others; ++active) {
                const auto m = static_cast<float>(active), k = static_cast<float>(others);
                const Threshold rule{.threshold = m / k};
                EXPECT_EQ(decided(rule, 0, m, k, endowment), endowment) << active << " of " << others;
                EXPECT_EQ(decided(rule, 0, m - 1, k, endowment), 0) << active << " of " << others;
            }
}

TEST(Threshold, CountsTheOthersWhenTheMeasureIsANumber) {
    const Threshold rule{.threshold = 2, .measure = 1};
    EXPECT_EQ(decided(rule, 0, 2, 3), 20);
    EXPECT_EQ(decided(rule, 0, 2, 500), 20);
    EXPECT_EQ(decided(rule, 0, 1, 1), 0);
}

TEST(Threshold, KeepsAnAdopterOnlyWhenItIsNotReversible) {
    EXPECT_EQ(decided({.reversible = false}, 20, 0, 3), 20);
    EXPECT_EQ(decided({.reversible = true}, 20, 0, 3), 0);
    EXPECT_EQ(decided({.reversible = false}, 9, 0, 3), 0);
}

TEST(Threshold, NeverAdoptsWithoutOthers) {
    EXPECT_EQ(decided({.threshold = 0}, 0, 0, 0), 0);
    EXPECT_EQ(decided({.threshold = 0, .measure = 1}, 0, 0, 0), 0);
    EXPECT_EQ(decided({.threshold = 0}, 0, 0, 1), 20);
}

TEST(Threshold, StartsWithItsFirstShare) {
    Memory<0> none;
    EXPECT_EQ((Threshold{.first_share = 0.25f}.first(before_the_first_round(), {}, none, {})), 5);
}

TEST(Threshold, RefusesAFractionAboveOne) {
    EXPECT_THROW((Threshold{.threshold = 1.5f}.check("here")), ConfigError);
    EXPECT_NO_THROW((Threshold{.threshold = 1.5f, .measure = 1}.check("here")));
}

/// Rounds until all of a ring have adopted, each agent seeing `reach` neighbors on either side, from one agent and its
/// neighborhood; 0 when the front stands still.
int rounds_to_full_adoption(int agents, int reach, float threshold) {
    std::vector<float> given(static_cast<std::size_t>(agents), 0.0f);
    const auto at = [&](int i) { return static_cast<std::size_t>((i + agents) % agents); };
    for (int i = -reach; i <= reach; ++i) given[at(i)] = 20;
    const Threshold rule{.threshold = threshold, .measure = 1};
    for (int round = 1;; ++round) {
        std::vector<float> next(given.size());
        for (int i = 0; i < agents; ++i) {
            float sum = 0;
            for (int step = 1; step <= reach; ++step) sum += given[at(i - step)] + given[at(i + step)];
            next[at(i)] = decided(rule, given[at(i)], sum / 20, static_cast<float>(2 * reach));
        }
        if (next == given) return 0;
        given = next;
        if (std::vector<float>(given.size(), 20.0f) == given) return round;
    }
}

/// Complex contagion on a ring lattice (Centola & Macy 2007): each front advances reach - threshold + 1 agents per
/// round, and a threshold above the reach stops it.
TEST(Threshold, SpreadsOnARingAtTheKnownSpeed) {
    for (const int agents : {40, 61, 100})
        for (int reach = 1; reach <= 4; ++reach) {
            for (int threshold = 1; threshold <= reach; ++threshold) {
                const int speed = 2 * (reach - threshold + 1), gap = 2 * reach + 1 - threshold;
                const int left = std::max(0, agents - 2 * reach - 1 - gap);
                EXPECT_EQ(rounds_to_full_adoption(agents, reach, static_cast<float>(threshold)),
                          (left + speed - 1) / speed + 1)
                    << agents << " agents, reach " << reach << ", threshold " << threshold;
            }
            EXPECT_EQ(rounds_to_full_adoption(agents, reach, static_cast<float>(reach + 1)), 0);
        }
}

}  // namespace
}  // namespace commonweal::models
