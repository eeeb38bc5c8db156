#include <gtest/gtest.h>

#include "models/behaviors/free_rider.hpp"
#include "tests/support/laboratory.hpp"

namespace commonweal {
namespace {

using test::alone;
using test::laboratory;
using test::trace;

/// The laboratory under each matching, and with two types of agents.
std::vector<Experiment> laboratories() {
    std::vector<Experiment> all{laboratory(), laboratory(), laboratory(), laboratory()};
    all[1].matching = partners();
    all[2].matching = perfect_strangers(12, 3, 3);
    all[3].types.push_back({test::behavior(models::FreeRider{}), 1});
    all[3].types[0].up_to = 0.6f;
    return all;
}

template <std::size_t width>
std::array<std::uint32_t, width> replicates_from(std::uint32_t first) {
    std::array<std::uint32_t, width> replicates;
    for (std::uint32_t lane = 0; lane < width; ++lane) replicates[lane] = first + lane;
    return replicates;
}

TEST(Lanes, GiveEachReplicateTheSameBitsAtAnyWidthAndPosition) {
    for (const Experiment& experiment : laboratories())
        for (const std::uint32_t replicate : {0u, 5u, 7u}) {
            const auto one = alone(experiment, replicate);
            const auto eight = trace<8>(experiment, 0, replicates_from<8>(0), replicate);
            const auto sixteen = trace<16>(experiment, 0, replicates_from<16>(0), replicate);
            EXPECT_EQ(one.rounds, eight.rounds);
            EXPECT_EQ(one.rounds, sixteen.rounds);
            EXPECT_EQ(one.slots, sixteen.slots);
            std::array<std::uint32_t, 16> same;
            same.fill(replicate);
            EXPECT_EQ(one.rounds, trace<16>(experiment, 0, same, 13).rounds);
        }
}

TEST(Lanes, DifferBetweenReplicates) {
    for (const Experiment& experiment : laboratories())
        EXPECT_NE(alone(experiment, 0).rounds, alone(experiment, 1).rounds);
}

TEST(Lanes, ShareTheScheduleOfPerfectStrangersAndNotThatOfStrangers) {
    const auto all = laboratories();
    EXPECT_NE(alone(all[0], 0).slots, alone(all[0], 1).slots);
    EXPECT_EQ(alone(all[1], 0).slots, alone(all[1], 1).slots);
    EXPECT_EQ(alone(all[2], 0).slots, alone(all[2], 1).slots);
    EXPECT_NE(alone(all[2], 0, 0).slots, alone(all[2], 0, 1).slots);  // another instance permutes the labels
}

/// A change of one decision seed must not change who the people are, nor who meets whom.
TEST(Lanes, KeepPeopleAndMeetingsWhenOnlyTheLuckOfDecisionsChanges) {
    Experiment experiment = laboratory();
    const auto before = alone(experiment, 0);
    experiment.randomness = Randomness(Seeds{5, 6, 8});
    const auto after = alone(experiment, 0);
    EXPECT_EQ(before.slots, after.slots);
    std::vector<float> first_before(before.rounds[0].begin(), before.rounds[0].begin() + 36);
    std::vector<float> first_after(after.rounds[0].begin(), after.rounds[0].begin() + 36);
    EXPECT_EQ(first_before, first_after);
    EXPECT_NE(before.rounds[1], after.rounds[1]);
}

}  // namespace
}  // namespace commonweal
