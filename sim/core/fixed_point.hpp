#pragma once

#include <bit>
#include <cstdint>

namespace commonweal {

/// Sums that do not depend on the order of their terms: each term is rounded once to a multiple of 2^-20 and added as
/// an integer. Terms must lie within +-fixed_limit; a sum of 2^12 such terms still fits.
inline constexpr double fixed_unit = 0x1.0p-20;
inline constexpr double fixed_limit = 0x1.0p30;

/// Adding 1.5 * 2^52 units leaves the wanted integer in the low bits of a double.
inline constexpr double fixed_magic = 0x1.8p52 * fixed_unit;

/// Bits of x that add up: with wrapping sums, fixed_sum(fixed_bits(x) + fixed_bits(y) + ..., terms) is the sum of
/// to_fixed() of the terms. A loop over lanes needs neither a conversion instruction nor a subtraction.
inline std::uint64_t fixed_bits(float x) noexcept {
    return std::bit_cast<std::uint64_t>(static_cast<double>(x) + fixed_magic);
}
inline std::int64_t fixed_sum(std::uint64_t bits, std::uint64_t terms) noexcept {
    return static_cast<std::int64_t>(bits - terms * std::bit_cast<std::uint64_t>(fixed_magic));
}

/// x as a whole number of fixed units, halves to even.
inline std::int64_t to_fixed(float x) noexcept { return fixed_sum(fixed_bits(x), 1); }

inline double from_fixed(std::int64_t units) noexcept { return static_cast<double>(units) * fixed_unit; }

}  // namespace commonweal
