#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/core/fixed_point.hpp"
#include "sim/core/types.hpp"

/// What the other members of a group gave together: groups of consecutive slots, planes [agent][lane].
namespace commonweal {

/// Above this size the sum of the others is the pot less one's own, in fixed point, instead of a sum over the others.
inline constexpr AgentId small_group = 16;

template <std::size_t width>
using LaneRow = std::array<float, width>;

/// Where the member in a slot stands in the planes, lane by lane.
template <std::size_t width>
struct Member {
    std::array<std::size_t, width> at;

    Member(const AgentId* slots, bool shared, std::size_t slot) noexcept {
        for (std::size_t lane = 0; lane < width; ++lane)
            at[lane] = std::size_t{shared ? slots[slot] : slots[slot * width + lane]} * width + lane;
    }
};

/// Sums over the other members in slot order, for groups whose lanes share the members.
template <std::size_t width>
void sum_others_shared(const AgentId* group, AgentId size, const float* contributions, float* others_sum) noexcept {
    for (AgentId i = 0; i < size; ++i) {
        LaneRow<width> sum{};
        for (AgentId j = 0; j < size; ++j) {
            if (j == i) continue;
            const float* row = contributions + std::size_t{group[j]} * width;
            for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += row[lane];
        }
        std::copy(sum.begin(), sum.end(), others_sum + std::size_t{group[i]} * width);
    }
}

/// The same when every lane has groups of its own.
template <std::size_t width>
void sum_others_by_lane(const AgentId* slots, std::size_t first, AgentId size, const float* contributions,
                        float* others_sum) noexcept {
    for (AgentId i = 0; i < size; ++i) {
        LaneRow<width> sum{};
        for (AgentId j = 0; j < size; ++j) {
            if (j == i) continue;
            const Member<width> member(slots, false, first + j);
            for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += contributions[member.at[lane]];
        }
        const Member<width> own(slots, false, first + i);
        for (std::size_t lane = 0; lane < width; ++lane) others_sum[own.at[lane]] = sum[lane];
    }
}

/// Large groups: the pot in fixed point, less one's own.
template <std::size_t width>
void sum_others_large(const AgentId* slots, bool shared, std::size_t first, AgentId size, const float* contributions,
                      float* others_sum) noexcept {
    std::array<std::int64_t, width> pot{};
    for (AgentId j = 0; j < size; ++j) {
        const Member<width> member(slots, shared, first + j);
        for (std::size_t lane = 0; lane < width; ++lane) pot[lane] += to_fixed(contributions[member.at[lane]]);
    }
    for (AgentId i = 0; i < size; ++i) {
        const Member<width> own(slots, shared, first + i);
        for (std::size_t lane = 0; lane < width; ++lane)
            others_sum[own.at[lane]] =
                static_cast<float>(from_fixed(pot[lane] - to_fixed(contributions[own.at[lane]])));
    }
}

}  // namespace commonweal
