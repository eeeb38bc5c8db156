#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/app/progress.hpp"
#include "sim/app/slurm_script.hpp"
#include "sim/sweep/merge.hpp"

/// The commands of sweeps and their stores. All return the exit code, write results to stdout, and throw Error.
namespace commonweal {

/// How runs are computed, whatever the command.
struct ComputeOptions {
    unsigned threads = 0;   ///< 0: as many as cores
    std::size_t lanes = 0;  ///< 1, 8, 16 or 64; 0: chosen
    std::string share;      ///< "2/5", "auto" or ""
    std::string max_time;   ///< "55m", "1h30m", "90s" or ""
    bool stop_on_failure = false;
    double shard_seconds = 2;  ///< work that a kill can lose
    ProgressStyle progress = ProgressStyle::automatic;
};

struct SweepCommandOptions {
    std::string command = "sweep";  ///< or "compare"
    std::string file;
    std::vector<std::string> more;  ///< files of regimes and worlds
    std::vector<std::string> overrides;
    std::filesystem::path output;
    ComputeOptions compute;
    std::vector<std::string> until;
    std::uint32_t max_replicates = 0;
    bool extend = false, dry_run = false, no_merge = false;
    bool report_follows = false;  ///< what to do next is told after it
    std::string submit;           ///< "slurm" or ""
    SlurmJob slurm;
    std::vector<std::string> words;  ///< of the whole command, behind its name
};

/// `sweep`: computes a design into a store, and joins it.
int sweep_command(const SweepCommandOptions& options);

/// What `compare` hands to the report.
struct ReportOptions {
    bool wanted = true;
    std::string baseline, target;  ///< "" leaves the choice to the report
};

/// `compare`: a sweep of regimes, and the report on it. Without the Python package it says how to get it.
int compare_command(const SweepCommandOptions& options, const ReportOptions& report);

struct StatusOptions {
    std::filesystem::path store;
    bool json = false, watch = false;
};

/// `status`: how far a sweep is.
int status_command(const StatusOptions& options);

struct RetryOptions {
    std::filesystem::path store;
    ComputeOptions compute;
};

/// `retry`: computes the failed runs of a store again, and those that are still open.
int retry_command(const RetryOptions& options);

struct MergeOptions {
    std::vector<std::filesystem::path> stores;
    std::filesystem::path output;  ///< of several stores: the one that takes all; "" is the first
    bool quiet = false;
};

/// `merge`: joins shards into results.h5.
int merge_command(const MergeOptions& options);

struct ExportOptions {
    std::filesystem::path store;
    std::string format;                ///< "csv"
    std::filesystem::path output;      ///< folder; "" is csv in the store
    std::vector<std::string> columns;  ///< empty: all
    bool force = false;                ///< replace files that exist
    bool quiet = false;
};

/// `export`: writes the runs of a store as tables.
int export_command(const ExportOptions& options);

/// True for the words of an export that an external command does.
bool is_external_export(const std::vector<std::string>& words);

/// Tells why runs could not be put together; returns the exit code.
int refuse(const MergeReport& report);

/// Tells what was found when the runs of a store were put together, and where they are now; returns the exit code.
int tell(const MergeReport& report, const Store& store, const std::filesystem::path& output);

/// Says what can be done with the results of a store.
void tell_next(const Store& store);

struct VerifyOptions {
    std::filesystem::path store;
    std::uint64_t sample = 32;
    unsigned threads = 0;
    bool json = false, quiet = false;
};

/// `verify`: checks a store, and computes some runs anew.
int verify_command(const VerifyOptions& options);

struct ReplayOptions {
    std::filesystem::path store;
    std::vector<std::string> run;  ///< its number, or words such as point=3
    std::string trace;             ///< "agents" or ""
    std::filesystem::path output;  ///< results file of the run; "" writes none
    bool force = false, quiet = false;
};

/// `replay`: computes one run of a store again, and compares it with what was recorded.
int replay_command(const ReplayOptions& options);

}  // namespace commonweal
