#pragma once

#include <algorithm>

#include "sim/core/parallel.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// Populations below this size are walked by one thread: the other threads have other runs to compute.
inline constexpr std::size_t large_population = 100'000;

/// Calls pass(begin, end) for all agents: once, or for blocks in parallel when there are many. What a pass writes of an
/// agent must depend on no other agent's.
template <class Pass>
void each_block(AgentId agents, const Pass& pass) {
    if (agents < large_population) return pass(AgentId{0}, agents);
    parallel_items((agents + agents_per_block - 1) / agents_per_block, [&](std::size_t block) {
        const std::size_t begin = block * agents_per_block;
        pass(static_cast<AgentId>(begin),
             static_cast<AgentId>(std::min<std::size_t>(agents, begin + agents_per_block)));
    });
}

}  // namespace commonweal
