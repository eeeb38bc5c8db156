#include <benchmark/benchmark.h>

#include "sim/core/parallel.hpp"
#include "sim/sweep/cell_cache.hpp"
#include "sim/sweep/merge.hpp"
#include "tests/support/sweeps.hpp"

/// What does it cost that a sweep survives any kill? Pairs of the same runs, with a store and without.
namespace commonweal {
namespace {

/// Runs of about 10 ms on one thread.
const std::string lattice = R"toml(replicates = 256
seed = 4
[session]
rounds = 160
[network]
kind = "square_lattice"
width = 50
height = 50
[game]
enhancement = 4.0
[agents.cooperators]
strategy = "cooperator"
share = 0.5
[agents.defectors]
strategy = "defector"
share = 0.5
[update]
rule = "fermi"
strength = 2
)toml";

/// 24 people, 10 rounds: the smallest runs that anybody sweeps over.
const std::string session = R"toml(replicates = 100000
seed = 4
[session]
agents = 24
rounds = 10
[matching]
kind = "strangers"
[agents.all]
behavior = "linear_influence"
)toml";

/// All runs of a design in parallel; nothing is kept.
void compute_only(const Design& design) {
    CellCache cells(design);
    std::uint32_t block = 0;
    parallel_stream(
        2 * thread_count(), StreamOrder::as_they_come,
        [&]() -> std::optional<std::vector<std::uint32_t>> {
            if (block == design.blocks()) return {};
            std::vector<std::uint32_t> runs(design.block_runs(block));
            for (std::uint32_t i = 0; i < runs.size(); ++i) runs[i] = design.first_run(block, 0, 0) + i;
            ++block;
            return runs;
        },
        [&](const std::vector<std::uint32_t>& runs) { return compute_batch(design, cells, runs, 0); },
        [](const ComputedBatch& batch) { benchmark::DoNotOptimize(batch.done->runs.data()); });
}

void without_store(benchmark::State& state, const std::string& text) {
    const Design design = test::design({}, text);
    for (auto _ : state) compute_only(design);
    state.counters["runs/s"] =
        benchmark::Counter(design.runs() * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void with_store(benchmark::State& state, const std::string& text, bool join) {
    double bytes = 0, runs = 0;
    for (auto _ : state) {
        const test::Folder folder;
        const Store store = test::store(folder, test::request({}, text));
        compute_runs(store, {});
        if (join) merge(store, store.results_path());
        runs += store.design().runs();
        for (const JournalEntry& entry : store.entries()) bytes += static_cast<double>(entry.bytes);
    }
    state.counters["runs/s"] = benchmark::Counter(runs, benchmark::Counter::kIsRate);
    state.counters["bytes/s"] = benchmark::Counter(bytes, benchmark::Counter::kIsRate);
}

BENCHMARK_CAPTURE(without_store, runs_of_10_ms, lattice)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(with_store, runs_of_10_ms, lattice, false)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(without_store, tiny_runs, session)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(with_store, tiny_runs, session, false)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(with_store, tiny_runs_joined, session, true)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace commonweal
