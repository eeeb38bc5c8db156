#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Agents on a ring, each tied to the nearest on both sides.
struct RingLattice {
    static constexpr std::string_view name = "ring_lattice";
    static constexpr std::string_view summary = "Agents on a ring, each tied to the nearest ones on both sides.";
    static constexpr std::string_view equation =
        "ties {i, i+d mod n} for d = 1 ... k/2\n"
        "clustering 3(k-2) / (4(k-1)) for n > 3k/2";
    static constexpr std::string_view source = "Watts & Strogatz (1998), Nature 393, 440-442.";
    static constexpr bool random = false;

    std::uint32_t agents = 1000, degree = 4;

    static auto parameters() {
        using Self = RingLattice;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 3, 2e8, "agents", "number of agents n"},
            Parameter<Self>{"degree", &Self::degree, 2, 10000, "neighbors",
                            "neighbors k of each agent, on both sides together: even, below n"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness&, std::uint32_t) const;
};
static_assert(NetworkModel<RingLattice>);

/// Throws ConfigError unless the degree of a ring is even and below the number of agents.
void check_ring(std::uint32_t agents, std::uint32_t degree, const std::string& where);

}  // namespace commonweal::models
