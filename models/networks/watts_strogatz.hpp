#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// A ring lattice, some of whose ties lead elsewhere.
struct WattsStrogatz {
    static constexpr std::string_view name = "watts_strogatz";
    static constexpr std::string_view summary =
        "A small world: a ring lattice, some of whose ties lead to agents drawn by chance.";
    static constexpr std::string_view equation =
        "for d = 1 ... k/2, for each agent i: the tie {i, i+d} becomes {i, j} with probability p, j uniform among the "
        "agents\n"
        "that are neither i nor tied to i at that time; an agent tied to everybody keeps its tie\n"
        "clustering C(p) = 3(k-2) / (4(k-1)) * (1-p)^3, nearly: triangles per pair of neighbors at the mean degree";
    static constexpr std::string_view source =
        "Watts & Strogatz (1998), Nature 393, 440-442; C(p): Barrat & Weigt (2000), European Physical Journal B 13, "
        "547-560.";
    static constexpr bool random = true;

    std::uint32_t agents = 1000, degree = 4;
    double rewiring = 0.1;

    static auto parameters() {
        using Self = WattsStrogatz;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 3, 2e8, "agents", "number of agents n"},
            Parameter<Self>{"degree", &Self::degree, 2, 10000, "neighbors",
                            "mean degree k, both sides of the ring together: even, below n"},
            Parameter<Self>{"rewiring", &Self::rewiring, 0, 1, "-", "probability p that a tie is moved"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;
};
static_assert(NetworkModel<WattsStrogatz>);

}  // namespace commonweal::models
