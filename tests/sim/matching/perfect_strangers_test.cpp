#include "sim/matching/perfect_strangers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <map>
#include <ranges>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/matching/perfect_strangers_anneal.hpp"
#include "sim/matching/perfect_strangers_arrays.hpp"
#include "sim/matching/perfect_strangers_plan.hpp"
#include "sim/matching/perfect_strangers_starter.hpp"

namespace commonweal {
namespace {

using Groups = std::vector<std::vector<AgentId>>;

Groups groups_of(const GroupSchedule& schedule, std::size_t t) {
    Groups groups;
    for (std::size_t start = 0; start < schedule.agents; start += schedule.group_size) {
        const auto first = schedule.rounds.at(t).begin() + static_cast<std::ptrdiff_t>(start);
        groups.emplace_back(first, first + static_cast<std::ptrdiff_t>(schedule.group_size));
    }
    return groups;
}

/// How often each pair shares a group, counted without the code under test.
std::map<std::pair<AgentId, AgentId>, int> meetings(const GroupSchedule& schedule) {
    std::map<std::pair<AgentId, AgentId>, int> counts;
    for (std::size_t t = 0; t < schedule.rounds.size(); ++t)
        for (const auto& group : groups_of(schedule, t))
            for (const AgentId a : group)
                for (const AgentId b : group)
                    if (a < b) ++counts[{a, b}];
    return counts;
}

std::string named(AgentId agents, AgentId group_size, Round rounds) {
    return std::to_string(agents) + " in groups of " + std::to_string(group_size) + ", " + std::to_string(rounds) +
           " rounds";
}

void expect_valid(const PerfectStrangers& found, AgentId agents, AgentId group_size) {
    EXPECT_EQ(found.schedule.agents, agents);
    EXPECT_EQ(found.schedule.group_size, group_size);
    EXPECT_TRUE(is_partitioned(found.schedule));
    EXPECT_EQ(repeated_meetings(found.schedule), 0U);
    EXPECT_LE(found.schedule.rounds.size(), found.bound);
    EXPECT_FALSE(found.construction.empty());
}

void expect_rounds(AgentId agents, AgentId group_size, Round rounds) {
    SCOPED_TRACE(named(agents, group_size, rounds));
    const auto found = perfect_stranger_schedule(agents, group_size, rounds);
    expect_valid(found, agents, group_size);
    EXPECT_EQ(found.schedule.rounds.size(), rounds);
    EXPECT_TRUE(found.complete);
}

TEST(PerfectStrangers, ReproducesTheReferenceScheduleOf24InFours) {
    const auto found = perfect_stranger_schedule(24, 4, 7);
    ASSERT_TRUE(found.complete);
    const Groups base{{0, 9, 15, 21}, {3, 13, 16, 22}, {5, 12, 17, 23}, {1, 2, 6, 7}, {4, 14, 18, 20}, {8, 10, 11, 19}};
    for (AgentId g = 0; g < 7; ++g) {
        Groups expected = base;
        for (auto& group : expected)
            for (auto& agent : group)
                if (agent < 21) agent = agent - agent % 7 + (agent % 7 + g) % 7;
        EXPECT_EQ(groups_of(found.schedule, g), expected) << "round " << g;
    }
    EXPECT_EQ(found.construction, "1 base round over Z_7 with 3 classes and 3 fixed agents");
}

TEST(PerfectStrangers, LetsAllPairsButThoseOfEightTriplesMeetInTheReferenceSchedule) {
    const auto counts = meetings(perfect_stranger_schedule(24, 4, 7).schedule);
    EXPECT_EQ(counts.size(), 252U);
    EXPECT_TRUE(std::ranges::all_of(counts, [](const auto& pair) { return pair.second == 1; }));
    Groups triples{{21, 22, 23}};
    for (AgentId x = 0; x < 7; ++x) triples.push_back({x, 7 + (x + 4) % 7, 14 + (x + 4) % 7});
    for (const auto& triple : triples) {
        EXPECT_FALSE(counts.contains({triple[0], triple[1]}));
        EXPECT_FALSE(counts.contains({triple[0], triple[2]}));
        EXPECT_FALSE(counts.contains({triple[1], triple[2]}));
    }
}

TEST(PerfectStrangers, TakesTheFirstRoundsOfTheReferenceWhenFewerAreAsked) {
    const auto all = perfect_stranger_schedule(24, 4, 7).schedule.rounds;
    for (Round rounds = 0; rounds <= 7; ++rounds) {
        const auto some = perfect_stranger_schedule(24, 4, rounds);
        EXPECT_TRUE(some.complete);
        EXPECT_TRUE(std::ranges::equal(some.schedule.rounds, all | std::views::take(rounds)));
    }
}

TEST(PerfectStrangers, FollowsTheRuleOfPrimesFor20InFours) {
    const auto found = perfect_stranger_schedule(20, 4, 5);
    for (AgentId r = 0; r < 5; ++r)
        for (AgentId b = 0; b < 5; ++b)
            for (AgentId i = 0; i < 4; ++i) EXPECT_EQ(found.schedule.rounds[r][4 * b + i], 5 * i + (b + i * r) % 5);
}

TEST(PerfectStrangers, LetsEverybodyMeetEverybodyWhereTheCountAllowsIt) {
    const std::vector<std::pair<AgentId, AgentId>> designs{{9, 3},  {15, 3}, {21, 3}, {27, 3}, {33, 3},
                                                           {16, 4}, {28, 4}, {40, 4}, {64, 4}, {25, 5},
                                                           {49, 7}, {64, 8}, {10, 2}};
    for (const auto& [agents, group_size] : designs) {
        const Round rounds = (agents - 1) / (group_size - 1);
        SCOPED_TRACE(named(agents, group_size, rounds));
        const auto counts = meetings(perfect_stranger_schedule(agents, group_size, rounds).schedule);
        EXPECT_EQ(counts.size(), std::size_t{agents} * (agents - 1) / 2);
    }
}

TEST(PerfectStrangerBound, IsTheCountOfStrangersDividedByThoseMet) {
    EXPECT_EQ(perfect_stranger_bound(24, 4), 7U);
    EXPECT_EQ(perfect_stranger_bound(32, 4), 10U);
    EXPECT_EQ(perfect_stranger_bound(15, 3), 7U);
    EXPECT_EQ(perfect_stranger_bound(10, 2), 9U);
    EXPECT_EQ(perfect_stranger_bound(4, 4), 1U);
}

TEST(PerfectStrangerBound, IsTighterWhereLessIsProven) {
    EXPECT_EQ(perfect_stranger_bound(6, 3), 1U);      // fewer groups than members
    EXPECT_EQ(perfect_stranger_bound(12, 4), 1U);     // the same
    EXPECT_EQ(perfect_stranger_bound(12, 3), 4U);     // no nearly Kirkman triple system
    EXPECT_EQ(perfect_stranger_bound(20, 4), 5U);     // no resolvable design of type 2^10
    EXPECT_EQ(perfect_stranger_bound(36, 6), 3U);     // 36 officers
    EXPECT_EQ(perfect_stranger_bound(100, 10), 8U);   // no plane of order 10
    EXPECT_EQ(perfect_stranger_bound(196, 14), 12U);  // no plane of order 14
    EXPECT_EQ(perfect_stranger_bound(169, 13), 14U);  // a plane
}

TEST(PerfectStrangers, ReachesTheBoundForPairsThreesAndFours) {
    for (AgentId group_size = 2; group_size <= 4; ++group_size)
        for (AgentId agents = group_size; agents <= 66; agents += group_size)
            expect_rounds(agents, group_size, perfect_stranger_bound(agents, group_size));
}

TEST(PerfectStrangers, GivesEveryNumberOfRoundsUpToTheBoundForFours) {
    for (AgentId agents = 4; agents <= 40; agents += 4)
        for (Round rounds = 0; rounds <= perfect_stranger_bound(agents, 4); ++rounds) expect_rounds(agents, 4, rounds);
}

struct Reached {
    AgentId agents;
    AgentId group_size;
    Round rounds;
};

TEST(PerfectStrangers, ReachesTheKnownRoundsForLargerGroups) {
    const std::vector<Reached> table{{10, 5, 1}, {20, 5, 1},   {25, 5, 6},   {30, 5, 6},  {35, 5, 7}, {40, 5, 8},
                                     {45, 5, 9}, {50, 5, 9},   {55, 5, 11},  {60, 5, 12}, {36, 6, 3}, {42, 6, 7},
                                     {48, 6, 8}, {54, 6, 9},   {49, 7, 8},   {56, 7, 8},  {63, 7, 9}, {64, 8, 9},
                                     {24, 8, 1}, {100, 5, 21}, {125, 5, 31}, {81, 9, 10}, {75, 5, 15}};
    for (const auto& [agents, group_size, rounds] : table) expect_rounds(agents, group_size, rounds);
}

TEST(PerfectStrangers, SaysWhenMoreRoundsAreAskedThanPossible) {
    const auto found = perfect_stranger_schedule(16, 4, 6);
    expect_valid(found, 16, 4);
    EXPECT_EQ(found.bound, 5U);
    EXPECT_EQ(found.schedule.rounds.size(), 5U);
    EXPECT_FALSE(found.complete);
}

TEST(PerfectStrangers, SaysWhenFewerRoundsAreFoundThanTheBoundAllows) {
    const auto found = perfect_stranger_schedule(35, 5, 8);
    expect_valid(found, 35, 5);
    EXPECT_EQ(found.bound, 8U);
    EXPECT_EQ(found.schedule.rounds.size(), 7U);
    EXPECT_FALSE(found.complete);
}

TEST(PerfectStrangers, AnswersTheSameWhenAskedAgain) {
    for (const auto& [agents, group_size, rounds] : {Reached{28, 4, 9}, Reached{30, 5, 6}, Reached{60, 6, 6}}) {
        const auto first = perfect_stranger_schedule(agents, group_size, rounds);
        const auto second = perfect_stranger_schedule(agents, group_size, rounds);
        EXPECT_EQ(first.schedule.rounds, second.schedule.rounds);
        EXPECT_EQ(first.construction, second.construction);
    }
}

TEST(PerfectStrangers, ServesManyAgents) {
    for (const auto& [agents, group_size, rounds] :
         {Reached{240, 4, 79}, Reached{240, 5, 12}, Reached{10000, 4, 12}, Reached{10000, 5, 12}, Reached{1000, 20, 12},
          Reached{99999, 3, 3}, Reached{200, 10, 4}})
        expect_rounds(agents, group_size, rounds);
}

TEST(PerfectStrangers, CountsRepeatedMeetings) {
    const GroupSchedule once{6, 2, {{0, 1, 2, 3, 4, 5}, {0, 2, 1, 4, 3, 5}}};
    EXPECT_EQ(repeated_meetings(once), 0U);
    const GroupSchedule thrice{6, 2, {{0, 1, 2, 3, 4, 5}, {1, 0, 2, 4, 3, 5}, {5, 3, 1, 0, 2, 4}}};
    EXPECT_EQ(repeated_meetings(thrice), 3U);  // {0, 1}, {3, 5} and {2, 4}
}

TEST(PerfectStrangers, SeesWhetherEveryRoundIsAPartition) {
    EXPECT_TRUE(is_partitioned({4, 2, {{0, 1, 2, 3}, {3, 1, 0, 2}}}));
    EXPECT_FALSE(is_partitioned({4, 2, {{0, 1, 2, 3}, {3, 1, 1, 2}}}));
    EXPECT_FALSE(is_partitioned({4, 2, {{0, 1, 2}}}));
}

TEST(StarterBook, HoldsOnlySchedulesWithoutRepeatedMeetings) {
    for (const auto& starter : starter_book()) {
        const Round rounds = developed_rounds(starter);
        SCOPED_TRACE(named(starter.agents, starter.group_size, rounds));
        const GroupSchedule schedule{starter.agents, starter.group_size, develop(starter, rounds)};
        EXPECT_TRUE(is_partitioned(schedule));
        EXPECT_EQ(repeated_meetings(schedule), 0U);
    }
}

void expect_distinct_differences(const DifferenceArray& array) {
    for (std::size_t i = 0; i < array.entries.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            std::set<std::uint32_t> seen;
            for (std::size_t t = 0; t < array.entries[i].size(); ++t)
                seen.insert(array.group.difference(array.entries[i][t], array.entries[j][t]));
            EXPECT_EQ(seen.size(), array.entries[i].size()) << "rows " << i << " and " << j;
        }
    }
}

TEST(DifferenceArray, HasDistinctDifferencesForEveryOrder) {
    for (std::uint32_t rows = 2; rows <= 8; ++rows) {
        for (std::uint32_t order = 2; order <= 80; ++order) {
            SCOPED_TRACE("order " + std::to_string(order) + ", " + std::to_string(rows) + " rows");
            expect_distinct_differences(difference_array(order, rows, difference_columns(order, rows)));
        }
    }
}

TEST(DifferenceArray, IsFullForPrimePowersTabulatedOrdersAndTheirProducts) {
    for (const std::uint32_t order : {5U, 8U, 9U, 12U, 15U, 20U, 21U, 25U, 27U, 60U, 144U})
        EXPECT_EQ(difference_columns(order, 5), order);
    EXPECT_EQ(difference_columns(24, 4), 24U);
    EXPECT_EQ(difference_columns(2500, 4), 2500U);
    EXPECT_EQ(difference_columns(10, 4), 5U);  // those of order 5
    EXPECT_EQ(difference_columns(6, 3), 3U);   // the multiples 0, 1, 2
}

TEST(AnnealedStarter, FindsKirkmansSchoolgirls) {
    const auto starter = anneal_starter({15, 3, 7, 1}, {}, 10'000'000);
    ASSERT_TRUE(starter.has_value());
    const GroupSchedule schedule{15, 3, develop(*starter, 7)};
    EXPECT_TRUE(is_partitioned(schedule));
    EXPECT_EQ(repeated_meetings(schedule), 0U);
}

TEST(AnnealedStarter, KeepsAwayFromMeetingsOfRoundsAlreadyPlayed) {
    const auto met = perfect_stranger_schedule(24, 4, 4).schedule.rounds;
    const auto more = anneal_starter({24, 4, 1, 1}, met, 80'000'000);
    ASSERT_TRUE(more.has_value());
    GroupSchedule schedule{24, 4, met};
    schedule.rounds.push_back(more->base_rounds);
    EXPECT_EQ(repeated_meetings(schedule), 0U);
}

TEST(AnnealedStarter, KnowsWhenDifferencesDoNotSuffice) {
    EXPECT_TRUE(has_enough_differences({28, 4, 9, 1}));
    EXPECT_FALSE(has_enough_differences({24, 4, 8, 1}));
    EXPECT_FALSE(has_enough_differences({21, 3, 10, 1}));  // the difference 5 of Z_10 would make pairs meet twice
    EXPECT_FALSE(anneal_starter({12, 4, 1, 2}, {}, 1'000'000).has_value());
}

/// Whether rounds of 12 in threes can be added until there are `wanted`, where met[i][j] says who has met; tries all
/// ways.
struct RoundsOfTwelve {
    std::array<std::array<bool, 12>, 12> met{};
    int wanted = 0;

