#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/core/digest.hpp"
#include "sim/record/run_rows.hpp"

namespace commonweal {

/// Runs that were computed together: of one cell and instance.
struct RunBatch {
    std::vector<std::uint32_t> runs;  ///< numbers, ascending
    RunRows rows;                     ///< in that order
    std::string network;              ///< digest of the network, "" without
};

struct FailedRun {
    std::uint32_t run;
    std::string message;
};

/// A file of runs: immutable, uncompressed, whole or not there. Runs of different schemas lie in tables of their own.
/// Run numbers are those of the design in its generation.
class ShardWriter {
public:
    void add(RunBatch batch);
    void add(FailedRun failed) { failed_.push_back(std::move(failed)); }

    bool empty() const noexcept { return batches_.empty() && failed_.empty(); }
    std::uint64_t bytes() const noexcept { return bytes_; }
    std::vector<std::uint32_t> done() const;
    std::vector<std::uint32_t> failed() const;

    /// Publishes the shard under this name and returns the digest of its bytes. Throws IoError; nothing is left then.
    std::string write(const std::filesystem::path& path, std::uint32_t generation) const;

private:
    std::vector<RunBatch> batches_;
    std::vector<FailedRun> failed_;
    std::uint64_t bytes_ = 0;
};

/// What a shard holds.
struct ShardTable {
    std::vector<std::uint32_t> runs;
    std::vector<std::string> digests, networks;
    RunRows rows;
};

struct Shard {
    std::uint32_t generation = 1;
    std::vector<ShardTable> tables;
    std::vector<FailedRun> failed;

    std::uint64_t bytes() const noexcept;
};

/// Reads a shard. Throws IoError for a file that is not one.
Shard read_shard(const std::filesystem::path& path);

}  // namespace commonweal
