#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/catalog.hpp"
#include "sim/core/error.hpp"
#include "sim/sweep/run_all.hpp"

/// The promise, where every run has ties of its own.
namespace commonweal {
namespace {

const char* const fluid = R"(
title = "ties that change"
replicates = 19
instances = 3
[seed]
all = 11
[session]
rounds = 7
[network]
kind = "erdos_renyi"
agents = 25
mean_degree = 5.0
without_ties = "keep"
[game]
kind = "donation"
[agents.crowd]
behavior = "logit_cooperation"
per_round = 0
neighbors = 2
share = 0.8
[agents.selfish]
behavior = "free_rider"
share = 0.2
[rewiring]
share = 0.3
[record]
agents = true
)";

const std::vector<std::vector<std::string>> ways{{}, {"rewiring.share=0", "rewiring.redraw=true"}};

std::string bytes_of(const Execution& execution, const std::vector<std::string>& overrides) {
    const Scenario scenario = parse_scenario(fluid, "fluid.toml", overrides, models::catalog());
    const auto path = std::filesystem::path(testing::TempDir()) / "changing_ties.h5";
    run_all(scenario, execution, path, {});
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(ChangingTiesFile, HasTheSameBytesForAnyThreadsAndLanes) {
    for (const auto& way : ways) {
        const std::string base = bytes_of({.threads = 1, .lanes = 16}, way);
        ASSERT_GT(base.size(), 10000u);
        for (const unsigned threads : {1u, 2u, 8u})
            for (const std::size_t lanes : {0u, 1u, 8u})
                EXPECT_EQ(base, bytes_of({.threads = threads, .lanes = lanes}, way)) << threads << " " << lanes;
        auto other = way;
        other.push_back("seed.dynamics=12");
        EXPECT_NE(base, bytes_of({.threads = 1, .lanes = 16}, other));
    }
}

Summary summary_of(const std::vector<std::string>& overrides) {
    return run_all(parse_scenario(fluid, "fluid.toml", overrides, models::catalog()), {}, {}, {});
}

TEST(ChangingTiesFile, TellsHowTiesChangeRoundByRound) {
    const Summary summary = summary_of({"instances=1"});
    ASSERT_EQ(summary.tie_rounds.size(), 7u);
    EXPECT_DOUBLE_EQ(summary.tie_rounds[0].degree.mean, 2.0 * static_cast<double>(summary.ties) / 25);
    for (std::size_t round = 1; round < 7; ++round) {
        const auto& before = summary.tie_rounds[round - 1];
        EXPECT_NEAR(summary.tie_rounds[round].degree.mean,
                    before.degree.mean + 2 * (before.made.mean - before.cut.mean) / 25, 1e-9);
    }
    EXPECT_TRUE(summary_of({"rewiring.share=0"}).tie_rounds.empty());
}

TEST(ChangingTiesFile, DrawsOtherNetworksWithAnotherSeedOfNetworksOnly) {
    const auto degrees = [](const std::string& seed) {
        std::vector<double> all;
        for (const auto& row : summary_of({"rewiring.share=0", "rewiring.redraw=true", seed}).tie_rounds)
            all.push_back(row.degree.mean);
        return all;
    };
    EXPECT_EQ(degrees("seed.all=11"), degrees("seed.dynamics=12"));
    EXPECT_NE(degrees("seed.all=11"), degrees("seed.network=12"));
}

TEST(ChangingTiesFile, RefusesWeightedTiesBeforeTheFirstRun) {
    const auto path = std::filesystem::path(testing::TempDir()) / "weighted_ties.csv";
    std::ofstream(path) << "source,target,weight\na,b,2\nb,c,1\n";
    const std::string text = "seed = 1\n[network]\nkind = \"network_file\"\nfile = \"" + path.string() +
                             "\"\n[agents.all]\nbehavior = \"free_rider\"\n[rewiring]\nshare = 0.5\n";
    const Scenario scenario = parse_scenario(text, "weighted.toml", {}, models::catalog());
    EXPECT_THROW(run_all(scenario, {}, {}, {}), ConfigError);
}

}  // namespace
}  // namespace commonweal
