#pragma once

#include "sim/network/attributes.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// How far ties run between agents that are alike in an attribute; each value of the attribute is a group.
struct Mixing {
    double modularity =
        0;  ///< sum over groups of share of ties inside - (share of ends of ties)^2 (Newman & Girvan 2004)
    double assortativity = 0;  ///< numbers: correlation over ties; texts: modularity / (1 - sum of squared shares of
                               ///< ends) (Newman 2003, Phys. Rev. E 67, 026126); NaN where all ends are alike
    std::uint64_t groups = 0;  ///< values that occur
};

/// All members are NaN when the layer has no tie, but groups.
Mixing mixing_by(const Layer& layer, const Attribute& attribute);

}  // namespace commonweal
