#include "sim/sweep/adoption_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "models/catalog.hpp"
#include "sim/sweep/run_all.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

AdoptionTrace trace(double size, double tip, double followed) {
    AdoptionTrace made;
    made.adopters = {0.1, size};
    made.reproduction = {none, followed};
    made.size = size;
    made.tip_round = tip;
    made.settled_round = none;
    made.reach_people.assign(kept_distances, 0);
    made.reach_share.assign(kept_distances, none);
    made.reach_round.assign(kept_distances, none);
    made.reach_people[0] = 2;
    made.reach_share[0] = 1;
    made.reach_round[0] = 1;
    return made;
}

TEST(AdoptionTally, LeavesOutWhatARunDoesNotHave) {
    AdoptionTally tally(2);
    tally.add(trace(0.2, none, none));
    tally.add(trace(0.4, 2, 3));
    tally.add(trace(0.6, 2, 5));
    tally.add(trace(1.0, 1, none));
    const AdoptionSummary summary = tally.summary();
    EXPECT_EQ(summary.runs, 4u);
    EXPECT_EQ(summary.tipped, 3u);
    EXPECT_EQ(summary.settled, 0u);
    EXPECT_NEAR(summary.tip_round.mean, 5 / 3.0, 1e-12);
    EXPECT_NEAR(summary.size.mean, 0.55, 1e-12);
    EXPECT_EQ(summary.reproduced, 2u);
    EXPECT_EQ(summary.first_reproduction.mean, 4);
    EXPECT_THAT(summary.quantiles, ElementsAre(testing::DoubleEq(0.23), testing::DoubleEq(0.35), testing::DoubleEq(0.5),
                                               testing::DoubleEq(0.7), testing::DoubleEq(0.94)));
    ASSERT_EQ(summary.reach.size(), 1u);
    EXPECT_EQ(summary.reach[0].people, 2);
}

const char* const ring = R"(
replicates = 6
seed = 1
[session]
rounds = 8
[network]
kind = "ring_lattice"
agents = 12
degree = 2
[agents.first]
behavior = "unconditional"
amount = 20
count = 1
[agents.crowd]
behavior = "threshold"
measure = "number"
threshold = 1
[record]
adoption = true
)";

Scenario scenario(const std::vector<std::string>& overrides = {}) {
    return parse_scenario(ring, "ring", overrides, models::catalog());
}

/// Two more adopt in each round until the last agent in round 7.
TEST(RunAll, CountsAdoptersOnARing) {
    const Summary summary = run_all(scenario(), {}, {}, {});
    EXPECT_EQ(summary.agents, 12u);
    EXPECT_EQ(summary.ties, 12u);
    EXPECT_EQ(summary.decisions, 6u * 8 * 12);
    ASSERT_TRUE(summary.adoption);
    EXPECT_EQ(summary.adoption->tipped, 6u);
    EXPECT_EQ(summary.adoption->tip_round.mean, 4);
    EXPECT_EQ(summary.adoption->settled, 6u);
    EXPECT_EQ(summary.adoption->first_reproduction.mean, 2);
    EXPECT_EQ(summary.adoption->adopters[5].mean, 11 / 12.0);
    EXPECT_EQ(summary.adoption->size.mean, 1);
}

TEST(RunAll, CountsWhoGivesEnough) {
    const Summary summary =
        run_all(scenario({"agents.first.amount=10", "adoption.level=0.5", "adoption.tip=0.08"}), {}, {}, {});
    EXPECT_EQ(summary.adoption->tip_round.mean, 1);
    EXPECT_NEAR(summary.adoption->size.mean, 1 / 12.0, 1e-12);
}

TEST(RunAll, RefusesInitialAdoptersOfNoType) {
    try {
        scenario({"adoption.sources=fist"});
        FAIL();
    } catch (const ConfigError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("there is no [agents.fist] (did you mean 'first'?)"));
    }
}

}  // namespace
}  // namespace commonweal
