#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/draw_sequence.hpp"

namespace commonweal::models {

/// A distribution of whole numbers low, low+1, ..., drawn by inversion: one uniform number each.
class WholeNumbers {
public:
    /// weights[k] is proportional to the probability of low + k.
    WholeNumbers(std::uint32_t low, const std::vector<double>& weights);

    /// P(k) proportional to k^-exponent for k = min ... max; min of at least 1.
    static WholeNumbers power_law(double exponent, std::uint32_t min, std::uint32_t max);

    /// P(k) = e^-mean mean^k / k!, for a mean of at most 500, cut where the rest is below 1e-17.
    static WholeNumbers poisson(double mean);

    std::uint32_t draw(DrawSequence& draws) const;
    double mean() const noexcept;

private:
    std::uint32_t low_;
    std::vector<double> cumulative_;  ///< [k], probability of low + k or less
};

}  // namespace commonweal::models
