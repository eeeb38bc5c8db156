#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/matching/perfect_strangers_starter.hpp"

namespace commonweal {

/// What kind of starter to look for.
struct StarterShape {
    AgentId agents = 0;
    AgentId group_size = 0;
    std::uint32_t modulus = 1;  ///< G = Z_m; with m = 1 the base rounds are the whole schedule
    Round base_rounds = 1;
};

/// Whether there are enough differences for such base rounds; if not, no search can succeed.
bool has_enough_differences(const StarterShape& shape);

/// Looks for a starter of this shape by simulated annealing: swap two agents of one base round, count the differences
/// used too often, at a constant temperature, for at most `updates` changes of a count. Deterministic: its own numbers
/// (splitmix64; Steele, Lea and Flood 2014) and no floating point. With m = 1, `met` are rounds already played, whose
/// meetings must not be repeated; otherwise it is empty.
std::optional<Starter> anneal_starter(const StarterShape& shape, const std::vector<RoundRow>& met,
                                      std::uint64_t updates);

}  // namespace commonweal
