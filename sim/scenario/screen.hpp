#pragma once

#include <string>
#include <string_view>

namespace commonweal {

inline constexpr std::size_t largest_scenario = std::size_t{16} << 20;  ///< [bytes]

/// Refuses what could hurt a TOML parser before it sees the text: more than 16 MB, control characters, values nested
/// deeper than 16 brackets, keys of more than 16 parts. Throws ConfigError naming file, line and column.
void screen(std::string_view text, const std::string& name);

}  // namespace commonweal
