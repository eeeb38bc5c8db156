#pragma once

#include <cstdint>
#include <string_view>

#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// How fitness may follow from payoff, for rules with births.
inline constexpr std::string_view fitness_kinds[] = {"exponential", "linear"};

/// Fitness of a payoff: exp(strength (payoff - top)), or 1 - strength + strength payoff, 0 when that is negative.
/// Ratios do not depend on `top`, which keeps the exponential in range.
inline double fitness_of_payoff(std::uint32_t kind, double strength, double payoff, double top) noexcept {
    if (kind == 0) return exp_of(strength * (payoff - top));
    const double linear = 1 - strength + strength * payoff;
    return linear > 0 ? linear : 0.0;
}

}  // namespace commonweal::models
