#pragma once

#include <string_view>

#include "sim/model/network_generator.hpp"

namespace commonweal {

/// What stands in front of a parameter of the network where a scenario is asked for.
inline constexpr std::string_view scenario_keys = "network.";

/// Warns of what a person may not have meant in the files of a network; nothing without one.
void say_remarks(const NetworkGenerator* generator, std::string_view keys);

}  // namespace commonweal
