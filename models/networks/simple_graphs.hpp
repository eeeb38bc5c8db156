#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Everybody is tied to everybody.
struct Complete {
    static constexpr std::string_view name = "complete";
    static constexpr std::string_view summary = "Everybody is tied to everybody.";
    static constexpr std::string_view equation = "ties {i, j} for all i < j:  n(n-1)/2 ties, degree n-1";
    static constexpr std::string_view source = "Elementary.";
    static constexpr bool random = false;

    std::uint32_t agents = 100;

    static auto parameters() {
        return std::array{Parameter<Complete>{"agents", &Complete::agents, 1, 30000, "agents", "number of agents n"}};
    }

    Network generate(const Randomness&, std::uint32_t) const;
};
static_assert(NetworkModel<Complete>);

/// One agent in the middle, tied to all others.
struct Star {
    static constexpr std::string_view name = "star";
    static constexpr std::string_view summary = "One agent in the middle, tied to all others.";
    static constexpr std::string_view equation = "ties {0, i} for i = 1 ... n-1:  agent 0 has degree n-1, the others 1";
    static constexpr std::string_view source = "Elementary.";
    static constexpr bool random = false;

    std::uint32_t agents = 100;

    static auto parameters() {
        return std::array{
            Parameter<Star>{"agents", &Star::agents, 2, 2e8, "agents", "number of agents n, the middle one included"}};
    }

    Network generate(const Randomness&, std::uint32_t) const;
};
static_assert(NetworkModel<Star>);

}  // namespace commonweal::models
