#include "sim/matching/matching.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

const Randomness randomness(Seeds{9, 9, 9});

std::vector<AgentId> groups(const Matching& matching, const MeetingKey& key, std::size_t size) {
    std::vector<AgentId> slots(size);
    matching.groups(randomness, key, slots);
    return slots;
}

void expect_partition(std::vector<AgentId> slots) {
    std::sort(slots.begin(), slots.end());
    for (AgentId i = 0; i < slots.size(); ++i) EXPECT_EQ(slots[i], i);
}

TEST(Matching, PartitionsTheSessionInEveryRound) {
    for (const auto& matching : {partners(), strangers(), perfect_strangers(24, 4, 6)})
        for (Round round = 0; round < 6; ++round)
            expect_partition(groups(*matching, {.session = 2, .round = round}, 24));
}

TEST(Partners, StayTogetherOverRoundsAndConditions) {
    const auto matching = partners();
    const auto first = groups(*matching, {.session = 1}, 24);
    EXPECT_EQ(first, groups(*matching, {.session = 1, .game = 1, .round = 5}, 24));
    EXPECT_NE(first, groups(*matching, {.session = 2}, 24));
    EXPECT_NE(first, groups(*matching, {.session = 1, .instance = 1}, 24));
}

TEST(Strangers, AreRedrawnInEachRoundAndReplicate) {
    const auto matching = strangers();
    std::set<std::vector<AgentId>> seen;
    for (Round round = 0; round < 3; ++round)
        for (std::uint32_t replicate = 0; replicate < 3; ++replicate)
            for (std::uint32_t game = 0; game < 2; ++game)
                seen.insert(groups(*matching, {.game = game, .round = round, .replicate = replicate}, 24));
    EXPECT_EQ(seen.size(), 18u);
}

/// Every pair shares a group with probability (s-1)/(n-1); here 3/23, in 4,000 rounds.
TEST(Strangers, MeetEverybodyEquallyOften) {
    const auto matching = strangers();
    std::map<std::pair<AgentId, AgentId>, int> meetings;
    constexpr int rounds = 4000;
    for (Round round = 0; round < rounds; ++round) {
        const auto slots = groups(*matching, {.round = round}, 24);
        for (std::size_t a = 0; a < 24; ++a)
            for (std::size_t b = a + 1; b < (a / 4 + 1) * 4; ++b) ++meetings[std::minmax(slots[a], slots[b])];
    }
    EXPECT_EQ(meetings.size(), 276u);
    const double p = 3.0 / 23, error = std::sqrt(p * (1 - p) / rounds);
    for (const auto& [pair, count] : meetings)
        EXPECT_NEAR(count / double{rounds}, p, 5 * error);  // 276 comparisons: 5 errors
}

TEST(PerfectStrangers, NeverMeetTwiceUnderOneCondition) {
    const auto matching = perfect_strangers(24, 4, 7);
    for (std::uint32_t game = 0; game < 2; ++game) {
        std::set<std::pair<AgentId, AgentId>> met;
        for (Round round = 0; round < 7; ++round) {
            const auto slots = groups(*matching, {.session = 3, .game = game, .round = round}, 24);
            for (std::size_t a = 0; a < 24; ++a)
                for (std::size_t b = a + 1; b < (a / 4 + 1) * 4; ++b)
                    EXPECT_TRUE(met.insert(std::minmax(slots[a], slots[b])).second);
        }
        EXPECT_EQ(met.size(), 252u);
    }
}

TEST(PerfectStrangers, PermuteLabelsBySessionConditionAndInstanceOnly) {
    const auto matching = perfect_strangers(24, 4, 6);
    const auto base = groups(*matching, {}, 24);
    EXPECT_EQ(base, groups(*matching, {.replicate = 5}, 24));
    EXPECT_NE(base, groups(*matching, {.session = 1}, 24));
    EXPECT_NE(base, groups(*matching, {.game = 1}, 24));
    EXPECT_NE(base, groups(*matching, {.instance = 1}, 24));
}

TEST(PerfectStrangers, NameTheBoundWhenMoreRoundsAreAskedFor) {
    try {
        perfect_strangers(24, 4, 8);
        FAIL();
    } catch (const ConfigError& error) {
        EXPECT_THAT(
            error.what(),
            testing::HasSubstr("24 agents in groups of 4 can meet as perfect strangers in at most 7 rounds, not 8"));
    }
}

TEST(Shuffle, IsUniformOverOrders) {
    std::map<std::vector<AgentId>, int> counts;
    constexpr int draws = 24000;
    for (std::uint32_t replicate = 0; replicate < draws; ++replicate) {
        std::vector<AgentId> order{0, 1, 2, 3};
        shuffle(randomness, {.stream = Stream::schedule, .replicate = replicate}, 0, order);
        ++counts[order];
    }
    ASSERT_EQ(counts.size(), 24u);
    double chi_square = 0;
    for (const auto& [order, count] : counts) chi_square += (count - 1000.0) * (count - 1000.0) / 1000.0;
    EXPECT_LT(chi_square, 56.0);  // 23 degrees of freedom: p = 1e-4 at 56.0
}

}  // namespace
}  // namespace commonweal
