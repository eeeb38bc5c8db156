#include <chrono>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>

#include "sim/record/hdf5_reader.hpp"
#include "sim/sweep/journal.hpp"
#include "sim/sweep/shard.hpp"
#include "tests/cli/program.hpp"
#include "tests/support/scenarios.hpp"

/// kill -9 at random moments: nothing that was published is ever unreadable, and the results are those of a sweep that
/// nobody disturbed. 20 kills in each test; as many as COMMONWEAL_KILLS says when it is set.
namespace commonweal {
namespace {

namespace fs = std::filesystem;
using cli::Ran;
using cli::Started;
using cli::text_of;
using testing::HasSubstr;

class Kill : public cli::Cli {
protected:
    Kill() { write("killed.toml", test::lattice_sweep); }

    static std::vector<std::string> words(const std::string& folder, const std::vector<std::string>& more = {}) {
        // A shard for each batch: many chances to hit one that is being written.
        // Smaller than the file says, so that a thousand kills take minutes.
        std::vector<std::string> words{"sweep",
                                       "killed.toml",
                                       "replicates=96",
                                       "session.rounds=10",
                                       "record.every=5",
                                       "game.enhancement=linspace(3.5,5,4)",
                                       "-o",
                                       folder,
                                       "--shard-seconds",
                                       "0",
                                       "-q"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    std::string results(const std::string& folder) const { return text_of(folder_ / folder / "results.h5"); }

    /// Seconds that a command takes which must succeed.
    double duration_of(const std::vector<std::string>& words) const {
        const auto begin = std::chrono::steady_clock::now();
        const Ran ran = run(words);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }

    /// Kills a command after so long. False when it had succeeded before.
    bool killed_after(double seconds, const std::vector<std::string>& words) const {
        const auto program = start(words);
        std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
        return kill(*program);
    }

    static bool kill(Started& program) {
        program.signal(SIGKILL);  // one that has ended of itself does not mind
        const Ran ran = program.wait();
        EXPECT_THAT(ran.code, testing::AnyOf(0, 128 + SIGKILL)) << ran.err;
        return ran.code != 0;
    }

    /// Everything that has its final name can be read.
    void expect_readable(const fs::path& store) const {
        if (!fs::exists(store / "manifest.json")) return;
        const auto manifest = nlohmann::json::parse(text_of(store / "manifest.json"));
        EXPECT_EQ(manifest["format"], "commonweal-store");
        for (const auto& file : fs::directory_iterator(store / "shards"))
            if (file.path().extension() == ".h5") {
                EXPECT_NO_THROW(read_shard(file.path())) << file.path();
            }
        for (const JournalEntry& entry : read_journals(store / "journal"))
            EXPECT_EQ(digest_of_file(store / "shards" / entry.shard), entry.digest);
        if (fs::exists(store / "results.h5")) {
            EXPECT_EQ(Hdf5Reader(store / "results.h5").number("", "complete"), 1);
            EXPECT_TRUE(text_of(store / "results.h5") == reference_);
        }
        const Ran status = run({"status", store.string()});
        EXPECT_EQ(status.code, 0) << status.err;
    }

    /// Nothing is left of what was begun, and all of it is right.
    void expect_whole(const std::string& folder) const {
        EXPECT_TRUE(results(folder) == reference_);
        for (const auto& file : fs::recursive_directory_iterator(folder_ / folder))
            EXPECT_NE(file.path().extension(), ".partial") << file.path();
        std::size_t lines = 0;
        for (const auto& entry : read_journals(folder_ / folder / "journal")) lines += !entry.shard.empty();
        const fs::directory_iterator shards(folder_ / folder / "shards");
        EXPECT_EQ(std::distance(begin(shards), end(shards)), static_cast<std::ptrdiff_t>(lines))
            << "each shard is in a journal";
    }

    std::string reference_;
};

unsigned kills_wanted() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread is there
    const char* const wish = std::getenv("COMMONWEAL_KILLS");
    return wish ? static_cast<unsigned>(std::stoul(wish)) : 20;
}

TEST_F(Kill, LosesNothingAtAnyMoment) {
    const double whole = duration_of(words("undisturbed"));
    reference_ = results("undisturbed");
    const double joining = duration_of(words("undisturbed"));
    duration_of(words("control", {"seed.all=10"}));
    EXPECT_FALSE(results("control") == reference_);

    const std::uint32_t seed = std::random_device{}();
    SCOPED_TRACE("moments drawn with seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> moment(0, 1);
    unsigned kills = 0, within = 0, joins = 0;
    while (kills < kills_wanted() && !HasFailure()) {
        const bool ended = !killed_after(whole * moment(random), words("killed"));
        kills += !ended;
        within += !ended && fs::exists(folder_ / "killed" / "manifest.json");
        expect_readable(folder_ / "killed");
        if (!ended) continue;
        expect_whole("killed");
        // Once more where only the results file is left to do.
        fs::remove(folder_ / "killed" / "results.h5");
        if (killed_after(joining * moment(random), words("killed"))) {
            ++kills;
            joins += !fs::exists(folder_ / "killed" / "results.h5");
            expect_readable(folder_ / "killed");
            EXPECT_EQ(run(words("killed")).code, 0);
            expect_whole("killed");
        }
        fs::remove_all(folder_ / "killed");
    }
    EXPECT_GT(within, 0u);
    EXPECT_EQ(run(words("killed")).code, 0);
    expect_whole("killed");
    EXPECT_EQ(run({"verify", "killed", "-q"}).code, 0);
    RecordProperty("seed", std::to_string(seed));
    RecordProperty("killed_within_the_joining", std::to_string(joins));
}

/// As above, of two workers that share a folder.
TEST_F(Kill, LosesNothingOfShares) {
    const double whole = duration_of(words("undisturbed"));
    reference_ = results("undisturbed");
    const std::uint32_t seed = std::random_device{}();
    SCOPED_TRACE("moments drawn with seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> moment(0, whole);
    const auto share = [&](const std::string& which) { return words("killed", {"--shard", which}); };
    unsigned kills = 0;
    while (kills < kills_wanted() && !HasFailure()) {
        const auto other = start(share("2/2"), "other");
        const unsigned hit = killed_after(moment(random), share("1/2")) + kill(*other);
        kills += hit;
        expect_readable(folder_ / "killed");
        if (hit > 0) continue;  // else both have ended: the next sweep
        for (const char* which : {"2/2", "1/2"}) EXPECT_EQ(run(share(which)).code, 0);
        EXPECT_EQ(run({"merge", "killed"}).code, 0);
        expect_whole("killed");
        fs::remove_all(folder_ / "killed");
    }
    for (const char* which : {"2/2", "1/2"}) EXPECT_EQ(run(share(which)).code, 0);
    EXPECT_EQ(run({"merge", "killed"}).code, 0);
    expect_whole("killed");
    EXPECT_EQ(run({"verify", "killed", "-q"}).code, 0);
    RecordProperty("seed", std::to_string(seed));
}

}  // namespace
}  // namespace commonweal
