#include "sim/sweep/sobol_sequence.hpp"

#include <fmt/format.h>

#include <bit>
#include <boost/random/sobol.hpp>

#include "sim/core/error.hpp"

namespace commonweal {

namespace {

constexpr unsigned bits = 32;
using Engine = boost::random::sobol_engine<std::uint32_t, bits>;

std::size_t checked_dimensions(std::size_t dimensions) {
    if (dimensions < 1 || dimensions > SobolSequence::most_dimensions())
        throw Error(fmt::format("a Sobol sequence of {} dimensions; it may have 1 to {}", dimensions,
                                SobolSequence::most_dimensions()));
    return dimensions;
}

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions)
    : dimensions_(checked_dimensions(dimensions)), directions_(dimensions * bits) {
    // The Gray code of point 2^(bit + 1) - 1 has that bit alone, so the point is the direction number itself. The
    // engine leaves out the origin: its first point is our point 1.
    Engine engine(dimensions);
    for (unsigned bit = 0; bit < bits; ++bit) {
        engine.seed(static_cast<std::uint32_t>((std::uint64_t{1} << (bit + 1)) - 2));
        for (std::size_t dimension = 0; dimension < dimensions; ++dimension)
            directions_[dimension * bits + bit] = engine();
    }
}

std::size_t SobolSequence::most_dimensions() noexcept { return boost::random::default_sobol_table::max_dimension; }

std::uint32_t SobolSequence::word(std::uint32_t i, std::size_t dimension) const noexcept {
    std::uint32_t word = 0;
    for (std::uint32_t gray = i ^ (i >> 1); gray != 0; gray &= gray - 1)
        word ^= directions_[dimension * bits + static_cast<unsigned>(std::countr_zero(gray))];
    return word;
}

}  // namespace commonweal
