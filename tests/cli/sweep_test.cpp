#include <hdf5.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>

#include "sim/record/hdf5_reader.hpp"
#include "sim/sweep/journal.hpp"
#include "tests/cli/program.hpp"

/// Sweeps as a user sees them.
namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Words = std::vector<std::string>;

class Sweep : public Cli {
protected:
    Sweep() { write("small.toml", scenario); }

    Ran sweep(const std::string& folder, const Words& more, const std::string& file = "small.toml") const {
        Words words{"sweep", file, "-o", folder};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }

    /// Bytes of results.h5 of a sweep that must be complete.
    std::string swept(const std::string& folder, const Words& more, const std::string& file = "small.toml") const {
        const Ran ran = sweep(folder, more, file);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return results(folder);
    }

    std::string results(const std::string& folder) const {
        const std::string bytes = text_of(folder_ / folder / "results.h5");
        EXPECT_THAT(bytes.substr(0, 4), "\x89HDF");
        return bytes;
    }

    Hdf5Reader opened(const std::string& folder) const { return Hdf5Reader(folder_ / folder / "results.h5"); }

    /// How many runs each line of the journals tells of.
    std::vector<std::uint64_t> computed(const std::string& folder) const {
        std::vector<std::uint64_t> counts;
        for (const JournalEntry& entry : read_journals(folder_ / folder / "journal")) {
            std::uint64_t count = 0;
            for (const RunRange& range : entry.done) count += range.last - range.first + 1;
            counts.push_back(count);
        }
        return counts;
    }

    /// Text of a sweep that must be refused with this code; the folder is not there afterwards.
    std::string refused(int code, const Words& more, const std::string& file = "small.toml") const {
        const Ran ran = sweep("bad", more, file);
        EXPECT_EQ(ran.code, code) << ran.err;
        EXPECT_EQ(ran.out, "");
        EXPECT_FALSE(fs::exists(folder_ / "bad"));
        return ran.err;
    }

    std::map<std::int32_t, unsigned> runs_of_points(const std::string& folder) const {
        std::map<std::int32_t, unsigned> counts;
        for (const std::int32_t point : opened(folder).whole_numbers("point")) ++counts[point];
        return counts;
    }
};

