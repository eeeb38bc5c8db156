#pragma once

#include "sim/engine/counterfactual.hpp"

namespace commonweal {

/// Ties between two agents over which news of a contribution can travel in one round: 1, since agents see what their
/// neighbors gave; 2 when they play in their neighbors' games, since what those paid them depends on the neighbors'
/// neighbors.
std::uint32_t ties_per_round(const NetworkDesign& design) noexcept;

/// The agents that are sources of one run: `count` of them, each set as likely, or all when count is 0. Increasing.
std::vector<AgentId> sources_of(const Experiment& experiment, std::uint32_t instance, std::uint32_t replicate,
                                std::uint32_t count);

/// Twin runs of one run on a network: each source is nudged in a twin of its own, 16 twins to a batch. The degree of
/// separation is the distance from the source in ties. At lag t people are counted, and the effect on them, up to
/// distance t * ties_per_round(); nobody further away can have changed.
CascadeTable network_cascade(const Experiment& experiment, const MeetingPlan& plan, std::uint32_t replicate,
                             const TwinDesign& design);

}  // namespace commonweal
