#pragma once

#include <cstdint>
#include <memory>
#include <span>

namespace commonweal {

/// Points of the unit cube [0, 1]^k, for designs that sample. All random numbers are of Stream::design, keyed by what
/// they decide, so that a point does not depend on which were asked for before.
class UnitDesign {
public:
    virtual ~UnitDesign() = default;

    virtual std::size_t size() const noexcept = 0;

    /// Writes the k coordinates of point i < size().
    virtual void point(std::size_t i, std::span<double> coordinates) const = 0;
};

/// A Latin hypercube (McKay, Beckman & Conover 1979, Technometrics 21: 239-245): each axis is cut into `points` strata
/// of equal width, each stratum has one point, at a random place in it, and the strata of different axes are paired at
/// random. The place is the midpoint of one of 2^20 equal cells, so that rounding leads out of no stratum. Holds four
/// bytes for each point and axis.
std::shared_ptr<const UnitDesign> latin_hypercube(std::uint32_t points, std::size_t axes, std::uint64_t seed);

/// The first points of the Sobol sequence with a random digital shift: the bits of each coordinate are flipped by one
/// random word for each axis. The shift keeps the balance of the sequence (each of the first 2^m points has an interval
/// of width 2^-m of its own, on each axis) and makes each single point uniform, so that means over the points are
/// unbiased. Balance holds when `points` is a power of two. The first points of a longer design are those of a shorter
/// one. Coordinates are midpoints of 2^32 equal cells.
std::shared_ptr<const UnitDesign> shifted_sobol(std::uint32_t points, std::size_t axes, std::uint64_t seed);

/// The points from which Sobol indices are estimated (Saltelli 2002, Comput. Phys. Commun. 145: 280-297; Saltelli et
/// al. 2010, ibid. 181: 259-270). For each of `base_points` pairs (A, B) of independent points, rows in the order of
/// the Python package SALib: A; A with axis j from B, for j = 1..k; if second_order, B with axis j from A, for j
/// = 1..k; B. A and B are the two halves of one shifted Sobol sequence in 2 k dimensions.
std::shared_ptr<const UnitDesign> saltelli(std::uint32_t base_points, std::size_t axes, bool second_order,
                                           std::uint64_t seed);

/// Trajectories of Morris (1991), Technometrics 33: 161-174: k + 1 points each on the grid 0, 1/(levels - 1), ..., 1.
/// From one point to the next one axis changes, each axis once, in random order, by levels / (2 (levels - 1)) upwards
/// or downwards. Start, direction and order are random and equally likely. `levels` is even.
std::shared_ptr<const UnitDesign> morris(std::uint32_t trajectories, std::uint32_t levels, std::size_t axes,
                                         std::uint64_t seed);

}  // namespace commonweal