TEST_F(Sweep, WritesOneRowForEachRun) {
    const Ran ran = sweep("store", {"game.mpcr=0.2,0.4", "matching.kind=partners,strangers"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "store/results.h5\n");
    EXPECT_THAT(ran.err, AllOf(HasSubstr("16 runs in "), HasSubstr("16 of 16 are complete")));
    const Hdf5Reader file = opened("store");
    EXPECT_EQ(file.text("", "format"), "commonweal-results");
    EXPECT_EQ(file.text("", "title"), "Small");
    EXPECT_EQ(file.number("", "complete"), 1);
    EXPECT_THAT(file.shape("mean_contribution"), ElementsAre(16, 1, 6));
    EXPECT_THAT(file.whole_numbers("run"), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    EXPECT_THAT(file.whole_numbers("point"), ElementsAre(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
    EXPECT_THAT(file.whole_numbers("replicate"), ElementsAre(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3));
    EXPECT_THAT(file.whole_numbers("status"), testing::Each(0));
    std::vector<double> mpcr(16);
    file.read("game.mpcr", 0, 16, Number::float64, mpcr.data());
    EXPECT_EQ(mpcr[0], 0.2);
    EXPECT_EQ(mpcr[15], 0.4);
    const auto kinds = file.texts("matching.kind");
    EXPECT_EQ(kinds[0], "partners");
    EXPECT_EQ(kinds[4], "strangers");
    std::vector<double> means(std::size_t{16} * 6);
    file.read("mean_contribution", 0, 16, Number::float64, means.data());
    const std::span<const double> low = std::span(means).first(48), high = std::span(means).last(48);
    EXPECT_TRUE(std::ranges::equal(low, high)) << "the rule does not look at game.mpcr: all points have the same luck";
    EXPECT_FALSE(std::ranges::equal(low.first(24), low.last(24)));
    for (const auto& digest : file.texts("ledger/digest")) EXPECT_EQ(digest.size(), 32u);
}

TEST_F(Sweep, GivesTheSameBytesForAnyThreadsLanesAndShares) {
    const auto with = [](Words more) {
        more.insert(more.end(), {"game.mpcr=0.2,0.4,0.6", "replicates=40", "instances=2", "-q"});
        return more;
    };
    const std::string one = swept("one", with({"--threads", "1"}));
    for (const char* threads : {"2", "8"}) EXPECT_TRUE(swept(threads, with({"--threads", threads})) == one) << threads;
    for (const char* lanes : {"1", "8", "16"})
        EXPECT_TRUE(swept(std::string("lanes") + lanes, with({"--lanes", lanes})) == one) << lanes;
    EXPECT_TRUE(swept("shards", with({"--shard-seconds", "0"})) == one);
    EXPECT_GT(computed("shards").size(), computed("one").size());
    EXPECT_FALSE(swept("control", with({"seed=43"})) == one);
    for (const char* share : {"3/3", "1/3", "2/3"}) {
        const Ran in_one = sweep("together", with({"--shard", share}));
        EXPECT_EQ(in_one.code, 0) << in_one.err;
        EXPECT_EQ(in_one.out, "");
        EXPECT_EQ(sweep(std::string("apart") + share[0], with({"--shard", share})).code, 0);
    }
    EXPECT_EQ(run({"merge", "together"}).code, 0);
    EXPECT_TRUE(results("together") == one);
    EXPECT_EQ(run({"merge", "apart3", "apart1", "apart2"}).code, 0);
    EXPECT_TRUE(results("apart3") == one) << "the first of the folders takes all";
    for (const std::string share : {"1", "2"}) {
        std::uint64_t runs = 0;
        for (const std::uint64_t count : computed("apart" + share)) runs += count;
        EXPECT_GT(runs, 60u);
        EXPECT_LT(runs, 100u) << "a third of 240, as nearly as blocks allow";
    }
}

TEST_F(Sweep, GoesOnWhereItStoppedAndTellsJson) {
    const Words design{"game.mpcr=0.2,0.4,0.6", "replicates=48"};
    const std::string whole = swept("whole", design);
    Words share = design, rest = design;
    share.insert(share.end(), {"--shard", "2/3"});
    rest.insert(rest.end(), {"--progress", "json", "--shard-seconds", "0"});
    ASSERT_EQ(sweep("store", share).code, 0);
    const Ran ran = sweep("store", rest);
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(results("store") == whole);
    std::uint64_t now = 0;
    for (const JournalEntry& entry : read_journals(folder_ / "store" / "journal"))
        if (entry.shard.starts_with("1of1-"))
            for (const RunRange& range : entry.done) now += range.last - range.first + 1;
    EXPECT_EQ(now, 96u) << "what share 2 of 3 has is not computed again";
    std::istringstream lines(ran.err);
    nlohmann::json last;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("{")) {
            last = nlohmann::json::parse(line);
            EXPECT_LE(last["done"], last["runs"]);
        }
    EXPECT_EQ(last["runs"], 144);
    EXPECT_EQ(last["done"], 144);
    EXPECT_EQ(last["failed"], 0);
    EXPECT_EQ(last["open"], 0);
    EXPECT_EQ(last["judging"], false);
    const Ran nothing = sweep("store", design);
    EXPECT_EQ(nothing.code, 0);
    EXPECT_THAT(nothing.err, HasSubstr("0 runs in "));
    EXPECT_TRUE(results("store") == whole);
}

TEST_F(Sweep, TellsHowFarItIs) {
    ASSERT_EQ(sweep("store", {"game.mpcr=0.2,0.4", "--shard", "1/2"}).code, 0);
    const Ran text = run({"status", "store"});
    EXPECT_EQ(text.code, 0);
    EXPECT_THAT(text.out, AllOf(HasSubstr("runs      8\n"), HasSubstr("done      4 (50.0 %)\n"),
                                HasSubstr("open      4\n"), HasSubstr("results   not built yet\n"),
                                HasSubstr("the same command, or `commonweal retry`, computes what is open")));
    const Ran half_checked = run({"verify", "store"});
    EXPECT_EQ(half_checked.code, 0);
    EXPECT_THAT(half_checked.out,
                HasSubstr("runs        4 of 8; the others failed, are lost or are not computed yet\n"));
    const auto half = nlohmann::json::parse(run({"status", "store", "--json"}).out);
    EXPECT_EQ(half["runs"], 8);
    EXPECT_EQ(half["done"], 4);
    EXPECT_EQ(half["open"], 4);
    EXPECT_EQ(half["failed"], 0);
    EXPECT_EQ(half["shards"], 1);
    EXPECT_EQ(half["lost_shards"], 0);
    EXPECT_EQ(half["generation"], 1);
    EXPECT_EQ(half["results"], false);
    ASSERT_EQ(sweep("store", {"game.mpcr=0.2,0.4"}).code, 0);
    EXPECT_EQ(nlohmann::json::parse(run({"status", "store", "--json"}).out)["results"], true);
    const Ran watched = run({"status", "store", "--watch"});
    EXPECT_EQ(watched.code, 0);
    EXPECT_THAT(watched.out, HasSubstr("done      8 (100.0 %)"));
    EXPECT_THAT(watched.out, testing::Not(HasSubstr("next")));
    EXPECT_THAT(run({"verify", "store"}).out, HasSubstr("runs        8\n"));
}

TEST_F(Sweep, DryRunOfAnExtensionCountsWhatIsNew) {
    ASSERT_EQ(sweep("store", {"game.mpcr=0.2,0.4", "replicates=4"}).code, 0);
    const Ran ran = sweep("store", {"game.mpcr=0.2,0.4", "replicates=20", "--extend", "--dry-run"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("runs        40, of which 8 are there and 32 are new\n"));
}

TEST_F(Sweep, RetryTellsTheCommandThatGoesOnWithItsShare) {
    ASSERT_EQ(sweep("store", {"game.mpcr=0.2,0.4", "--shard", "1/2"}).code, 0);
    const Ran stopped = run({"retry", "store", "--shard", "2/2", "--max-time", "0.000001s"});
    EXPECT_EQ(stopped.code, 4);
    const std::string line = "commonweal retry store --shard 2/2";
    EXPECT_THAT(stopped.err, HasSubstr("this goes on: " + line + "\n"));
    EXPECT_EQ(run_line(line).code, 0);
    EXPECT_EQ(run({"merge", "store"}).code, 0);
}

TEST_F(Sweep, DryRunCountsAndWritesNothing) {
    const Ran ran = sweep("store", {"game.mpcr=0.2,0.4", "replicates=20", "--dry-run"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out,
                AllOf(HasSubstr("design      grid: 2 points x 1 regime x 1 world x 1 instance x 20 replicates\n"),
                      HasSubstr("runs        40\n"), HasSubstr("first       point 0 (game.mpcr = 0.2)\n"),
                      HasSubstr("last        point 1 (game.mpcr = 0.4)\n"), HasSubstr("\npilot       "),
                      HasSubstr("\ntime        "), HasSubstr("\nmemory      "), HasSubstr("\ndisk        ")));
    EXPECT_FALSE(fs::exists(folder_ / "store"));
    const Ran until = run({"sweep", "small.toml", "--dry-run", "--until", "ci(mean_contribution)<0.5",
                           "--max-replicates", "64", "--shard", "1/3"});
    EXPECT_EQ(until.code, 0) << until.err;
    EXPECT_THAT(until.out, AllOf(HasSubstr("at most 64 replicates"), HasSubstr("of each of 3 shares"),
                                 HasSubstr("until       ci(mean_contribution) < 0.5, judged at 16, 32, 64")));
    EXPECT_THAT(refusal({"sweep", "small.toml", "--dry-run", "game.mpcr=0.1,-3"}), HasSubstr("point 1"));
}

TEST_F(Sweep, ReadsSweepsRegimesAndWorldsFromTheFile) {
    const std::string variants = scenario + R"([sweep]
session.rounds = "2,4"

[sweep.game]
endowment = [10, 20]

[regime.base]

[regime.generous]
game.mpcr = 0.8

[world.small]

[world.large.session]
agents = 48
)";
    write("variants.toml", variants);
    ASSERT_EQ(sweep("store", {}, "variants.toml").code, 0);
    const Hdf5Reader file = opened("store");
    EXPECT_THAT(file.shape("mean_contribution"), ElementsAre(64, 1, 4));
    const auto regimes = file.texts("regime"), worlds = file.texts("world");
    EXPECT_EQ(std::ranges::count(regimes, "generous"), 32);
    EXPECT_EQ(std::ranges::count(worlds, "large"), 32);
    const auto design = nlohmann::json::parse(file.text("provenance", "design"));
    EXPECT_EQ(design["regimes"], nlohmann::json({"base", "generous"}));
    EXPECT_EQ(design["axes"][0]["key"], "session.rounds");
    const Ran single = run({"run", "variants.toml"});
    EXPECT_EQ(single.code, 2);
    EXPECT_THAT(single.err, HasSubstr("`commonweal sweep` computes all"));
    const Ran narrowed = sweep("one", {"session.rounds=4"}, "variants.toml");
    EXPECT_EQ(narrowed.code, 0) << narrowed.err;
    EXPECT_EQ(opened("one").shape("run")[0], 32u) << "one value takes the place of an axis";
}

/// True when a variable of the file has this attribute.
bool has_attribute(const fs::path& path, const char* variable, const char* name) {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    EXPECT_GE(file, 0);
    const bool has = H5Aexists_by_name(file, variable, name, H5P_DEFAULT) > 0;
    H5Fclose(file);
    return has;
}

TEST_F(Sweep, LeavesHolesWhereARunHasNoSuchRoundOrAgent) {
    const Words axes{"session.rounds=2,4", "session.agents=12,24", "matching.kind=partners", "record.agents=true"};
    ASSERT_EQ(sweep("store", axes).code, 0);
    const Hdf5Reader file = opened("store");
    const std::uint64_t runs = 16, rounds = 4, agents = 24;
    EXPECT_THAT(file.shape("mean_contribution"), ElementsAre(runs, 1, rounds));
    EXPECT_THAT(file.shape("session"), ElementsAre(runs, agents));
    const auto lengths = file.whole_numbers("session.rounds"), sizes = file.whole_numbers("session.agents");
    const auto sessions = file.whole_numbers("session");
    std::vector<double> means(runs * rounds);
    file.read("mean_contribution", 0, runs, Number::float64, means.data());
    const std::int32_t hole = std::numeric_limits<std::int32_t>::min();
    for (std::uint64_t row = 0; row < runs; ++row) {
        for (std::uint64_t round = 0; round < rounds; ++round)
            EXPECT_EQ(std::isnan(means[row * rounds + round]), static_cast<std::int32_t>(round) >= lengths[row]);
        for (std::uint64_t agent = 0; agent < agents; ++agent)
            EXPECT_EQ(sessions[row * agents + agent] == hole, static_cast<std::int32_t>(agent) >= sizes[row]);
    }
    EXPECT_TRUE(has_attribute(folder_ / "store" / "results.h5", "session", "_FillValue"));
    ASSERT_EQ(sweep("even", {"game.mpcr=0.2,0.4", "record.agents=true"}).code, 0);
    EXPECT_FALSE(has_attribute(folder_ / "even" / "results.h5", "session", "_FillValue"))
        << "without holes no value means none";
}

TEST_F(Sweep, ExtensionGivesTheBytesOfAFreshSweep) {
    struct Case {
        const char* name;
        Words before, after;
        std::uint64_t old_runs, all_runs;
    };
    const Case cases[] = {
        {"values", {"game.mpcr=0.3,0.5"}, {"game.mpcr=0.1,0.3,0.4,0.5"}, 8, 16},
        {"replicates", {"game.mpcr=0.3,0.5"}, {"game.mpcr=0.3,0.5", "replicates=40"}, 8, 80},
        {"instances", {"game.mpcr=0.3,0.5"}, {"game.mpcr=0.3,0.5", "instances=3"}, 8, 24},
        {"sobol",
         {"game.mpcr=uniform(0.1,0.9)", "--design", "sobol", "--points", "4"},
         {"game.mpcr=uniform(0.1,0.9)", "--design", "sobol", "--points", "16"},
         16,
         64},
        {"table", {"--table", "few.csv"}, {"--table", "more.csv"}, 8, 12},
        {"sizes", {"session.rounds=2,4"}, {"session.rounds=2,4,6"}, 8, 12},
    };
    write("few.csv", "game.mpcr,session.rounds\n0.3,4\n0.5,6\n");
    write("more.csv", "game.mpcr,session.rounds\n0.2,4\n0.5,6\n0.3,4\n");
    for (const Case& one : cases) {
        SCOPED_TRACE(one.name);
        const std::string folder = one.name;
        const std::string before = swept(folder, one.before);
        const Ran refused = sweep(folder, one.after);
        EXPECT_EQ(refused.code, 6);
        EXPECT_THAT(refused.err, AllOf(HasSubstr("holds another design"), HasSubstr("\n  + "), HasSubstr("--extend")));
        EXPECT_TRUE(results(folder) == before);
        Words extend = one.after;
        extend.emplace_back("--extend");
        const Ran extended = sweep(folder, extend);
        EXPECT_EQ(extended.code, 0) << extended.err;
        EXPECT_THAT(computed(folder), ElementsAre(one.old_runs, one.all_runs - one.old_runs));
        EXPECT_TRUE(results(folder) == swept(folder + "_fresh", one.after));
        EXPECT_FALSE(results(folder) == before);
        const Ran again = sweep(folder, one.after);
        EXPECT_EQ(again.code, 0) << "it is the folder's design now";
        EXPECT_EQ(nlohmann::json::parse(run({"status", folder, "--json"}).out)["generation"], 2);
        EXPECT_EQ(run({"verify", folder, "-q"}).code, 0);
    }
}

TEST_F(Sweep, ExtensionRefusesWhatDropsOldPoints) {
    const auto refuses = [&](const std::string& folder, Words after, const std::string& why) {
        const std::string before = text_of(folder_ / folder / "manifest.json");
        after.emplace_back("--extend");
        const Ran ran = sweep(folder, after);
        EXPECT_EQ(ran.code, 6) << ran.err;
        EXPECT_THAT(ran.err, HasSubstr(why));
        EXPECT_EQ(text_of(folder_ / folder / "manifest.json"), before);
    };
    swept("grid", {"game.mpcr=0.3,0.5"});
    refuses("grid", {"game.mpcr=0.3,0.4"}, "the new design lacks point 1 (game.mpcr = 0.5)");
    refuses("grid", {"game.mpcr=0.3,0.5", "replicates=2"}, "it has fewer replicates");
    refuses("grid", {"game.mpcr=0.3,0.5", "session.rounds=4"}, "the scenario differs");
    refuses("grid", {"game.mpcr=0.3,0.5", "--until", "se(mean_contribution) < 1", "--max-replicates", "16"},
            "one of them judges");
    const Words hypercube{"game.mpcr=uniform(0.1,0.9)", "--design", "lhs", "--points"};
    Words four = hypercube, eight = hypercube;
    four.emplace_back("4");
    eight.emplace_back("8");
    swept("lhs", four);
    refuses("lhs", eight, "never a Latin hypercube");
    EXPECT_EQ(sweep("grid", {"game.mpcr=0.3,0.5"}).code, 0) << "what is there is as before";
}

/// Cells whose means are spread more need more replicates, and the same ones whoever computes them.
TEST_F(Sweep, ComputesReplicatesUntilTheyAreEnough) {
    const Words design{"agents.all.first_sd=0.5,8", "--until", "ci(mean_contribution) < 0.06", "--max-replicates",
                       "200"};
    const auto with = [&](Words more) {
        more.insert(more.end(), design.begin(), design.end());
        return more;
    };
    const std::string whole = swept("whole", with({"--threads", "1"}));
    const auto counts = runs_of_points("whole");
    for (const auto& [point, count] : counts)
        EXPECT_THAT(count, testing::AnyOf(16u, 32u, 64u, 128u, 200u)) << "of point " << point;
    ASSERT_EQ(counts.size(), 2u);
    EXPECT_LT(counts.at(0), counts.at(1));
    EXPECT_TRUE(swept("threads", with({"--threads", "2"})) == whole);
    EXPECT_TRUE(swept("shards", with({"--shard-seconds", "0"})) == whole);
    for (const char* share : {"2/3", "1/3", "3/3"}) EXPECT_EQ(sweep("shares", with({"--shard", share})).code, 0);
    EXPECT_EQ(run({"merge", "shares"}).code, 0);
    EXPECT_TRUE(results("shares") == whole);

    const auto numbers = opened("whole").whole_numbers("run");
    EXPECT_TRUE(std::ranges::is_sorted(numbers));
    EXPECT_GT(numbers.back() - numbers.front() + 1, static_cast<std::int32_t>(numbers.size())) << "with gaps";
    const Ran replayed = run({"replay", "whole", std::to_string(numbers.back())});
    EXPECT_EQ(replayed.code, 0) << replayed.err;
    EXPECT_THAT(replayed.out, HasSubstr("its values are those that were recorded"));
    EXPECT_THAT(run({"replay", "whole", "399"}).out, HasSubstr("it is not recorded yet"));
    EXPECT_THAT(refusal({"replay", "whole", "400"}), HasSubstr("the design has runs 0 to 399"));
    EXPECT_THAT(refusal({"replay", "whole", "x"}), HasSubstr("'x' is neither the number of a run nor what it is"));
    EXPECT_EQ(nlohmann::json::parse(run({"status", "whole", "--json"}).out)["done"], numbers.size());
}

TEST_F(Sweep, ReplayTakesWhatARunIs) {
    swept("store", {"game.mpcr=0.3,0.5", "session.rounds=2,3", "replicates=3"});
    const auto first_line = [&](const Words& words) {
        Words all{"replay", "store"};
        all.insert(all.end(), words.begin(), words.end());
        const Ran ran = run(all);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return ran.out.substr(0, ran.out.find('\n'));
    };
    EXPECT_THAT(first_line({"game.mpcr=0.5", "session.rounds=2", "replicate=1"}),
                HasSubstr("game.mpcr = 0.5, session.rounds = 2), instance 0, replicate 1"));
    EXPECT_EQ(first_line({"point=2"}), first_line({"game.mpcr=0.5", "session.rounds=2", "replicate=0"}));
    EXPECT_THAT(refusal({"replay", "store", "game.mpcr=0.5"}), HasSubstr("2 cells are so"));
    EXPECT_THAT(refusal({"replay", "store", "game.mpcr=0.4"}), HasSubstr("no cell of the sweep is so"));
    EXPECT_THAT(refusal({"replay", "store", "point=0", "replicate=3"}), HasSubstr("the sweep has replicates 0 to 2"));
    EXPECT_THAT(refusal({"replay", "store", "pint=0"}), HasSubstr("did you mean 'point'?"));
    EXPECT_THAT(refusal({"replay", "store", "point=0", "point=1"}), HasSubstr("point is said twice"));
}

TEST_F(Sweep, RefusesCriteriaThatAreNotRight) {
    const auto until = [&](const std::string& text) { return refused(2, {"--until", text, "--max-replicates", "64"}); };
    EXPECT_THAT(until("ci(mean_contributoin) < 1"), HasSubstr("did you mean 'mean_contribution'?"));
    EXPECT_THAT(until("cj(mean_contribution) < 1"), HasSubstr("did you mean 'ci'?"));
    EXPECT_THAT(until("ci(mean_contribution) < 0"), HasSubstr("a number above 0"));
    EXPECT_THAT(until("mean_contribution"), HasSubstr("is no criterion"));
    EXPECT_THAT(refused(2, {"--max-replicates", "64"}), HasSubstr("has no effect without --until"));
    EXPECT_THAT(refused(2, {"--until", "se(mean_contribution) < 1"}), HasSubstr("--max-replicates"));
}

TEST_F(Sweep, ReplaysARunWithItsAgents) {
    swept("store", {"game.mpcr=0.2,0.4"});
    const Ran ran = run({"replay", "store", "5", "--trace", "agents", "-o", "run_5.h5"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("run 5: point 1 (game.mpcr = 0.4), instance 0, replicate 1\n"),
                               HasSubstr("mean_contribution"), HasSubstr("its values are those that were recorded")));
    const Hdf5Reader file(folder_ / "run_5.h5");
    EXPECT_THAT(file.whole_numbers("run"), ElementsAre(5));
    EXPECT_THAT(file.shape("contribution"), ElementsAre(1, 6, 24));
    const Ran kept = run({"replay", "store", "5", "-o", "run_5.h5"});
    EXPECT_EQ(kept.code, 6);
    EXPECT_THAT(kept.err, HasSubstr("run_5.h5 exists; --force replaces it"));
    EXPECT_THAT(refusal({"replay", "store", "5", "--trace", "agents"}), HasSubstr("-o FILE.h5"));
}

TEST_F(Sweep, RefusesWhatIsNotRightAndWritesNothing) {
    EXPECT_THAT(refused(2, {"game.mpcrr=0.1,0.2"}), HasSubstr("did you mean 'mpcr'?"));
    EXPECT_THAT(refused(2, {"gmae.mpcr=0.1,0.2"}), HasSubstr("did you mean 'game.mpcr'?"));
    EXPECT_THAT(refused(2, {"game.mpcr=0.1,0.2,-3"}),
                AllOf(HasSubstr("game.mpcr is -3; it must be"), HasSubstr("in point 2 (game.mpcr = -3)")));
    EXPECT_THAT(refused(2, {"session.agents=24,25"}), HasSubstr("in point 1 (session.agents = 25)"));
    EXPECT_THAT(refused(2, {"game.mpcr=linspac(0,1,3)"}), HasSubstr("did you mean 'linspace'?"));
    EXPECT_THAT(refused(2, {"game.mpcr=0.1,0.1"}), HasSubstr("0.1"));
    EXPECT_THAT(refused(2, {"replicates=2,4"}), HasSubstr("replicates"));
    EXPECT_THAT(refused(2, {"sweep.desing=lhs"}), HasSubstr("did you mean 'design'?"));
    EXPECT_THAT(refused(2, {"--design", "gird"}), HasSubstr("did you mean 'grid'?"));
    EXPECT_THAT(refused(2, {"--shard", "4/3"}), HasSubstr("--shard 4/3 is no share"));
    EXPECT_THAT(refused(2, {"--max-time", "5x"}), HasSubstr("--max-time 5x is no time"));
    EXPECT_THAT(refused(2, {"--max-time", "0s"}), HasSubstr("--max-time must be above 0"));
    EXPECT_THAT(refused(2, {"--shard-seconds", "nan"}), HasSubstr("--shard-seconds"));
    EXPECT_THAT(refused(2, {"--shard-seconds", "-1"}), HasSubstr("--shard-seconds"));
    EXPECT_THAT(refused(74, {"--table", "nowhere.csv"}), HasSubstr("nowhere.csv"));
    EXPECT_THAT(refusal({"sweep", "small.toml", "game.mpcr=0.1,0.2"}),
                HasSubstr("-o FOLDER is missing: the folder that takes the runs"));
    write("bad.toml", scenario + "[sweep]\ndesing = \"lhs\"\n");
    EXPECT_THAT(refused(2, {}, "bad.toml"),
                HasSubstr("bad.toml:12:1: unknown key 'desing' in [sweep] (did you mean 'design'?)"));
    write("bad.toml", scenario + "[regime.a]\nmpcr = 0.2\n");
    EXPECT_THAT(refused(2, {}, "bad.toml"), HasSubstr("bad.toml:12:1: 'mpcr' cannot differ between regimes"));
}

}  // namespace
}  // namespace commonweal::cli
