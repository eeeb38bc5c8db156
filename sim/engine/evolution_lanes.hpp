#pragma once

#include <span>

#include "sim/engine/evolution.hpp"

namespace commonweal {

/// Widest lanes that speed up runs in a habitat. Where two strategies, one of which contributes, revise on a network by
/// a pairwise rule, without mutation and fund, together or with shared focal agents: 64 with payoff levels, 16 where
/// they revise together and members of a group share alike. 1 elsewhere.
std::size_t evolution_lanes(const EvolutionDesign& design, const Habitat& habitat);

/// Plays the runs with these replicates, at most `lanes` of them together where that is possible: 1, 16 or 64; what
/// lies between counts as the next lower one. Traces are those of evolve() for each replicate, whatever `lanes` is.
std::vector<EvolutionTrace> evolve(const EvolutionDesign& design, const Habitat& habitat,
                                   std::span<const std::uint32_t> replicates, std::size_t lanes);

}  // namespace commonweal
