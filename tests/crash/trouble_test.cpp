#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "sim/record/hdf5_reader.hpp"
#include "sim/sweep/journal.hpp"
#include "tests/cli/program.hpp"
#include "tests/support/scenarios.hpp"

/// What may go wrong with a sweep's folder, and what the program says then.
namespace commonweal {
namespace {

namespace fs = std::filesystem;
using cli::Ran;
using cli::Started;
using cli::text_of;
using testing::AllOf;
using testing::HasSubstr;

class Trouble : public cli::Cli {
protected:
    Trouble() {
        write("small.toml", cli::scenario);
        write("slow.toml", test::lattice_sweep);
    }

    Ran sweep(const std::string& folder, std::vector<std::string> more = {"game.mpcr=0.2,0.4"}) const {
        std::vector<std::string> words{"sweep", "small.toml", "-o", folder, "-q"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    std::vector<JournalEntry> journal(const std::string& folder) const {
        return read_journals(folder_ / folder / "journal");
    }
    std::string results(const std::string& folder) const { return text_of(folder_ / folder / "results.h5"); }

    /// A sweep that is at work: its first shard is there.
    std::unique_ptr<Started> working(const std::string& folder, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"sweep", "slow.toml", "-o", folder, "--shard-seconds", "0.01"};
        words.insert(words.end(), more.begin(), more.end());
        auto program = start(words, folder + "_log");
        EXPECT_TRUE(cli::eventually(
            [&] { return fs::exists(folder_ / folder / "journal" / "1of1.jsonl") && !journal(folder).empty(); }));
        return program;
    }

    /// What a sweep into this folder says that must end with exit code 74.
    std::string refused_io(const std::string& folder) const {
        const Ran ran = sweep(folder);
        EXPECT_EQ(ran.code, 74) << ran.err;
        EXPECT_EQ(ran.out, "");
        return ran.err;
    }

    void flip(const fs::path& path, std::size_t at) const {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(at));
        const char byte = static_cast<char>(file.get() ^ 1);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
    }
};

TEST_F(Trouble, SignalsStopCleanlyAndTheCommandThatIsPrintedGoesOn) {
    const std::pair<int, int> signals[] = {{SIGINT, 130}, {SIGTERM, 143}, {SIGUSR1, 4}};
    ASSERT_EQ(run({"sweep", "slow.toml", "-o", "whole", "-q"}).code, 0);
    for (const auto& [signal, code] : signals) {
        const std::string folder = "signal" + std::to_string(signal);
        const auto program = working(folder);
        program->signal(signal);
        const Ran ran = program->wait();
        ASSERT_EQ(ran.code, code) << ran.err;
        ASSERT_FALSE(fs::exists(folder_ / folder / "results.h5"));
        const std::string mark = "this goes on: ";
        const std::size_t at = ran.err.find(mark);
        ASSERT_NE(at, std::string::npos) << ran.err;
        const std::string line = ran.err.substr(at + mark.size());
        EXPECT_EQ(run_line(line.substr(0, line.find('\n'))).code, 0);
        EXPECT_TRUE(results(folder) == results("whole"));
    }
}

TEST_F(Trouble, TimeThatIsOverStopsTheSweep) {
    const Ran ran = run({"sweep", "slow.toml", "-o", "store", "--max-time", "0.05s"});
    EXPECT_EQ(ran.code, 4) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("the time is over"));
    EXPECT_EQ(run({"merge", "store"}).code, 4);
    EXPECT_EQ(Hdf5Reader(folder_ / "store" / "results.h5").number("", "complete"), 0);
    EXPECT_THAT(refusal({"sweep", "slow.toml", "-o", "store", "--max-time", "5x"}),
                HasSubstr("--max-time 5x is no time"));
}

TEST_F(Trouble, SecondWriterIsRefusedAndTheFirstGoesOn) {
    const auto first = working("store");
    const Ran second = run({"sweep", "slow.toml", "-o", "store"});
    EXPECT_EQ(second.code, 74);
    EXPECT_THAT(second.err, HasSubstr("store: another process works on this sweep"));
    EXPECT_EQ(run({"status", "store"}).code, 0);
    EXPECT_EQ(first->wait().code, 0);
}

TEST_F(Trouble, SharesWorkSideBySide) {
    const auto one = start({"sweep", "slow.toml", "-o", "store", "--shard", "1/2", "-q"}, "one"),
               two = start({"sweep", "slow.toml", "-o", "store", "--shard", "2/2", "-q"}, "two");
    EXPECT_EQ(one->wait().code, 0);
    EXPECT_EQ(two->wait().code, 0);
    EXPECT_EQ(run({"merge", "store"}).code, 0);
    ASSERT_EQ(run({"sweep", "slow.toml", "-o", "whole", "-q"}).code, 0);
    EXPECT_TRUE(results("store") == results("whole"));
}

TEST_F(Trouble, TwoWorkersOfOneShareAreRefused) {
    const std::vector<std::string> words{"sweep", "slow.toml", "-o", "store", "--shard", "1/2", "--shard-seconds", "0"};
    const auto first = start(words);
    const fs::path lines = folder_ / "store" / "journal" / "1of2.jsonl";
    ASSERT_TRUE(cli::eventually([&] { return fs::exists(lines) && !journal("store").empty(); }));
    const Ran second = run(words);
    EXPECT_EQ(second.code, 74);
    EXPECT_THAT(second.err, HasSubstr("another process works on this share of the sweep"));
    EXPECT_EQ(first->wait().code, 0);
}

TEST_F(Trouble, ProcessesThatJoinAtOnceWaitForEachOther) {
    ASSERT_EQ(sweep("store").code, 0);
    const std::string whole = results("store");
    for (unsigned i = 0; i < 8; ++i) {
        fs::remove(folder_ / "store" / "results.h5");
        std::vector<std::unique_ptr<Started>> joins;
        for (const char* name : {"a", "b", "c"}) joins.push_back(start({"merge", "store"}, name));
        for (const auto& join : joins) {
            const Ran ran = join->wait();
            EXPECT_EQ(ran.code, 0) << ran.err;
        }
        EXPECT_TRUE(results("store") == whole);
        EXPECT_FALSE(fs::exists(folder_ / "store" / "results.h5.partial"));
    }
}

TEST_F(Trouble, FlippedBitIsFoundWhereverItIs) {
    ASSERT_EQ(sweep("store", {"game.mpcr=0.2,0.4,0.6,0.8", "replicates=20", "--shard-seconds", "0"}).code, 0);
    const std::uint32_t seed = std::random_device{}();
    SCOPED_TRACE("places drawn with seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto entries = journal("store");
    ASSERT_GT(entries.size(), 2u);
    for (unsigned i = 0; i < 12; ++i) {
        const bool in_results = i % 4 == 3;
        const std::string name = in_results ? "results.h5" : entries[random() % entries.size()].shard;
        const fs::path path = folder_ / "store" / (in_results ? "" : "shards") / name;
        const std::size_t at = random() % fs::file_size(path);
        SCOPED_TRACE(name + ", byte " + std::to_string(at));
        flip(path, at);
        const Ran checked = run({"verify", "store"});
        EXPECT_EQ(checked.code, 5) << checked.err;
        EXPECT_THAT(checked.out, HasSubstr(name));
        EXPECT_EQ(run({"status", "store"}).code, 0);
        if (!in_results) {
            EXPECT_EQ(run({"merge", "store"}).code, 5);
            EXPECT_EQ(run({"replay", "store", "3"}).code, 74);
        }
        flip(path, at);
    }
    EXPECT_EQ(run({"verify", "store", "-q"}).code, 0);
}

TEST_F(Trouble, StoresAreJoinedOneAfterTheOther) {
    ASSERT_EQ(sweep("whole", {"game.mpcr=0.2,0.4,0.6"}).code, 0);
    for (const std::string share : {"1", "2", "3"})
        ASSERT_EQ(sweep(share, {"game.mpcr=0.2,0.4,0.6", "--shard", share + "/3"}).code, 0);
    EXPECT_EQ(run({"merge", "1", "-o", "all"}).code, 4);
    EXPECT_EQ(run({"merge", "2", "-o", "all"}).code, 4);
    EXPECT_EQ(Hdf5Reader(folder_ / "all" / "results.h5").number("", "complete"), 0);
    EXPECT_EQ(run({"merge", "3", "-o", "all"}).code, 0);
    EXPECT_TRUE(results("all") == results("whole"));
}

TEST_F(Trouble, StoresThatGrewAreJoinedWhenTheyGrewAlike) {
    const std::vector<std::string> more{"game.mpcr=0.1,0.2,0.4", "--extend"};
    ASSERT_EQ(sweep("grown").code, 0);
    ASSERT_EQ(sweep("grown", more).code, 0);
    ASSERT_EQ(sweep("fresh", {"game.mpcr=0.1,0.2,0.4"}).code, 0);
    EXPECT_EQ(run({"merge", "grown", "-o", "copy"}).code, 0);
    EXPECT_TRUE(results("copy") == results("fresh"));
    EXPECT_EQ(run({"verify", "copy", "-q"}).code, 0);
    const Ran mixed = run({"merge", "grown", "fresh", "-o", "mixed"});
    EXPECT_EQ(mixed.code, 6);
    EXPECT_THAT(mixed.err, HasSubstr("extended to it in different steps"));
    EXPECT_FALSE(fs::exists(folder_ / "mixed"));
}

TEST_F(Trouble, FoldersWhereFilesBelongAreRefused) {
    fs::create_directories(folder_ / "one" / "journal" / "1of1.jsonl");
    EXPECT_THAT(refused_io("one"), HasSubstr("1of1.jsonl: cannot be written"));
    fs::remove_all(folder_ / "one");
    fs::create_directories(folder_ / "one");
    write("one/journal", "");
    EXPECT_THAT(refused_io("one"), HasSubstr("one/journal: cannot be made"));
    ASSERT_EQ(sweep("two").code, 0);
    fs::create_directories(folder_ / "two" / "journal" / "other.jsonl");
    EXPECT_THAT(refused_io("two"), HasSubstr("other.jsonl: cannot be read"));
    fs::create_directories(folder_ / "three" / "manifest.json");
    EXPECT_THAT(refused_io("three"), HasSubstr("manifest.json: cannot be read"));
}

TEST_F(Trouble, NamesThatTheManifestCannotHoldAreRefused) {
    const std::string name = "r\xe9sum\xe9.toml";
    write(name, cli::scenario);
    EXPECT_THAT(refusal({"sweep", name, "-o", "store"}), HasSubstr("UTF-8"));
    EXPECT_FALSE(fs::exists(folder_ / "store"));
}

TEST_F(Trouble, TornLastLineIsForgottenAndOthersAreNot) {
    ASSERT_EQ(sweep("store").code, 0);
    const std::string whole = results("store");
    const fs::path lines = folder_ / "store" / "journal" / "1of1.jsonl";
    const std::string text = text_of(lines);
    write("store/journal/1of1.jsonl", text.substr(0, text.size() - 10));
    EXPECT_EQ(run({"merge", "store"}).code, 4);
    EXPECT_EQ(sweep("store").code, 0);
    EXPECT_TRUE(results("store") == whole);
    write("store/journal/1of1.jsonl", "{}\n" + text);
    const Ran ran = run({"status", "store"});
    EXPECT_EQ(ran.code, 74);
    EXPECT_THAT(ran.err, HasSubstr("1of1.jsonl:1: is no line of a journal"));
}

TEST_F(Trouble, ShardThatIsGoneIsMissedAndComputedAgain) {
    ASSERT_EQ(sweep("store").code, 0);
    const std::string whole = results("store"), shard = journal("store").front().shard;
    fs::remove(folder_ / "store" / "shards" / shard);
    const Ran merged = run({"merge", "store"});
    EXPECT_EQ(merged.code, 4);
    EXPECT_THAT(merged.err, AllOf(HasSubstr("shard " + shard + " is in a journal, and is not there"),
                                  HasSubstr("8 of 8 runs are missing: 0-7")));
    EXPECT_EQ(run({"verify", "store", "-q"}).code, 5);
    EXPECT_EQ(sweep("store").code, 0);
    EXPECT_TRUE(results("store") == whole);
}

TEST_F(Trouble, FlippedBitIsFound) {
    ASSERT_EQ(sweep("store").code, 0);
    const fs::path shard = folder_ / "store" / "shards" / journal("store").front().shard;
    for (const std::size_t share : {3u, 50u, 97u}) {
        const std::size_t at = fs::file_size(shard) * share / 100;
        flip(shard, at);
        const Ran checked = run({"verify", "store"});
        EXPECT_EQ(checked.code, 5);
        EXPECT_THAT(checked.out, HasSubstr(shard.filename().string()));
        const Ran merged = run({"merge", "store"});
        EXPECT_EQ(merged.code, 5);
        EXPECT_THAT(merged.err, HasSubstr(shard.filename().string() + ": its bytes are not those that were written"));
        flip(shard, at);
    }
    EXPECT_EQ(run({"verify", "store", "-q"}).code, 0);
    flip(folder_ / "store" / "results.h5", 4000);
    const Ran checked = run({"verify", "store", "--json"});
    EXPECT_EQ(checked.code, 5);
    EXPECT_EQ(nlohmann::json::parse(checked.out)["problems"].size(), 1u);
}

TEST_F(Trouble, StoresOfOneDesignAreJoined) {
    ASSERT_EQ(sweep("whole").code, 0);
    ASSERT_EQ(sweep("a", {"game.mpcr=0.2,0.4", "--shard", "1/2"}).code, 0);
    ASSERT_EQ(sweep("b", {"game.mpcr=0.2,0.4", "--shard", "2/2"}).code, 0);
    const Ran gap = run({"merge", "a"});
    EXPECT_EQ(gap.code, 4);
    EXPECT_THAT(gap.err, HasSubstr("4 of 8 runs are missing: 4-7"));
    fs::remove(folder_ / "a" / "results.h5");
    EXPECT_EQ(run({"merge", "a", "b", "-o", "all"}).code, 0);
    EXPECT_TRUE(results("all") == results("whole"));
    EXPECT_FALSE(fs::exists(folder_ / "a" / "results.h5"));
    const Ran again = run({"merge", "all", "whole"});
    EXPECT_EQ(again.code, 0);
    EXPECT_THAT(again.err, HasSubstr("8 runs are in several shards, with the same values"));
    EXPECT_TRUE(results("all") == results("whole"));
    ASSERT_EQ(sweep("other", {"game.mpcr=0.2,0.5"}).code, 0);
    const Ran other = run({"merge", "all", "other"});
    EXPECT_EQ(other.code, 6);
    EXPECT_THAT(other.err, AllOf(HasSubstr("- axis game.mpcr = 0.2,0.4"), HasSubstr("+ axis game.mpcr = 0.2,0.5")));
}

/// As if another machine had computed something else under the same design.
TEST_F(Trouble, ShardsThatContradictEachOtherAreRefused) {
    ASSERT_EQ(sweep("a").code, 0);
    ASSERT_EQ(sweep("b", {"game.mpcr=0.2,0.4", "seed.all=43"}).code, 0);
    fs::copy_file(folder_ / "a" / "manifest.json", folder_ / "b" / "manifest.json",
                  fs::copy_options::overwrite_existing);
    const Ran ran = run({"merge", "a", "b", "-o", "all"});
    EXPECT_EQ(ran.code, 5);
    EXPECT_THAT(ran.err, HasSubstr("run 0 is in several shards, with different values"));
    EXPECT_FALSE(fs::exists(folder_ / "all" / "results.h5"));
    EXPECT_EQ(run({"verify", "b", "-q"}).code, 5);
    EXPECT_EQ(run({"replay", "b", "3"}).code, 5);
}

TEST_F(Trouble, FoldersThatAreNoStoreAreLeftAlone) {
    fs::create_directories(folder_ / "mine");
    write("mine/notes.txt", "precious");
    EXPECT_EQ(sweep("mine").code, 6);
    EXPECT_EQ(text_of(folder_ / "mine" / "notes.txt"), "precious");
    EXPECT_EQ(run({"status", "mine"}).code, 74);
    EXPECT_EQ(run({"status", "nowhere"}).code, 74);
    write("file", "x");
    EXPECT_EQ(sweep("file").code, 6);
    EXPECT_EQ(sweep("file/below").code, 74);
}

TEST_F(Trouble, ManifestsOfOthersAreRefused) {
    ASSERT_EQ(sweep("store").code, 0);
    const fs::path path = folder_ / "store" / "manifest.json";
    auto manifest = nlohmann::ordered_json::parse(text_of(path));
    manifest["commit"] = "0123456789ab";
    write("store/manifest.json", manifest.dump());
    const Ran other = sweep("store");
    EXPECT_EQ(other.code, 6);
    EXPECT_THAT(other.err, HasSubstr("commit 0123456789ab"));
    write("store/manifest.json", text_of(path).substr(0, 100));
    EXPECT_EQ(run({"status", "store"}).code, 74);
}

TEST_F(Trouble, DataFilesThatChangedAreRefused) {
    write("ties.csv", "source,target\n1,2\n2,3\n3,1\n");
    write("net.toml",
          "replicates = 2\nseed = 1\n[session]\nrounds = 2\n[network]\nkind = \"network_file\"\nfile = "
          "\"ties.csv\"\n[agents.all]\nbehavior = \"conditional_cooperator\"\n");
    const Ran first = run({"sweep", "net.toml", "-o", "store", "-q"});
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_EQ(run({"sweep", "net.toml", "-o", "store", "-q"}).code, 0);
    write("ties.csv", "source,target\n1,2\n2,3\n");
    const Ran changed = run({"sweep", "net.toml", "-o", "store", "-q"});
    EXPECT_EQ(changed.code, 6);
    EXPECT_THAT(changed.err, HasSubstr("ties.csv has changed since the sweep began"));
}

TEST_F(Trouble, FullDiskLosesNoShard) {
    const Ran full =
        run({"sweep", "slow.toml", "record.agents=true", "-o", "store", "-q"}, "ulimit -f 100 && trap '' XFSZ &&");
    EXPECT_EQ(full.code, 74) << full.err;
    for (const auto& file : fs::recursive_directory_iterator(folder_ / "store"))
        EXPECT_NE(file.path().extension(), ".partial");
    EXPECT_EQ(run({"status", "store"}).code, 0);
    EXPECT_EQ(run({"sweep", "slow.toml", "record.agents=true", "-o", "store", "-q"}).code, 0);
}

TEST_F(Trouble, FailedRunsAreRowsWithAMessage) {
    write("thin.toml", test::thin_networks);
    const Ran ran = run({"sweep", "thin.toml", "-o", "store"});
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("failed"), HasSubstr("commonweal retry store")));
    const Hdf5Reader file(folder_ / "store" / "results.h5");
    const auto status = file.whole_numbers("status");
    const auto messages = file.texts("ledger/message");
    const auto digests = file.texts("ledger/digest");
    std::vector<double> means(status.size() * 2);
    file.read("mean_contribution", 0, status.size(), Number::float64, means.data());
    std::size_t failed = 0;
    for (std::size_t run_number = 0; run_number < status.size(); ++run_number) {
        EXPECT_EQ(status[run_number] == 1, !messages[run_number].empty());
        EXPECT_EQ(status[run_number] == 1, digests[run_number].empty());
        EXPECT_EQ(status[run_number] == 1, means[2 * run_number] != means[2 * run_number]);
        if (status[run_number] == 0) continue;
        ++failed;
        const Ran replayed = run({"replay", "store", std::to_string(run_number)});
        EXPECT_NE(replayed.code, 0);
        EXPECT_THAT(replayed.err, HasSubstr(messages[run_number]));
    }
    EXPECT_GT(failed, 0u);
    EXPECT_LT(failed, status.size());
    EXPECT_EQ(nlohmann::json::parse(run({"status", "store", "--json"}).out)["failures"].size(), failed);
    EXPECT_EQ(run({"retry", "store", "-q"}).code, 3);
    EXPECT_EQ(run({"sweep", "thin.toml", "-o", "stop", "--on-failure", "stop", "--threads", "1", "-q"}).code, 4);
}

}  // namespace
}  // namespace commonweal
