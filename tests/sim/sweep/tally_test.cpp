#include "sim/sweep/tally.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/catalog.hpp"
#include "tests/support/laboratory.hpp"

namespace commonweal {
namespace {

TEST(Moments, AreMeanAndStandardDeviation) {
    Moments moments;
    for (const double x : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) moments.add(x);
    EXPECT_DOUBLE_EQ(moments.spread().mean, 5.0);
    EXPECT_DOUBLE_EQ(moments.spread().sd, std::sqrt(32.0 / 7));
}

TEST(Moments, OfOneValueHaveNoSpread) {
    Moments moments;
    moments.add(3);
    EXPECT_EQ(moments.spread().mean, 3.0);
    EXPECT_EQ(moments.spread().sd, 0.0);
}

/// The summary of a run is what its blocks hold, condition by condition and round by round.
TEST(Tally, AveragesOverRunsInEachCell) {
    const Experiment experiment = test::laboratory();
    RunBlock block;
    block.replicate = {0, 1};
    block.instance = {0, 0};
    for (auto* values : {&block.mean_contribution, &block.share_full, &block.share_free_riders, &block.mean_payoff,
                         &block.mean_points})
        values->assign(12, 0.0);
    for (std::size_t cell = 0; cell < 6; ++cell) {
        block.mean_contribution[cell] = static_cast<double>(cell);
        block.mean_contribution[6 + cell] = static_cast<double>(cell) + 2;
    }
    Tally tally(experiment, {"basic", "punishment"}, {}, {});
    tally.add(block);
    const Summary summary = tally.summary();
    EXPECT_EQ(summary.runs, 2u);
    ASSERT_EQ(summary.rows.size(), 6u);
    EXPECT_EQ(summary.rows[4].condition, "punishment");
    EXPECT_EQ(summary.rows[4].round, 2u);
    EXPECT_DOUBLE_EQ(summary.rows[4].contribution.mean, 5.0);
    EXPECT_DOUBLE_EQ(summary.rows[4].contribution.sd, std::sqrt(2.0));
}

/// Means of a run without files: what run_all returns for the linear rule is known exactly on average.
TEST(RunAll, CountsRunsAndDecisions) {
    const Scenario scenario = parse_scenario(
        "replicates = 5\ninstances = 2\nseed = 3\n[session]\nagents = 8\nrounds = 3\n[matching]\nkind = \"strangers\"\n"
        "[agents.a]\nbehavior = \"unconditional\"\namount = 7\n",
        "text", {}, models::catalog());
    const Summary summary = run_all(scenario, {.threads = 2}, {}, {});
    EXPECT_EQ(summary.runs, 10u);
    EXPECT_EQ(summary.decisions, 10u * 8 * 3);
    for (const auto& row : summary.rows) {
        EXPECT_EQ(row.contribution.mean, 7.0);
        EXPECT_EQ(row.contribution.sd, 0.0);
        EXPECT_NEAR(row.payoff.mean, 20 - 7 + 0.4 * 28, 1e-5);
    }
}

}  // namespace
}  // namespace commonweal
