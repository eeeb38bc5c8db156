#pragma once

#include "sim/record/evolution_rows.hpp"
#include "sim/sweep/run_all.hpp"

namespace commonweal {

/// The design that a scenario of strategies describes.
EvolutionDesign evolution_of(const Scenario& scenario);

/// The arrays of its runs. `agents`: of the strategies that are kept.
RunSchema evolution_schema_of(const Scenario& scenario, const EvolutionDesign& design, AgentId agents);

/// Runs of one habitat to compute together: at most `wanted`, or when it is 0, chosen by how many there are.
std::size_t evolution_lanes(const EvolutionDesign& design, const Habitat& habitat, std::size_t wanted,
                            std::size_t runs);

/// As run_all, for Play::evolution.
Summary run_evolution(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                      const Study& study);

}  // namespace commonweal
