#pragma once

#include <map>

#include "sim/network/layer.hpp"

namespace commonweal {

/// How many neighbors agents have.
struct Degrees {
    double mean = 0, sd = 0;  ///< sd over agents, with n in the denominator
    std::uint32_t min = 0, max = 0;
    std::map<std::uint32_t, std::uint64_t> histogram;  ///< agents with each degree that occurs
};
Degrees degrees_of(const Layer& layer);

/// Correlation of the degrees at the two ends of a tie (Newman 2002, Phys. Rev. Lett. 89, 208701); NaN when all ends
/// have one degree, or there is no tie.
double degree_assortativity(const Layer& layer);

}  // namespace commonweal
