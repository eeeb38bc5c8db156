#pragma once

#include <string_view>

#include "sim/model/network_generator.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/design.hpp"

namespace commonweal {

/// What stands in front of a parameter of the network where a scenario is asked for.
inline constexpr std::string_view scenario_keys = "network.";

/// Warns of what a person may not have meant in the files of a network; nothing without one.
void say_remarks(const NetworkGenerator* generator, std::string_view keys);

/// The same of a scenario, of policies that act on nobody, and of keys of twin runs where none are made.
void say_remarks(const Scenario& scenario);

/// The same of the first scenario of a design, and of the policies of each regime.
void say_remarks(const Design& design);

/// Where a network is read from files: makes the place of each regime, so that an organization that a policy misspells
/// is told before anything is computed. Throws ConfigError that names the regime, IoError.
void check_places(const Design& design);

}  // namespace commonweal
