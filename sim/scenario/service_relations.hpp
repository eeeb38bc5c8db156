#pragma once

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// Throws ConfigError for values of a service that are right each for itself, but not together.
void check_service(const Scenario& scenario, const Document& document);

}  // namespace commonweal
