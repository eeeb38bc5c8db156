#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/sweep/merge.hpp"
#include "sim/sweep/store.hpp"

namespace commonweal {

struct CsvExportOptions {
    std::filesystem::path folder;      ///< that takes the files; it is made when it is not there
    std::vector<std::string> columns;  ///< what is wanted besides the columns that tell runs apart; empty: all
    bool force = false;                ///< replace files that exist
};

/// Writes the runs of a store as CSV tables in long form, in the order of their numbers:
///     runs.csv             a row for each run: what varies, how it ended, and columns without further axes
///     AXIS_AXIS.csv        a row for each run and place on these axes; columns with the same axes share a file
///     constants_AXIS.csv   a row for each place: what is the same in all runs
///     data_dictionary.csv  every column of every file
/// Places that a run does not have are left out; values that are missing are empty. The bytes depend on the design and
/// the values alone. Nothing is written when shards are damaged or contradict each other. Runs are read piece by piece;
/// all files get their names at the end. Throws UsageError for a column that is not there, OtherDesignError when a file
/// exists and may not be replaced, IoError.
MergeReport export_csv(const Store& store, const CsvExportOptions& options);

}  // namespace commonweal
