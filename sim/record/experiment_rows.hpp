#pragma once

#include <string>
#include <vector>

#include "sim/record/run_block.hpp"
#include "sim/record/run_rows.hpp"

namespace commonweal {

/// What a results file tells of an experiment in words.
struct ExperimentWords {
    std::vector<std::string> conditions;
    std::vector<std::string> types;  ///< names of the agent types
    std::string subjects;            ///< origin of the people; "" without
    bool subject_rows = false;       ///< people come from rows of a file
    std::string matching;            ///< how the groups were made
    std::string layer;               ///< of the network that is played on; "" in a laboratory
};

/// The arrays of behavior rules, in a laboratory or on a network (docs/reference/results_file.md).
RunSchema experiment_schema(const Experiment& experiment, const Keep& keep, const TwinDesign& twins,
                            const ExperimentWords& words);

/// The runs of a block under that schema.
RunRows experiment_rows(const RunBlock& block, std::shared_ptr<const RunSchema> schema);

}  // namespace commonweal
