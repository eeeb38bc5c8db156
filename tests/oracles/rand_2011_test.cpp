#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "models/catalog.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/run_all.hpp"

/// What the configuration of Rand, Arbesman & Christakis (2011) says of itself: directions of the experiment, and the
/// one published number that the configuration was set to agree with.
namespace commonweal {
namespace {

struct Outcome {
    double last = 0;       ///< share of cooperators in the last round
    double error = 0;      ///< its standard error, as if runs were independent
    double neighbors = 0;  ///< mean over rounds; 0 where ties stay
};

Outcome outcome(const std::vector<std::string>& overrides) {
    const auto file = std::filesystem::path(COMMONWEAL_SOURCE) / "configs/experiments/rand_2011.toml";
    const Summary summary = run_all(read_scenario(file, overrides, models::catalog()), {}, {}, {});
    Outcome outcome;
    outcome.last = summary.rows.back().full.mean;
    outcome.error = summary.rows.back().full.sd / std::sqrt(static_cast<double>(summary.runs));
    for (const auto& ties : summary.tie_rounds)
        outcome.neighbors += ties.degree.mean / static_cast<double>(summary.tie_rounds.size());
    return outcome;
}

TEST(Rand2011, KeepsCooperationWhereTiesAreFluid) {
    const Outcome fluid = outcome({}), viscous = outcome({"rewiring.share=0.1"}), fixed = outcome({"rewiring.share=0"}),
                  random = outcome({"rewiring.share=0", "rewiring.redraw=true"});
    for (const Outcome& other : {viscous, fixed, random})
        EXPECT_GT(fluid.last - other.last, 4 * std::hypot(fluid.error, other.error));
    EXPECT_NEAR(fluid.neighbors, 8.2, 0.3);
    EXPECT_NEAR(random.neighbors, 0.2 * 19, 0.1);
}

/// Without the effect of the number of neighbors all conditions are alike, as the page of the model says.
TEST(Rand2011, HelpsByTheNumberOfNeighborsOnly) {
    const Outcome fluid = outcome({"agents.everybody.degree=0"}),
                  fixed = outcome({"agents.everybody.degree=0", "rewiring.share=0"});
    EXPECT_NEAR(fluid.last, fixed.last, 0.03);
}

}  // namespace
}  // namespace commonweal
