#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/sweep/run_ranges.hpp"
#include "sim/sweep/shard_index.hpp"
#include "sim/sweep/store.hpp"

namespace commonweal {

/// What a merge found.
struct MergeReport {
    std::uint64_t done = 0, failed = 0;
    std::vector<RunRange> missing;  ///< runs that the design needs and no shard has
    std::uint64_t missing_runs = 0;
    std::uint64_t overlapping = 0;             ///< runs that are in several shards, with the same values
    std::vector<std::uint32_t> contradicting;  ///< runs that are in several shards, with different values
    std::vector<std::string> lost_shards;      ///< that a journal tells of and that are not there
    std::vector<std::string> damaged_shards;   ///< whose bytes are not those that the journal tells
    bool written = false;

    bool complete() const noexcept { return missing_runs == 0; }
};

/// Looks whether shards are there and have their bytes; true when none is damaged. Throws IoError.
bool check_shards(const Store& store, const std::vector<JournalEntry>& entries, MergeReport& report);

/// The runs that the design needs and the shards have, ascending; the report tells what is not as it should be.
std::vector<std::uint32_t> present_runs(const Store& store, ShardIndex& index, MergeReport& report);

/// Builds a results file from the shards of a store: the runs that there are, in the order of their numbers. The bytes
/// depend on the design and the values alone, never on how the runs were cut into shards. Nothing is written when
/// shards are damaged or contradict each other. Waits for another process that builds the store's results. Throws
/// IoError.
MergeReport merge(const Store& store, const std::filesystem::path& output);

}  // namespace commonweal
