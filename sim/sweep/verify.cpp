#include "sim/sweep/verify.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"
#include "sim/sweep/cell_cache.hpp"
#include "sim/sweep/merge.hpp"
#include "sim/sweep/sweep.hpp"

namespace commonweal {

namespace {

/// A run as the shards have it.
struct Recorded {
    std::uint32_t run;
    std::string digest;
};

/// Reads every shard; returns the runs that are done.
std::vector<Recorded> check_shards(const Store& store, VerifyReport& report) {
    std::vector<Recorded> runs;
    for (const JournalEntry& entry : store.entries()) {
        ++report.shards;
        try {
            const Shard shard = store.read(entry);
            for (const ShardTable& table : shard.tables)
                for (std::size_t row = 0; row < table.runs.size(); ++row) {
                    const auto run = store.present(shard.generation, table.runs[row]);
                    if (!run) continue;
                    ++report.runs;
                    if (table.rows.digest(row) == table.digests[row])
                        runs.push_back({*run, table.digests[row]});
                    else
                        report.problems.push_back(fmt::format(
                            "run {} in shard {}: its values are not those that were recorded", *run, entry.shard));
                }
        } catch (const IoError& error) {
            report.problems.push_back(fmt::format("shard {}: {}", entry.shard, error.what()));
        }
    }
    std::ranges::sort(runs, {}, &Recorded::run);
    return runs;
}

void check_results(const Store& store, VerifyReport& report) {
    std::error_code unknown;
    if (!std::filesystem::exists(store.results_path(), unknown) || !report.problems.empty()) return;
    const auto again = store.folder() / fmt::format("verify-{}.h5", ::getpid());
    merge(store, again);
    const bool same = digest_of_file(again) == digest_of_file(store.results_path());
    std::filesystem::remove(again, unknown);
    report.results = true;
    if (!same)
        report.problems.push_back(
            "results.h5 is not what the shards give: it is damaged, or older than the last runs (`commonweal merge` "
            "builds it again)");
}

/// `count` of them, spread evenly.
std::vector<Recorded> spread(const std::vector<Recorded>& runs, std::uint64_t count) {
    std::vector<Recorded> some;
    count = std::min<std::uint64_t>(count, runs.size());
    for (std::uint64_t i = 0; i < count; ++i) some.push_back(runs[(2 * i + 1) * runs.size() / (2 * count)]);
    return some;
}

}  // namespace

VerifyReport verify(const Store& store, std::uint64_t sample, unsigned threads,
                    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    VerifyReport report;
    if (store.design().scenario(0).resolved != store.configuration())
        report.problems.push_back("manifest.json: its configuration is not that of its scenario");
    const auto some = spread(check_shards(store, report), sample);
    check_results(store, report);
    CellCache cells(store.design());
    std::size_t next = 0;
    with_threads(threads, [&] {
        struct Outcome {
            std::uint32_t run;
            std::string problem;
        };
        parallel_stream(
            2 * thread_count(), StreamOrder::as_they_come,
            [&]() -> std::optional<Recorded> {
                if (next == some.size()) return {};
                return some[next++];
            },
            [&](const Recorded& recorded) -> Outcome {
                const ComputedBatch batch = compute_batch(store.design(), cells, {recorded.run}, 1);
                const std::string cell = store.design().name_of(store.design().id(recorded.run).cell);
                if (!batch.done)
                    return {recorded.run, fmt::format("run {}, {}: it fails now: {}", recorded.run, cell,
                                                      batch.failed.front().message)};
                if (batch.done->rows.digest(0) != recorded.digest)
                    return {recorded.run,
                            fmt::format("run {}, {}: computed anew it has other values", recorded.run, cell)};
                return {recorded.run, ""};
            },
            [&](Outcome outcome) {
                ++report.recomputed;
                if (!outcome.problem.empty()) report.problems.push_back(outcome.problem);
                if (progress) progress(report.recomputed, some.size());
            });
    });
    std::ranges::sort(report.problems);
    return report;
}

}  // namespace commonweal
