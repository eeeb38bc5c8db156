#pragma once

#include <cstdint>
#include <vector>

namespace commonweal {

/// The Sobol sequence with the direction numbers of Joe & Kuo (2008), SIAM J. Sci. Comput. 30: 2635-2654, in the
/// order of Antonov & Saleev (Gray code), as it is published: point 0 is the origin, point 1 has 0.5 everywhere. Not
/// random.
///
/// Of the first 2^m points, each coordinate has one in each interval [j / 2^m, (j + 1) / 2^m), and the first two
/// coordinates have one in each box of volume 2^-m with sides that are powers of two.
class SobolSequence {
public:
    /// Throws Error for 0 dimensions or more than most_dimensions().
    explicit SobolSequence(std::size_t dimensions);

    static std::size_t most_dimensions() noexcept;

    std::size_t dimensions() const noexcept { return dimensions_; }

    /// Coordinate `dimension` of point i, times 2^32.
    std::uint32_t word(std::uint32_t i, std::size_t dimension) const noexcept;

private:
    std::size_t dimensions_;
    std::vector<std::uint32_t> directions_;  ///< [dimension, bit]
};

}  // namespace commonweal
