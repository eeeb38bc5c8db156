#pragma once

#include <string>
#include <vector>

#include "sim/engine/evolution.hpp"
#include "sim/record/run_rows.hpp"

namespace commonweal {

/// What a results file tells of strategies in words.
struct EvolutionWords {
    std::vector<std::string> strategies;  ///< names of the agent types
    std::string matching;                 ///< how agents meet
    std::string layer;                    ///< of the network that is played on; "" without
};

/// The arrays of strategies (docs/reference/results_file.md). `agents`: of the strategies that are kept.
RunSchema evolution_schema(const EvolutionDesign& design, AgentId agents, const EvolutionWords& words);

/// Runs under that schema.
RunRows evolution_rows(const std::vector<EvolutionTrace>& traces, std::shared_ptr<const RunSchema> schema);

}  // namespace commonweal
