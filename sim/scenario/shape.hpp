#pragma once

#include "sim/scenario/document.hpp"

namespace commonweal {

/// Checks that every table of a document is one that a scenario may have, and that no value stands where a table
/// belongs. Throws ConfigError with the nearest known name.
void check_shape(const Document& document);

}  // namespace commonweal
