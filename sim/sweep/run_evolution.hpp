#pragma once

#include "sim/engine/evolution.hpp"
#include "sim/sweep/run_all.hpp"

namespace commonweal {

/// The design that a scenario of strategies describes.
EvolutionDesign evolution_of(const Scenario& scenario);

/// As run_all, for Play::evolution.
Summary run_evolution(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                      Study study);

}  // namespace commonweal
