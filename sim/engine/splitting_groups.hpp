#pragma once

#include "sim/engine/evolution.hpp"

namespace commonweal {

/// Groups that grow, split and die (Traulsen & Nowak 2006, PNAS 103, 10952-10955).
///
/// Elementary step: an agent of the whole population is drawn by fitness, and its offspring with the same strategy
/// joins its group (with probability `migration` another group, drawn at random). Payoffs are averages over meetings
/// with the group mates; an agent alone has 0. A group with more than `group_size` members splits with probability
/// `split`: each member goes to either half with probability 1/2, no half is left empty, and another group, drawn at
/// random, dies. Else one member of it dies, drawn at random. A round is groups * group_size steps.
EvolutionTrace evolve_groups(const EvolutionDesign& design, const std::vector<std::uint8_t>& start,
                             std::uint32_t instance, std::uint32_t replicate);

}  // namespace commonweal
