#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/sweep/store.hpp"

namespace commonweal {

/// How far a sweep is.
struct SweepCounts {
    std::uint64_t wanted = 0;  ///< runs that the design needs, as far as is known; of a share: of this share
    std::uint64_t done = 0, failed = 0;
    std::uint64_t computed = 0;  ///< of these, by this process
    bool judging = false;        ///< `wanted` may grow: some cell is still to be judged

    std::uint64_t open() const noexcept { return wanted - done - failed; }
};

/// How the runs of a sweep are computed. None of it changes a value.
struct SweepOptions {
    unsigned threads = 0;                                   ///< 0: as many as cores
    std::size_t lanes = 0;                                  ///< 1, 8, 16, 64; 0: chosen
    std::uint32_t share = 1, shares = 1;                    ///< this worker's, from 1
    double max_seconds = 0;                                 ///< no new runs are begun after so long; 0: no limit
    bool stop_on_failure = false;                           ///< no new runs are begun after one failed
    bool retry = false;                                     ///< runs that failed are computed again
    double shard_seconds = 2;                               ///< a shard is published after so long,
    std::uint64_t shard_bytes = 64ull << 20;                ///< or when it is so large
    std::function<void(const SweepCounts&)> progress = {};  ///< called after each batch; may be empty
    std::function<bool()> stop = {};                        ///< asked before each batch; may be empty
};

enum class SweepEnd { complete, stopped, out_of_time, failure };

struct SweepResult {
    SweepEnd end = SweepEnd::complete;
    SweepCounts counts;
    std::string first_failure;  ///< message of the first run that failed in this process, with its cell
};

/// Computes the runs of a store that are still open, in the order of their numbers, and publishes them in shards. A run
/// that throws is noted as failed, with its message, and the others go on. Throws IoError when the store cannot be
/// written; what was published before stays.
SweepResult compute_runs(const Store& store, const SweepOptions& options);

/// One batch of a design: values or messages of runs of one cell and instance. `runs` ascend.
struct ComputedBatch {
    std::optional<RunBatch> done;
    std::vector<FailedRun> failed;
};

class CellCache;
ComputedBatch compute_batch(const Design& design, CellCache& cells, const std::vector<std::uint32_t>& runs,
                            std::size_t lanes);

}  // namespace commonweal
