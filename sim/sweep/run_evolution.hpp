#pragma once

#include "sim/record/evolution_rows.hpp"
#include "sim/sweep/run_all.hpp"

namespace commonweal {

/// The design that a scenario of strategies describes.
EvolutionDesign evolution_of(const Scenario& scenario);

/// The arrays of its runs. `agents`: of the strategies that are kept.
RunSchema evolution_schema_of(const Scenario& scenario, const EvolutionDesign& design, AgentId agents);

/// As run_all, for Play::evolution.
Summary run_evolution(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                      const Study& study);

}  // namespace commonweal
