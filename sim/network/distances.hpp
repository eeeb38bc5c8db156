#pragma once

#include "sim/core/randomness.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// Hops between agents that reach each other, over all pairs or from a sample of sources.
struct Distances {
    double mean = 0;            ///< NaN when no two agents reach each other
    double standard_error = 0;  ///< of the mean; 0 when exact
    std::uint32_t longest = 0;  ///< the diameter when exact, else a lower bound of it
    AgentId sources = 0;        ///< agents from which distances were taken
    bool exact = true;          ///< all agents were sources
};

/// All agents are sources when agents * (agents + ends of ties) stays below this; it takes some seconds.
inline constexpr double exact_distance_steps = 2e9;

/// Sources of a sample: as many as those steps allow, at least 16 and at most 1000.
/// Breadth-first search from each source, in parallel; sums of integers. The sample is drawn without replacement with
/// Stream::network; its standard error is that of a ratio of means, with the correction for a finite population.
Distances distances_of(const Layer& layer, const Randomness& randomness);

/// The same from `sources` agents; from all when there are no more.
Distances distances_of(const Layer& layer, const Randomness& randomness, AgentId sources);

}  // namespace commonweal
