#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "sim/record/hdf5_reader.hpp"
#include "sim/sweep/journal.hpp"
#include "sim/sweep/shard.hpp"
#include "tests/cli/program.hpp"

/// kill -9 at random moments: nothing that was published is ever unreadable, and the results are those of a sweep that
/// nobody disturbed. 20 kills; as many as COMMONWEAL_KILLS says when it is set.
namespace commonweal {
namespace {

namespace fs = std::filesystem;
using cli::Ran;
using cli::text_of;
using testing::HasSubstr;

const std::string lattice = R"toml(title = "Killed again and again"
replicates = 20
seed = 9
[session]
rounds = 250
[network]
kind = "square_lattice"
width = 30
height = 30
[agents.cooperators]
strategy = "cooperator"
share = 0.5
[agents.defectors]
strategy = "defector"
share = 0.5
[update]
rule = "fermi"
strength = 2
[record]
every = 50
[sweep]
game.enhancement = "linspace(3.5, 5, 6)"
)toml";

class Kill : public cli::Cli {
protected:
    Kill() { write("killed.toml", lattice); }

    static std::vector<std::string> words(const std::string& folder, const std::string& seed = "seed.all=9") {
        // Shards of a hundredth of a second: many chances to hit one that is being written.
        return {"sweep", "killed.toml", seed, "-o", folder, "--shard-seconds", "0.01", "-q"};
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
            EXPECT_EQ(Hdf5Reader(store / "results.h5").text("", "format"), "commonweal-results");
        }
        EXPECT_EQ(run({"status", store.string()}).code, 0);
    }
};

unsigned kills_wanted() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread is there
    const char* const wish = std::getenv("COMMONWEAL_KILLS");
    return wish ? static_cast<unsigned>(std::stoul(wish)) : 20;
}

TEST_F(Kill, LosesNothingAtAnyMoment) {
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(run(words("undisturbed")).code, 0);
    const double duration = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const std::string reference = text_of(folder_ / "undisturbed" / "results.h5");
    ASSERT_EQ(run(words("control", "seed.all=10")).code, 0);
    EXPECT_FALSE(text_of(folder_ / "control" / "results.h5") == reference);

    const std::uint32_t seed = std::random_device{}();
    RecordProperty("seed", std::to_string(seed));
    SCOPED_TRACE("moments drawn with seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> moment(0, duration);
    unsigned kills = 0, finished = 0;
    std::uint64_t resumed = 0;
    while (kills < kills_wanted()) {
        const auto program = start(words("killed"));
        const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(moment(random));
        std::this_thread::sleep_until(end);
        program->signal(SIGKILL);
        const Ran ran = program->wait();
        const bool ended = ran.code == 0;  // before the signal came
        ASSERT_TRUE(ended || ran.code == 128 + SIGKILL) << ran.code << " " << ran.err;
        expect_readable(folder_ / "killed");
        kills += !ended;
        if (!ended) {
            resumed += fs::exists(folder_ / "killed" / "journal" / "1of1.jsonl");
            continue;
        }
        ++finished;
        EXPECT_TRUE(text_of(folder_ / "killed" / "results.h5") == reference);
        fs::remove_all(folder_ / "killed");
    }
    EXPECT_GT(resumed, 0u);
    const Ran last = run(words("killed"));
    ASSERT_EQ(last.code, 0) << last.err;
    EXPECT_TRUE(text_of(folder_ / "killed" / "results.h5") == reference);
    for (const auto& file : fs::recursive_directory_iterator(folder_ / "killed"))
        EXPECT_NE(file.path().extension(), ".partial");
    EXPECT_EQ(run({"verify", "killed", "--sample", "5", "-q"}).code, 0);
    RecordProperty("finished", std::to_string(finished));
}

}  // namespace
}  // namespace commonweal
