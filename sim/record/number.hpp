#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace commonweal {

/// Number types that every reader of the field can take (docs/reference/results_file.md).
enum class Number : std::uint8_t { int8, int32, float32, float64 };

constexpr std::size_t bytes_of(Number type) noexcept {
    return type == Number::int8 ? 1 : (type == Number::float64 ? 8 : 4);
}

/// Calls with a value of the C++ type of a number type.
template <class Call>
decltype(auto) with_type(Number type, const Call& call) {
    switch (type) {
        case Number::int8:
            return call(std::int8_t{});
        case Number::int32:
            return call(std::int32_t{});
        case Number::float32:
            return call(float{});
        default:
            return call(double{});
    }
}

/// The sign of a missing value: NaN; of whole numbers the smallest of the type.
template <class Stored>
constexpr Stored missing_of() noexcept {
    if constexpr (std::is_floating_point_v<Stored>) return std::numeric_limits<Stored>::quiet_NaN();
    return std::numeric_limits<Stored>::min();
}

template <class Stored>
constexpr bool is_missing(Stored value) noexcept {
    if constexpr (std::is_floating_point_v<Stored>) return value != value;
    return value == missing_of<Stored>();
}

}  // namespace commonweal
