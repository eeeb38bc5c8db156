#pragma once

#include <functional>

#include "sim/core/bernoulli_skips.hpp"
#include "sim/network/layer.hpp"

namespace commonweal::models {

/// All ties that rows(first, last, out) appends for blocks of agents [first, last), in the order of the agents. The
/// blocks are computed in parallel and do not depend on the number of threads.
std::vector<Tie> ties_by_blocks(AgentId agents, const std::function<void(AgentId, AgentId, std::vector<Tie>&)>& rows);

}  // namespace commonweal::models