    void mark(const std::array<std::size_t, 3>& group, bool value) {
        for (const auto a : group)
            for (const auto b : group) met[a][b] = value;
    }

    bool can_add(unsigned seated, int rounds) {
        if (seated == 0xfffU) return rounds + 1 == wanted || can_add(0, rounds + 1);
        const auto a = static_cast<std::size_t>(std::countr_one(seated));
        for (std::size_t b = a + 1; b < 12; ++b)
            for (std::size_t c = b + 1; c < 12; ++c)
                if (can_seat({a, b, c}, seated, rounds)) return true;
        return false;
    }

    bool can_seat(const std::array<std::size_t, 3>& group, unsigned seated, int rounds) {
        const auto [a, b, c] = group;
        const unsigned members = 1U << a | 1U << b | 1U << c;
        if ((seated & members) != 0 || met[a][b] || met[a][c] || met[b][c]) return false;
        mark(group, true);
        const bool can = can_add(seated | members, rounds);
        mark(group, false);
        return can;
    }
};

TEST(OraclePerfectStrangers, FindNoFifthRoundOf12InThreesByTryingAll) {
    for (const int wanted : {4, 5}) {
        RoundsOfTwelve search;
        search.wanted = wanted;
        for (std::size_t g = 0; g < 4; ++g) search.mark({3 * g, 3 * g + 1, 3 * g + 2}, true);
        EXPECT_EQ(search.can_add(0, 1), wanted == 4);
    }
}

/// All feasible sizes up to 100 agents, at the most rounds that algebra gives.
TEST(OraclePerfectStrangers, AreValidForAllSizesUpTo100) {
    for (AgentId group_size = 2; group_size <= 10; ++group_size) {
        AlgebraicPlanner planner(group_size);
        for (AgentId agents = group_size; agents <= 100; agents += group_size)
            expect_rounds(agents, group_size, planner.rounds(agents));
    }
}

}  // namespace
}  // namespace commonweal
