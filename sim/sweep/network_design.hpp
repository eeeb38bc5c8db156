#pragma once

#include "sim/engine/neighborhoods.hpp"
#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// Who is of a type of agents.
TypePlace type_place(const AgentType& type);

/// How the behavior rules of a scenario meet on its network, with the network of instance 0. Throws what its generator
/// does.
NetworkDesign network_design(const Scenario& scenario);

}  // namespace commonweal
