#pragma once

#include <span>

#include "sim/network/network.hpp"

namespace commonweal::models {

/// A tie of a lattice: from a site of each cell to a site of the cell dx to the right and dy up.
struct LatticeTie {
    std::uint32_t site;
    int dx, dy;
    std::uint32_t other;
};

/// A lattice of cells with `sites` agents each and the same ties in every cell; both edges are closed to a torus.
/// The agent at a site of cell (x, y) is (y * width + x) * sites + site.
Network periodic_lattice(std::uint32_t width, std::uint32_t height, std::uint32_t sites,
                         std::span<const LatticeTie> ties);

}  // namespace commonweal::models
