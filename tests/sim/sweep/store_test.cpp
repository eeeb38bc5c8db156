#include "sim/sweep/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <fstream>
#include <iterator>

#include "sim/core/error.hpp"
#include "sim/sweep/merge.hpp"
#include "sim/sweep/replication.hpp"
#include "sim/sweep/verify.hpp"
#include "tests/support/scenarios.hpp"
#include "tests/support/sweeps.hpp"

namespace commonweal {
namespace {

using test::Folder;
using test::request;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The results of a sweep that was computed in one go.
std::string results(const DesignRequest& wanted, const SweepOptions& options = {}) {
    const Folder folder;
    const Store store = test::store(folder, wanted);
    EXPECT_EQ(compute_runs(store, options).end, SweepEnd::complete);
    EXPECT_TRUE(merge(store, store.results_path()).complete());
    return bytes(store.results_path());
}

template <class Failure, class Call>
std::string failure(const Call& call) {
    try {
        call();
    } catch (const Failure& error) {
        return error.what();
    }
    return "";
}

const std::vector<std::string> axes{"game.mpcr=0.2,0.4,0.6", "session.rounds=3,5", "replicates=20", "instances=2"};

TEST(Sweep, GivesTheSameBytesHoweverItIsComputed) {
    const std::string one = results(request(axes), {.threads = 1, .lanes = 16});
    EXPECT_TRUE(one == results(request(axes), {.threads = 2, .lanes = 1, .shard_bytes = 1}));
    EXPECT_TRUE(one == results(request(axes), {.threads = 8, .lanes = 8, .shard_bytes = 20000}));
    auto other = axes;
    other.push_back("seed.all=6");
    EXPECT_FALSE(one == results(request(other)));
}

TEST(Sweep, GoesOnWhereItStopped) {
    const Folder folder;
    int asked = 0;
    std::uint64_t computed = 0;
    while (true) {
        const Store store = test::store(folder, request(axes));
        asked = 0;
        const SweepResult result =
            compute_runs(store, {.threads = 2, .shard_bytes = 1, .stop = [&] { return ++asked > 3; }});
        computed += result.counts.computed;
        if (result.end == SweepEnd::complete) break;
        ASSERT_EQ(result.end, SweepEnd::stopped);
        ASSERT_GT(result.counts.computed, 0u);
    }
    const Store store = Store::open(folder.path(), models::catalog());
    EXPECT_EQ(computed, store.design().runs());  // nothing twice
    merge(store, store.results_path());
    EXPECT_TRUE(bytes(store.results_path()) == results(request(axes)));
}

TEST(Sweep, IsTheSameInShares) {
    const Folder folder;
    for (std::uint32_t share = 1; share <= 3; ++share) {
        const Store store = test::store(folder, request(axes), false, true);
        compute_runs(store, {.share = share, .shares = 3});
        const MergeReport report = merge(store, store.results_path());
        EXPECT_EQ(report.complete(), share == 3);
        EXPECT_EQ(report.overlapping, 0u);
    }
    EXPECT_TRUE(bytes(folder.path() / "results.h5") == results(request(axes)));
}

TEST(Store, RefusesAnotherDesignAndTellsTheDifference) {
    const Folder folder;
    test::store(folder, request(axes));
    const std::string message = failure<OtherDesignError>([&] {
        test::store(folder, request({"game.mpcr=0.2,0.4", "session.rounds=3,5", "replicates=20", "instances=2"}));
    });
    EXPECT_THAT(message, HasSubstr("- axis game.mpcr = 0.2,0.4,0.6"));
    EXPECT_THAT(message, HasSubstr("+ axis game.mpcr = 0.2,0.4"));
    EXPECT_THAT(message, Not(HasSubstr("rounds")));
    EXPECT_THAT(failure<OtherDesignError>([&] {
                    Store::open_for(folder.path(), request(axes), {"1.1", "abc", ""}, models::catalog(), false, false);
                }),
                HasSubstr("begun by commonweal 1.0"));
}

TEST(Store, LetsOneProcessWriteOrSeveralShares) {
    const Folder folder;
    {
        const Store first = test::store(folder, request(axes), false, true);
        EXPECT_NO_THROW(test::store(folder, request(axes), false, true));
        EXPECT_THAT(failure<IoError>([&] { test::store(folder, request(axes)); }), HasSubstr("another process"));
    }
    const Store alone = test::store(folder, request(axes));
    EXPECT_THAT(failure<IoError>([&] { test::store(folder, request(axes), false, true); }),
                HasSubstr("another process"));
}

TEST(Store, WritesNothingForADesignThatIsNotRight) {
    const Folder folder;
    EXPECT_THROW(test::store(folder, request({"game.mpcr=0.2,-1"})), ConfigError);
    EXPECT_FALSE(std::filesystem::exists(folder.path()));
}

/// More values, more replicates: only the new runs are computed, and the results are those of the whole design.
TEST(Store, GrowsWithItsDesign) {
    const Folder folder;
    const auto small = request({"game.mpcr=0.2,0.6", "replicates=5"});
    const auto large = request({"game.mpcr=0.1,0.2,0.4,0.6", "replicates=20"});
    compute_runs(test::store(folder, small), {});
    EXPECT_THROW(test::store(folder, large), OtherDesignError);
    const Store store = test::store(folder, large, true);
    EXPECT_EQ(store.generation(), 2u);
    EXPECT_EQ(compute_runs(store, {}).counts.computed, 4u * 20 - 2u * 5);
    merge(store, store.results_path());
    EXPECT_TRUE(bytes(store.results_path()) == results(large));
    EXPECT_THAT(verify(store, 100, 1, {}).problems, IsEmpty());
}

TEST(Store, RefusesAnExtensionThatLosesPoints) {
    const Folder folder;
    test::store(folder, request({"game.mpcr=0.2,0.6"}));
    EXPECT_THAT(failure<OtherDesignError>([&] { test::store(folder, request({"game.mpcr=0.2,0.4"}), true); }),
                HasSubstr("lacks point 1 (game.mpcr = 0.6)"));
    EXPECT_THAT(
        failure<OtherDesignError>([&] { test::store(folder, request({"game.mpcr=0.2,0.6", "replicates=2"}), true); }),
        HasSubstr("fewer replicates"));
    EXPECT_THAT(failure<OtherDesignError>(
                    [&] { test::store(folder, request({"game.mpcr=0.2,0.6", "session.rounds=2"}), true); }),
                HasSubstr("the scenario differs"));
    const Folder cube;
    const auto lhs = [](const char* points) {
        return request({"game.mpcr=uniform(0.2,0.6)", "sweep.design=lhs", points});
    };
    const auto sobol = [](const char* points) {
        return request({"game.mpcr=uniform(0.2,0.6)", "sweep.design=sobol", points});
    };
    test::store(cube, lhs("sweep.points=4"));
    EXPECT_THAT(failure<OtherDesignError>([&] { test::store(cube, lhs("sweep.points=8"), true); }),
                HasSubstr("never a Latin hypercube"));
    const Folder sequence;
    test::store(sequence, sobol("sweep.points=4"));
    EXPECT_EQ(test::store(sequence, sobol("sweep.points=8"), true).generation(), 2u);
}

TEST(Sweep, NotesFailedRunsAndGoesOn) {
    const Folder folder;
    const Store store = test::store(folder, request({}, test::thin_networks));
    const SweepResult result = compute_runs(store, {});
    EXPECT_EQ(result.end, SweepEnd::complete);
    ASSERT_GT(result.counts.failed, 0u);
    ASSERT_GT(result.counts.done, 0u);
    EXPECT_EQ(result.counts.failed % 2, 0u);  // both replicates of an instance
    EXPECT_THAT(result.first_failure, HasSubstr("neighbor"));
    const MergeReport report = merge(store, store.results_path());
    EXPECT_TRUE(report.complete());
    EXPECT_EQ(report.failed, result.counts.failed);
    EXPECT_EQ(compute_runs(store, {}).counts.computed, 0u);
    EXPECT_EQ(compute_runs(store, {.retry = true}).counts.computed, result.counts.failed);
    const std::string before = bytes(store.results_path());
    merge(store, store.results_path());
    EXPECT_TRUE(bytes(store.results_path()) == before);
}

TEST(Sweep, StopsAtAFailureWhenItShall) {
    const Folder folder;
    const Store store = test::store(folder, request({}, test::thin_networks));
    const SweepResult result = compute_runs(store, {.threads = 1, .stop_on_failure = true});
    EXPECT_EQ(result.end, SweepEnd::failure);
    EXPECT_GT(result.counts.open(), 0u);
}

TEST(Sweep, BeginsNoRunWhenTheTimeIsOver) {
    const Folder folder;
    const Store store = test::store(folder, request(axes));
    const SweepResult result = compute_runs(store, {.max_seconds = 1e-9});
    EXPECT_EQ(result.end, SweepEnd::out_of_time);
    EXPECT_EQ(result.counts.computed, 0u);
}

/// Cells need different numbers of replicates, and the same ones whatever the shares, threads and pauses.
TEST(Sweep, ComputesReplicatesUntilTheyAreEnough) {
    auto wanted = request({"agents.all.first_sd=0.5,8", "instances=2"});
    wanted.until = {"ci(mean_contribution) < 0.3"};
    wanted.max_replicates = 200;
    const Folder folder;
    const Store store = test::store(folder, wanted);
    const SweepResult result = compute_runs(store, {});
    EXPECT_EQ(result.end, SweepEnd::complete);
    EXPECT_FALSE(result.counts.judging);
    EXPECT_LT(result.counts.done, store.design().runs());
    std::vector<std::uint32_t> replicates(store.design().cells());
    const auto states = store.states(store.entries());
    for (std::uint32_t run = 0; run < states.size(); ++run)
        replicates[store.design().id(run).cell] += states[run] == RunState::done;
    EXPECT_LT(replicates[0], replicates[1]);
    for (const std::uint32_t count : replicates)
        EXPECT_TRUE(count == 2 * 200 || std::has_single_bit(count / 2 / block_size)) << count;
    EXPECT_TRUE(merge(store, store.results_path()).complete());

    const Folder shares;
    for (const std::uint32_t share : {3u, 1u, 2u}) {
        for (bool again = true; again;) {
            int asked = 0;
            again = compute_runs(test::store(shares, wanted, false, true),
                                 {.threads = 1, .share = share, .shares = 3, .stop = [&] { return ++asked > 2; }})
                        .end == SweepEnd::stopped;
        }
    }
    const Store joined = Store::open(shares.path(), models::catalog());
    EXPECT_TRUE(merge(joined, joined.results_path()).complete());
    EXPECT_TRUE(bytes(joined.results_path()) == bytes(store.results_path()));
}

/// Every bit of a shard counts, and verify says which shard it was.
TEST(Verify, FindsASingleFlippedBit) {
    const Folder folder;
    const Store store = test::store(folder, request({"game.mpcr=0.2,0.4"}));
    compute_runs(store, {});
    merge(store, store.results_path());
    EXPECT_THAT(verify(store, 6, 1, {}).problems, IsEmpty());
    const auto flip = [](const std::filesystem::path& path, std::size_t at) {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(at));
        const char byte = static_cast<char>(file.get() ^ 4);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
    };
    const std::string name = store.entries().front().shard;
    const auto shard = store.shard_path(name);
    const std::size_t size = std::filesystem::file_size(shard);
    for (std::size_t i = 0; i < 20; ++i) {
        const std::size_t at = (2 * i + 1) * size / 40;
        flip(shard, at);
        const VerifyReport report = verify(store, 0, 1, {});
        ASSERT_FALSE(report.problems.empty()) << at;
        EXPECT_THAT(report.problems.front(), HasSubstr(name));
        EXPECT_THAT(merge(store, folder.path() / "other.h5").damaged_shards, ElementsAre(name));
        flip(shard, at);
    }
    EXPECT_THAT(verify(store, 6, 1, {}).problems, IsEmpty());
    flip(store.results_path(), std::filesystem::file_size(store.results_path()) / 2);
    EXPECT_THAT(verify(store, 0, 1, {}).problems, ElementsAre(HasSubstr("results.h5 is not what the shards give")));
}

TEST(Verify, FindsAManifestThatDoesNotFitItself) {
    const Folder folder;
    compute_runs(test::store(folder, request({})), {});
    const auto path = folder.path() / "manifest.json";
    std::string text = bytes(path);
    const std::size_t at = text.rfind("mpcr = 0.4");  // in the configuration, which is the last entry
    ASSERT_NE(at, text.npos);
    text[at + 9] = '5';
    std::ofstream(path, std::ios::binary) << text;
    EXPECT_THAT(verify(Store::open(folder.path(), models::catalog()), 0, 1, {}).problems,
                ElementsAre(HasSubstr("manifest.json")));
}

TEST(Merge, TellsWhatIsMissingAndTheSweepComputesIt) {
    const Folder folder;
    const auto wanted = request(axes);
    {
        const Store store = test::store(folder, wanted);
        compute_runs(store, {.threads = 1, .shard_bytes = 1});
        const auto entries = store.entries();
        ASSERT_GT(entries.size(), 3u);
        std::filesystem::remove(store.shard_path(entries[1].shard));
        const MergeReport report = merge(store, store.results_path());
        EXPECT_THAT(report.lost_shards, ElementsAre(entries[1].shard));
        EXPECT_FALSE(report.complete());
        EXPECT_EQ(report.missing, entries[1].done);
    }
    const Store store = test::store(folder, wanted);
    EXPECT_GT(compute_runs(store, {}).counts.computed, 0u);
    EXPECT_TRUE(merge(store, store.results_path()).complete());
    EXPECT_TRUE(bytes(store.results_path()) == results(wanted));
}

}  // namespace
}  // namespace commonweal
