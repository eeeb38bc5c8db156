#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/catalog.hpp"
#include "sim/core/error.hpp"
#include "sim/sweep/run_all.hpp"

/// The promise: the results file holds the design and never the execution.
namespace commonweal {
namespace {

const char* const laboratory = R"(
title = "reproducibility"
replicates = 37
instances = 2
[seed]
all = 11
[session]
sessions = 3
agents = 24
rounds = 4
conditions = ["basic", "punishment"]
order = "counterbalanced"
[matching]
kind = "strangers"
group_size = 4
[game]
endowment = 20
mpcr = 0.4
[sanction]
rule = "hurdle_punishment"
conditions = ["punishment"]
[agents.people]
behavior = "belief_schedule"
share = 0.8
belief_noise = 2.3
contribution_noise = 4.8
all_or_nothing = 0.2
reaction = 0.33
[agents.selfish]
behavior = "free_rider"
share = 0.2
[record]
agents = true
cascade = true
[counterfactual]
replicates = 3
)";

const char* const network = R"(
title = "reproducibility on networks"
replicates = 19
instances = 3
[seed]
all = 11
[session]
rounds = 6
[network]
kind = "erdos_renyi"
agents = 60
mean_degree = 5.0
without_ties = "keep"
[game]
tokens = "continuous"
enhancement = 3
[agents.crowd]
behavior = "conditional_cooperator"
share = 0.7
[agents.careful]
behavior = "threshold"
share = 0.3
[agents.first]
behavior = "unconditional"
count = 4
amount = 20
place = "cluster"
[record]
agents = true
cascade = true
adoption = true
[counterfactual]
replicates = 3
sources = 20
)";

const char* const strategies = R"(
title = "reproducibility of strategies"
replicates = 75
instances = 2
[seed]
all = 11
[session]
rounds = 8
[network]
agents = 60
[game]
enhancement = 4
[agents.C]
strategy = "cooperator"
share = 0.5
[agents.D]
strategy = "defector"
share = 0.5
[update]
rule = "fermi"
order = "synchronous"
strength = 0.5
[record]
agents = true
)";

/// A file of this process alone: tests run side by side.
std::filesystem::path file_of(const std::string& name) {
    return std::filesystem::path(testing::TempDir()) /
           ("reproducible_" + std::to_string(getpid()) + "_" + name + ".h5");
}

std::string bytes_of(const Execution& execution, const std::vector<std::string>& overrides, const std::string& name,
                     const char* text = laboratory) {
    const Scenario scenario = parse_scenario(text, "laboratory.toml", overrides, models::catalog());
    const auto path = file_of(name);
    run_all(scenario, execution, path, {});
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(path);
    return bytes;
}

TEST(ResultsFile, HasTheSameBytesForAnyThreadsAndLanes) {
    for (const std::string matching : {"strangers", "partners", "perfect_strangers"}) {
        const std::vector<std::string> overrides{"matching.kind=" + matching};
        const std::string base = bytes_of({.threads = 1, .lanes = 16}, overrides, "base");
        ASSERT_GT(base.size(), 10000u);
        for (const unsigned threads : {1u, 2u, 8u})
            for (const std::size_t lanes : {1u, 8u, 16u})
                EXPECT_TRUE(base == bytes_of({.threads = threads, .lanes = lanes}, overrides, "other"))
                    << matching << " " << threads << " " << lanes;
        EXPECT_FALSE(base == bytes_of({.threads = 1, .lanes = 16}, {overrides[0], "seed.dynamics=12"}, "control"));
    }
}

TEST(ResultsFile, HasTheSameBytesForAnyThreadsAndLanesOnNetworks) {
    for (const std::string game : {"hosts=all", "hosts=focal", "cost_per=individual"}) {
        const std::vector<std::string> overrides{"game." + game};
        const std::string base = bytes_of({.threads = 1, .lanes = 16}, overrides, "base", network);
        ASSERT_GT(base.size(), 10000u);
        for (const unsigned threads : {1u, 2u, 8u})
            for (const std::size_t lanes : {1u, 8u, 16u})
                EXPECT_TRUE(base == bytes_of({.threads = threads, .lanes = lanes}, overrides, "other", network))
                    << game << " " << threads << " " << lanes;
        EXPECT_FALSE(base ==
                     bytes_of({.threads = 1, .lanes = 16}, {overrides[0], "seed.dynamics=12"}, "control", network));
    }
}

