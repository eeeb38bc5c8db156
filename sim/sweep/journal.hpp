#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/sweep/run_ranges.hpp"

namespace commonweal {

/// One line of a journal: a shard that was published.
struct JournalEntry {
    std::string shard;             ///< file name
    std::uint32_t generation = 1;  ///< of the design, whose run numbers these are
    std::string digest;            ///< of the shard's bytes
    std::uint64_t bytes = 0;
    std::vector<RunRange> done, failed;
    double seconds = 0;    ///< of computing since the entry before
    unsigned threads = 0;  ///< 0: as many as cores
    std::string host, time;
};

/// The journal of one worker, DIR/journal/<worker>.jsonl. A line is written with one call, after its shard is durable;
/// a torn last line is cut off when the journal is opened.
class Journal {
public:
    /// Throws IoError when another process has this journal open, or the file cannot be written.
    explicit Journal(std::filesystem::path path);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    void append(const JournalEntry& entry);

private:
    std::filesystem::path path_;
    int file_ = -1;
};

/// The lines of all journals in a folder, journal by journal in the order of their names. A torn last line is left out.
/// Throws IoError for any other line that cannot be read.
std::vector<JournalEntry> read_journals(const std::filesystem::path& folder);

/// A lock on a file, for as long as it lives. Shared ones do not exclude each other.
class FileLock {
public:
    enum class Kind { exclusive, shared };

    /// Throws IoError(path, `busy`) when the lock is held elsewhere; waits for it when there is no such message.
    FileLock(const std::filesystem::path& path, Kind kind, const std::string& busy);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int file_ = -1;
};

}  // namespace commonweal
