#pragma once

#include "models/networks/periodic_lattice.hpp"
#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Agents on a honeycomb lattice without edges, three neighbors each.
struct HoneycombLattice {
    static constexpr std::string_view name = "honeycomb_lattice";
    static constexpr std::string_view summary = "Agents on a honeycomb lattice without edges, three neighbors each.";
    static constexpr std::string_view equation =
        "each cell (x, y) has two sites A and B; A is tied to B of the same cell, of (x-1, y) and of (x, y-1)\n"
        "n = 2 * width * height; degree 3; the shortest cycles have six ties";
    static constexpr std::string_view source = "Szolnoki, Perc & Szabo (2009), Physical Review E 80, 056109.";
    static constexpr bool random = false;

    std::uint32_t width = 70, height = 70;

    static auto parameters() {
        using Self = HoneycombLattice;
        return std::array{
            Parameter<Self>{"width", &Self::width, 3, 10000, "cells", "cells in a row"},
            Parameter<Self>{"height", &Self::height, 3, 10000, "cells", "rows"},
        };
    }

    Network generate(const Randomness&, std::uint32_t) const {
        static constexpr LatticeTie ties[] = {{0, 0, 0, 1}, {0, -1, 0, 1}, {0, 0, -1, 1}};
        return periodic_lattice(width, height, 2, ties);
    }
};
static_assert(NetworkModel<HoneycombLattice>);

}  // namespace commonweal::models
