#pragma once

#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// x^alpha / (x^alpha + (1-x)^alpha): probability of an action that a share x of the others chose. 0 for x <= 0 and 1
/// for x >= 1 with any alpha: nobody follows an action that nobody took. 1 - followed(x) = followed(1 - x).
inline float followed(float x, float alpha) noexcept {
    constexpr float tiny = 1e-30f;
    const float inside = x < tiny ? tiny : x;
    const float rest = 1.0f - inside < tiny ? tiny : 1.0f - inside;
    const float share = 1.0f / (1.0f + exp_of(alpha * (log_of(rest) - log_of(inside))));
    return x <= 0.0f ? 0.0f : x >= 1.0f ? 1.0f : share;
}

}  // namespace commonweal::models
