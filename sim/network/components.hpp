#pragma once

#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"

namespace commonweal {

/// Parts of a layer whose agents reach each other.
struct Components {
    std::uint64_t count = 0;
    std::uint64_t isolated = 0;     ///< agents without a tie; each is a component
    double giant_share = 0;         ///< agents of the largest component / all agents
    std::vector<std::uint32_t> of;  ///< [agent], number of its component, by its lowest agent
};
Components components_of(const Layer& layer);

/// The same over all layers: agents who reach each other over ties of any.
Components components_of(const std::vector<NamedLayer>& layers);

}  // namespace commonweal
