#pragma once

#include <string>

#include "sim/sweep/run_all.hpp"

namespace commonweal {

/// The tables that `run` prints for people.
std::string summary_text(const Scenario& scenario, const Summary& summary);

/// The one JSON object of `run --json`. It holds no time and no path, so that equal runs give equal texts.
std::string summary_json(const Scenario& scenario, const Summary& summary);

/// What spread, for people.
std::string adoption_text(const Scenario& scenario, const AdoptionSummary& adoption);

/// The tables of strategies.
std::string service_text(const Scenario& scenario, const Summary& summary);
std::string evolution_text(const Scenario& scenario, const Summary& summary);

}  // namespace commonweal
