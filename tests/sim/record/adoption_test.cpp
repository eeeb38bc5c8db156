#include "sim/record/adoption.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::IsNan;

/// What is said of contributions [round][agent][lane], of `width` lanes, `used` of which are runs.
std::vector<AdoptionTrace> watched(const AdoptionDesign& design, const Layer& ties,
                                   const std::vector<std::vector<float>>& rounds, std::size_t width = 1,
                                   std::size_t used = 1, const std::vector<std::uint8_t>& types = {}) {
    AdoptionRecorder recorder(design, ties, static_cast<Round>(rounds.size()), used);
    RoundView view{};
    view.width = width;
    for (const auto& contributions : rounds) {
        ++view.round;
        view.contributions = contributions.data();
        recorder.on_round(view);
    }
    return recorder.take(types.data());
}

/// 0 - 1 - 2 - 3 and 4 apart.
Layer path() { return layer_of(5, {{0, 1}, {1, 2}, {2, 3}}); }

TEST(Adoption, IsCountedByHand) {
    const auto trace = watched({.level = 10, .tip = 0.4}, path(),
                               {{10, 0, 0, 0, 0}, {10, 9, 12, 10, 0}, {0, 10, 12, 10, 0}, {0, 10, 12, 10, 0}})[0];
    EXPECT_THAT(trace.adopters, ElementsAre(0.2, 0.6, 0.6, 0.6));
    EXPECT_THAT(trace.reproduction, ElementsAre(IsNan(), 2, 0.5, 0));
    EXPECT_EQ(trace.size, 0.6);
    EXPECT_EQ(trace.tip_round, 2);
    EXPECT_EQ(trace.settled_round, 3);  // as many as before, but others
    EXPECT_THAT(std::vector(trace.reach_people.begin(), trace.reach_people.begin() + 5), ElementsAre(1, 1, 1, 1, 0));
    EXPECT_THAT(std::vector(trace.reach_share.begin(), trace.reach_share.begin() + 5),
                ElementsAre(1, 1, 1, 1, IsNan()));
    EXPECT_THAT(std::vector(trace.reach_round.begin(), trace.reach_round.begin() + 5),
                ElementsAre(1, 3, 2, 2, IsNan()));
}

TEST(Adoption, HasNoTipAndNoRestWhereThereIsNone) {
    const auto trace = watched({.level = 10, .tip = 0.9}, path(), {{0, 0, 0, 0, 0}, {10, 0, 0, 0, 0}})[0];
    EXPECT_THAT(trace.tip_round, IsNan());
    EXPECT_THAT(trace.settled_round, IsNan());
    EXPECT_THAT(trace.reproduction, ElementsAre(IsNan(), IsNan()));
    for (const double people : trace.reach_people) EXPECT_EQ(people, 0);  // nobody had adopted in the first round
    for (const double share : trace.reach_share) EXPECT_THAT(share, IsNan());
}

TEST(Adoption, RestsFromTheFirstRoundWhenNothingEverChanges) {
    const auto trace = watched({.level = 10}, path(), {{10, 0, 0, 0, 0}, {10, 0, 0, 0, 0}})[0];
    EXPECT_EQ(trace.settled_round, 1);
    EXPECT_EQ(trace.reach_share[1], 0);
    EXPECT_THAT(trace.reach_round[1], IsNan());
}

/// Distances begin at the type of the initial adopters, in each run at its own.
TEST(Adoption, IsReachedFromATypeInEachLane) {
    std::vector<float> first(5 * 8), second(5 * 8);
    std::vector<std::uint8_t> types(5 * 8);
    types[3 * 8 + 0] = types[0 * 8 + 1] = 1;
    first[3 * 8 + 0] = first[1 * 8 + 1] = second[2 * 8 + 0] = 20;
    const auto traces =
        watched({.level = 20, .tip = 0.5, .sources = std::uint8_t{1}}, path(), {first, second}, 8, 2, types);
    ASSERT_EQ(traces.size(), 2u);
    EXPECT_EQ(traces[0].reach_round[0], 1);
    EXPECT_EQ(traces[0].reach_round[1], 2);
    EXPECT_EQ(traces[0].reach_share[2], 0);
    EXPECT_EQ(traces[1].reach_share[0], 0);
    EXPECT_EQ(traces[1].reach_round[1], 1);
    EXPECT_EQ(traces[1].size, 0);
}

TEST(Adoption, PutsAllThatAreFarIntoOneRow) {
    std::vector<Tie> ties;
    for (AgentId agent = 0; agent < 29; ++agent) ties.push_back({agent, agent + 1});
    std::vector<float> contributions(30);
    contributions[0] = 20;
    const auto trace = watched({}, layer_of(30, ties), {contributions})[0];
    EXPECT_EQ(trace.reach_people.size(), kept_distances);
    EXPECT_EQ(trace.reach_people[19], 1);
    EXPECT_EQ(trace.reach_people[20], 10);
}

}  // namespace
}  // namespace commonweal
