#pragma once

#include "models/networks/periodic_lattice.hpp"
#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Agents on a triangular lattice without edges, six neighbors each.
struct TriangularLattice {
    static constexpr std::string_view name = "triangular_lattice";
    static constexpr std::string_view summary = "Agents on a triangular lattice without edges, six neighbors each.";
    static constexpr std::string_view equation =
        "site (x, y) is tied to (x+-1, y), (x, y+-1), (x+1, y+1) and (x-1, y-1), modulo width and height\n"
        "n = width * height; degree 6; 2n triangles when both sides are 4 or more";
    static constexpr std::string_view source = "Szolnoki, Perc & Szabo (2009), Physical Review E 80, 056109.";
    static constexpr bool random = false;

    std::uint32_t width = 100, height = 100;

    static auto parameters() {
        using Self = TriangularLattice;
        return std::array{
            Parameter<Self>{"width", &Self::width, 3, 10000, "agents", "agents in a row"},
            Parameter<Self>{"height", &Self::height, 3, 10000, "agents", "rows"},
        };
    }

    Network generate(const Randomness&, std::uint32_t) const {
        static constexpr LatticeTie ties[] = {{0, 1, 0, 0}, {0, 0, 1, 0}, {0, 1, 1, 0}};
        return periodic_lattice(width, height, 1, ties);
    }
};
static_assert(NetworkModel<TriangularLattice>);

}  // namespace commonweal::models
