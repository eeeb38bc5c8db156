#pragma once

#include "sim/app/slurm_script.hpp"

namespace commonweal {

/// Writes both scripts to STORE/slurm, hands them to sbatch, and prints "array ID" and "merge ID" to stdout. The
/// joining job starts when the tasks have ended, in whatever way: `merge` says which runs are missing, where a
/// dependency on success would leave nothing but a cancelled job. Throws UsageError as array_script does, and IoError
/// when there is no sbatch, when it refuses a job, or when a file cannot be written.
void submit_to_slurm(const SlurmJob& job);

/// Prints the scripts and the commands that submit_to_slurm would use, and touches nothing.
void show_slurm_jobs(const SlurmJob& job);

}  // namespace commonweal
