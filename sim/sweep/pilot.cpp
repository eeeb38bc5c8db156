#include "sim/sweep/pilot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "sim/core/parallel.hpp"
#include "sim/sweep/cell_cache.hpp"
#include "sim/sweep/sweep.hpp"

namespace commonweal {

namespace {

constexpr double longest = 5, shortest_timing = 0.05;       // seconds
constexpr double run_overhead = 48, shard_overhead = 30e3;  // bytes

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

Pilot run_pilot(const Design& design, std::size_t lanes) {
    CellCache cells(design);
    Pilot pilot;
    const double begin = now();
    double making = 0, bytes = 0;
    const std::uint32_t most = std::min(design.cells(), 9u);
    std::uint32_t tried = 0;
    with_threads(1, [&] {
        for (; tried < most && (tried == 0 || now() - begin < longest); ++tried) {
            const auto cell =
                static_cast<std::uint32_t>(most == 1 ? 0 : std::uint64_t{tried} * (design.cells() - 1) / (most - 1));
            std::vector<std::uint32_t> batch(design.block_runs(0));
            std::iota(batch.begin(), batch.end(), design.first_run(0, 0, cell));
            const double before = now();
            ComputedBatch computed = compute_batch(design, cells, {batch[0]}, lanes);
            const double made = now();
            std::uint64_t count = 0;
            do {  // again, for runs that are too short to be timed once
                computed = compute_batch(design, cells, batch, lanes);
                count += batch.size();
            } while (now() - made < shortest_timing);
            const double each = (now() - made) / static_cast<double>(count);
            making += std::max(0.0, made - before - each);
            pilot.seconds_per_run += each;
            pilot.runs += count + 1;
            if (computed.done)
                bytes +=
                    static_cast<double>(computed.done->rows.bytes()) / static_cast<double>(computed.done->runs.size()) +
                    run_overhead;
            if (!computed.failed.empty() && pilot.failure.empty())
                pilot.failure = fmt::format("{}: {}", design.name_of(cell), computed.failed.front().message);
        }
    });
    pilot.seconds_per_run /= tried;
    // Few cells are made once; of many, each anew for every block.
    const double places = static_cast<double>(design.cells()) * design.instances();
    pilot.seconds =
        pilot.seconds_per_run * design.runs() + making / tried * places * (places > 64 ? design.blocks() : 1);
    pilot.bytes = bytes / tried * design.runs() + shard_overhead;
    return pilot;
}

}  // namespace commonweal
