#pragma once

#include <string>
#include <vector>

#include "sim/scenario/section.hpp"

namespace commonweal {

/// The tables as TOML, every key with its value, in the given order.
std::string resolved_text(const std::vector<CheckedTable>& tables);

}  // namespace commonweal
