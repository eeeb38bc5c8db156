#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// A sweep as a job array of Slurm: each task computes a share of the design, and a last job joins the shares.
namespace commonweal {

struct SlurmJob {
    std::string program;  ///< commonweal itself: a path, or a name on the PATH of the cluster's nodes
    std::vector<std::string> sweep_arguments;  ///< what stands behind `sweep`, without what asks for Slurm
    std::filesystem::path store;               ///< the folder given with -o
    unsigned tasks = 1;                        ///< N: tasks of the array, shares of the design; at least 1
    std::string time;  ///< limit of one start of a task, as Slurm writes it (90, 01:30:00, 1-12); "": the partition's
    std::string partition;           ///< "": the cluster's default
    std::string account;             ///< "": the user's default
    std::string memory;              ///< of one task, as Slurm writes it (4G); "": the partition's
    unsigned cpus_per_task = 1;      ///< threads of one task; at least 1
    std::vector<std::string> extra;  ///< further options for both jobs, as they stand in an #SBATCH line: --qos=long
};

/// The script of the array. A task that stops before its share is complete (exit code 4) puts itself back into the
/// queue, up to 100 times. Throws UsageError for what a script cannot hold, and for a time limit under two minutes.
std::string array_script(const SlurmJob& job);

/// The script of the job that joins the shares.
std::string merge_script(const SlurmJob& job);

}  // namespace commonweal