/// Payoffs with levels in 64 lanes, shares alike in 16, and runs that stay alone.
TEST(ResultsFile, HasTheSameBytesForAnyThreadsAndLanesOfStrategies) {
    const std::string regular = "network.kind=random_regular", degree = "network.degree=4";
    const std::vector<std::vector<std::string>> kinds{{regular, degree},
                                                      {regular, degree, "game.hosts=focal"},
                                                      {"network.kind=barabasi_albert", "network.links=2"},
                                                      {regular, degree, "update.mutation=0.01"}};
    for (std::vector<std::string> overrides : kinds) {
        const std::string base = bytes_of({.threads = 1, .lanes = 1}, overrides, "base", strategies);
        ASSERT_GT(base.size(), 10000u);
        for (const unsigned threads : {1u, 2u, 8u})
            for (const std::size_t lanes : {0u, 1u, 8u, 16u, 64u})
                EXPECT_TRUE(base == bytes_of({.threads = threads, .lanes = lanes}, overrides, "other", strategies))
                    << overrides[0] << " " << overrides.back() << " " << threads << " " << lanes;
        overrides.emplace_back("seed.dynamics=12");
        EXPECT_FALSE(base == bytes_of({.threads = 1, .lanes = 64}, overrides, "control", strategies));
    }
}

/// A network of this size is walked in blocks, by several threads.
TEST(ResultsFile, HasTheSameBytesForAnyThreadsOnALargeNetwork) {
    const std::vector<std::string> overrides{"network.agents=110000", "replicates=2",         "instances=1",
                                             "session.rounds=3",      "record.cascade=false", "record.agents=false"};
    const std::string base = bytes_of({.threads = 1, .lanes = 1}, overrides, "base", network);
    for (const unsigned threads : {2u, 8u})
        for (const std::size_t lanes : {1u, 8u})
            EXPECT_TRUE(base == bytes_of({.threads = threads, .lanes = lanes}, overrides, "other", network));
    std::vector<std::string> other = overrides;
    other.emplace_back("seed.dynamics=12");
    EXPECT_FALSE(base == bytes_of({.threads = 1, .lanes = 1}, other, "control", network));
}

TEST(ResultsFile, KeepsTheFirstReplicatesWhenMoreAreAsked) {
    const Scenario few = parse_scenario(laboratory, "laboratory.toml", {"replicates=5"}, models::catalog());
    const Scenario many =
        parse_scenario(laboratory, "laboratory.toml", {"replicates=5", "seed.initial=12"}, models::catalog());
    const auto first = run_all(few, {}, {}, {}), again = run_all(few, {.lanes = 1}, {}, {}),
               control = run_all(many, {}, {}, {});
    for (std::size_t row = 0; row < first.rows.size(); ++row)
        EXPECT_EQ(first.rows[row].contribution.mean, again.rows[row].contribution.mean);
    EXPECT_NE(first.rows[0].contribution.mean, control.rows[0].contribution.mean);
}

/// A disk that fills up: writes beyond a size limit fail, as they do on a full disk.
TEST(ResultsFile, LeavesNothingOnAFullDisk) {
    const Scenario scenario = parse_scenario(laboratory, "laboratory.toml", {}, models::catalog());
    const auto path = file_of("full_disk");
    std::filesystem::remove(path);
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{16 * 1024, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    std::string message;
    try {
        run_all(scenario, {}, path, {});
    } catch (const IoError& error) {
        message = error.what();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_FALSE(message.empty());
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".partial"));
    EXPECT_GT(bytes_of({}, {}, "full_disk").size(), 16u * 1024);  // and afterwards there is room again
}

TEST(ResultsFile, StopsWithoutAFileWhenInterrupted) {
    const Scenario scenario = parse_scenario(laboratory, "laboratory.toml", {"replicates=2000"}, models::catalog());
    const auto path = file_of("stopped");
    std::filesystem::remove(path);
    const Summary summary = run_all(scenario, {.stop = [] { return true; }}, path, {});
    EXPECT_TRUE(summary.stopped);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".partial"));
}

}  // namespace
}  // namespace commonweal
