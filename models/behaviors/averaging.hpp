#pragma once

#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// self_weight * (own last contribution) + (1 - self_weight) * (mean of the others) [tokens]: the averaging of DeGroot
/// (1974) with the others' weights equal. An agent without others keeps its own.
inline float averaged(const LocalView& view, float self_weight) noexcept {
    const float mixed = self_weight * view.own_last + (1.0f - self_weight) * view.others_mean();
    return view.others > 0 ? mixed : view.own_last;
}

}  // namespace commonweal::models
