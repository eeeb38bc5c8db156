#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// Why a key of a section changes nothing in this scenario; "" when it matters. Keys of models always matter.
std::string why_unused(const Scenario& scenario, std::string_view path, std::string_view key);

}  // namespace commonweal
