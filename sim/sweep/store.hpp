#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/sweep/design.hpp"
#include "sim/sweep/journal.hpp"
#include "sim/sweep/shard.hpp"

namespace commonweal {

enum class RunState : std::uint8_t { open, done, failed };

/// The folder of a sweep:
///     manifest.json      what was asked for; one entry for each generation of the design
///     journal/*.jsonl    a line for each shard, one file for each worker
///     shards/*.h5        runs; immutable
///     results.h5         built from the shards
/// Nothing in it is ever unreadable: files get their names when they are whole and durable.
class Store {
public:
    /// Opens a store to read from it. Throws IoError when there is none, or it is damaged.
    static Store open(const std::filesystem::path& folder, const Catalog& catalog);

    /// Opens the store of this design to add runs, and makes it when there is none. With `extend`, a design that holds
    /// the old one and more becomes its next generation. Throws ConfigError for a design with a scenario that is not
    /// right (nothing is written then), OtherDesignError, which tells the differences, for a store of another design or
    /// of another version of the program, and when data files have changed; IoError when another process works on it.
    /// `share` is true for one of several workers.
    static Store open_for(const std::filesystem::path& folder, const DesignRequest& request, const Program& program,
                          const Catalog& catalog, bool extend, bool share);

    /// The same for the design that the store has.
    static Store resume(const std::filesystem::path& folder, const Program& program, const Catalog& catalog,
                        bool share);

    const std::filesystem::path& folder() const noexcept { return folder_; }
    const Design& design() const noexcept { return *designs_.back(); }
    std::uint32_t generation() const noexcept { return static_cast<std::uint32_t>(designs_.size()); }
    const Program& program() const noexcept { return program_; }
    const std::string& configuration() const noexcept { return configuration_; }

    std::filesystem::path shard_path(const std::string& name) const { return folder_ / "shards" / name; }
    std::filesystem::path journal_path(const std::string& worker) const {
        return folder_ / "journal" / (worker + ".jsonl");
    }
    std::filesystem::path results_path() const { return folder_ / "results.h5"; }

    /// All journals, as they are now.
    std::vector<JournalEntry> entries() const { return read_journals(folder_ / "journal"); }

    /// Number of a run of an earlier generation in the present one; nothing for a run that is not in it.
    std::optional<std::uint32_t> present(std::uint32_t generation, std::uint32_t run) const;

    /// The state of every run, [run]. Entries whose shards are not there count for nothing.
    std::vector<RunState> states(const std::vector<JournalEntry>& entries) const;

    /// The shard of a journal's line. Throws IoError when it is not there, or its bytes are not those that were
    /// written: a damaged file is never given to the library, which may not come back from it.
    Shard read(const JournalEntry& entry) const;

    /// Throws OtherDesignError when a data file is not what it was when the sweep began.
    void check_inputs() const;

    /// Throws OtherDesignError, which tells the differences, unless `other` has the same design in all generations.
    void check_same(const Store& other) const;

    /// Opens a store of the design of another one to add its runs; makes it when there is none. Throws as open_for
    /// does.
    static Store open_like(const std::filesystem::path& folder, const Store& other, const Catalog& catalog);

    /// Copies shards and journal lines of a store of the same design, but those that it has already.
    void adopt(const Store& other) const;

private:
    struct Manifest;

    Store(std::filesystem::path folder, const Manifest& manifest, const Catalog& catalog);
    void map_generations();
    void check_program(const Program& program) const;
    void extend(const Design& wanted, const Program& program, const Catalog& catalog);
    void lock(bool share);

    std::filesystem::path folder_;
    Program program_;
    std::string configuration_;
    std::map<std::string, std::string> inputs_;
    std::vector<std::shared_ptr<const Design>> designs_;     ///< [generation - 1]
    std::vector<std::vector<std::uint32_t>> present_cells_;  ///< [generation - 1][cell]; empty for the last one
    std::shared_ptr<FileLock> lock_;
};

}  // namespace commonweal
