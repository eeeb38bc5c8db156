#pragma once

#include "sim/model/strategy.hpp"

namespace commonweal::models {

/// What a peer punisher does to a co-player: it fines who takes part and gives nothing.
inline Deal peer_punishment(const StrategyTraits& other, double fine, double cost) noexcept {
    return other.participates && !other.contributes ? Deal{cost, -fine} : Deal{};
}

}  // namespace commonweal::models
