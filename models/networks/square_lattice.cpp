#include "models/networks/square_lattice.hpp"

#include "models/networks/periodic_lattice.hpp"

namespace commonweal::models {

Network SquareLattice::generate(const Randomness&, std::uint32_t) const {
    static constexpr LatticeTie ties[] = {{0, 1, 0, 0}, {0, 0, 1, 0}, {0, 1, 1, 0}, {0, 1, -1, 0}};
    const std::span<const LatticeTie> moore = ties;
    return periodic_lattice(width, height, 1, neighborhood == 1 ? moore : moore.first(2));
}

}  // namespace commonweal::models
