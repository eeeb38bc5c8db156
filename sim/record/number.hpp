#pragma once

#include <cstddef>
#include <cstdint>

namespace commonweal {

/// Number types that every reader of the field can take (docs/reference/results_file.md).
enum class Number : std::uint8_t { int8, int32, float32, float64 };

constexpr std::size_t bytes_of(Number type) noexcept {
    return type == Number::int8 ? 1 : (type == Number::float64 ? 8 : 4);
}

}  // namespace commonweal
