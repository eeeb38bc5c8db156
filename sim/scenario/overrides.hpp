#pragma once

#include <string>
#include <vector>

#include "sim/scenario/document.hpp"

namespace commonweal {

/// What messages call the place of an override.
inline constexpr const char* command_line = "command line";

/// Puts "table.key=value" texts into a document, in order; the last one wins. A value is TOML; a text that is not, and
/// has no quotes, brackets, commas or '#', is taken as it stands, so that game.tokens=whole needs no quotes.
/// Throws ConfigError for a text of another form, an empty value, and a list of values as a sweep has.
void apply_overrides(Document& document, const std::vector<std::string>& overrides);

}  // namespace commonweal
