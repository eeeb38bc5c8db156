#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// The option that a uniform number u in [0, 1) picks among the first `count`, each with probability
/// weights[i] / sum(weights); all alike when no weight is above zero. Weights are not negative; an option of weight
/// zero is never picked while another has one. The sum runs in the order of the options.
template <std::size_t most>
std::uint32_t weighted_choice(const std::array<float, most>& weights, std::uint32_t count, float u) noexcept {
    float total = 0;
    for (std::uint32_t i = 0; i < count; ++i) total += weights[i];
    if (!(total > 0.0f)) return static_cast<std::uint32_t>(u * static_cast<float>(count));
    const float target = u * total;
    std::uint32_t passed = 0;
    float sum = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        sum += weights[i];
        passed += sum <= target ? 1 : 0;
    }
    return passed < count ? passed : count - 1;  // target can be rounded up to a subnormal total
}

/// The option that u picks with probability proportional to exp(precision * utilities[i]): logit choice. The greatest
/// utility is subtracted first, so that no exponential overflows.
template <std::size_t most>
std::uint32_t logit_choice(const std::array<float, most>& utilities, std::uint32_t count, float precision,
                           float u) noexcept {
    float best = utilities[0];
    for (std::uint32_t i = 1; i < count; ++i) best = utilities[i] > best ? utilities[i] : best;
    std::array<float, most> weights;
    for (std::uint32_t i = 0; i < count; ++i) weights[i] = exp_of(precision * (utilities[i] - best));
    return weighted_choice(weights, count, u);
}

/// Level `i` of `levels` evenly spaced contributions from 0 to the endowment [tokens].
inline float level_of(std::uint32_t i, std::uint32_t levels, float endowment) noexcept {
    return endowment * static_cast<float>(i) / static_cast<float>(levels - 1);
}

}  // namespace commonweal::models
