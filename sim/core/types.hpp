#pragma once

#include <cstddef>
#include <cstdint>

namespace commonweal {

using AgentId = std::uint32_t;  ///< dense index 0..n-1; also the row of every per-agent plane
using Round = std::uint32_t;    ///< 0 is the initial state; the first decisions are made in round 1

/// Replicates computed together at most: 16 floats of one agent fill one cache line.
inline constexpr std::size_t max_lanes = 16;

}  // namespace commonweal
