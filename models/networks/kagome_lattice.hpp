#pragma once

#include "models/networks/periodic_lattice.hpp"
#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Agents on a kagome lattice without edges: triangles that share corners, four neighbors each.
struct KagomeLattice {
    static constexpr std::string_view name = "kagome_lattice";
    static constexpr std::string_view summary =
        "Agents on a kagome lattice without edges: triangles that share corners, four neighbors each.";
    static constexpr std::string_view equation =
        "each cell (x, y) has three sites A, B, C, tied to a triangle; a second triangle is B of (x, y), A of (x+1, y) "
        "and C of\n"
        "(x+1, y-1).  n = 3 * width * height; degree 4; two triangles at each site, 2n/3 in all when both sides are 4 "
        "or more";
    static constexpr std::string_view source = "Szolnoki, Perc & Szabo (2009), Physical Review E 80, 056109.";
    static constexpr bool random = false;

    std::uint32_t width = 58, height = 58;

    static auto parameters() {
        using Self = KagomeLattice;
        return std::array{
            Parameter<Self>{"width", &Self::width, 3, 10000, "cells", "cells in a row"},
            Parameter<Self>{"height", &Self::height, 3, 10000, "cells", "rows"},
        };
    }

    Network generate(const Randomness&, std::uint32_t) const {
        static constexpr LatticeTie ties[] = {{0, 0, 0, 1}, {0, 0, 0, 2},  {1, 0, 0, 2},
                                              {1, 1, 0, 0}, {1, 1, -1, 2}, {0, 0, -1, 2}};
        return periodic_lattice(width, height, 3, ties);
    }
};
static_assert(NetworkModel<KagomeLattice>);

}  // namespace commonweal::models
