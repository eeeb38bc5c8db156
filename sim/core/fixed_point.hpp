#pragma once

#include <bit>
#include <cstdint>

namespace commonweal {

/// Sums that do not depend on the order of their terms: each term is rounded once to a multiple of 2^-20 and added as
/// an integer. Terms must lie within +-fixed_limit; a sum of 2^12 such terms still fits.
inline constexpr double fixed_unit = 0x1.0p-20;
inline constexpr double fixed_limit = 0x1.0p30;

/// x as a whole number of fixed units, halves to even. Adding 1.5 * 2^52 units leaves the wanted integer in the low
/// bits of the double, so the loop over lanes needs no conversion instruction.
inline std::int64_t to_fixed(float x) noexcept {
    constexpr double magic = 0x1.8p52 * fixed_unit;
    return std::bit_cast<std::int64_t>(static_cast<double>(x) + magic) - std::bit_cast<std::int64_t>(magic);
}

inline double from_fixed(std::int64_t units) noexcept { return static_cast<double>(units) * fixed_unit; }

}  // namespace commonweal
