#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/document.hpp"

namespace commonweal {

/// What messages call the place of an override.
inline constexpr const char* command_line = "command line";

/// True when the text after the first '=' of key=value is of several values: a comma that is in no quotes and no
/// brackets, or a word with '(' right behind it.
bool is_sweep(std::string_view text);

/// Throws ConfigError unless `path` is a key, or a key behind the names of its tables; `text` is shown in the message.
void check_override_path(const std::string& path, const std::string& text);

/// The value of `key` from a text outside a file: a TOML value; a text that is not, and has no quotes, brackets,
/// commas, '=' or '#', is taken as it stands. Throws ConfigError(where) for anything else, and for an empty text.
Value written_value(const std::string& key, const std::string& text, const std::string& where);

/// Gives "table.key" a value over what the document says. What says who is of a type of agents (share, count, who or
/// where) takes the place of whatever said it before, unless both stand on the command line. Another model in the place
/// of one marks the other keys of its table, as some may be of the former only (Entry::of_former_model).
void set_over(Document& document, const Setting& setting);

/// The same with several settings of one layer, whose order does not matter.
void set_all_over(Document& document, const std::vector<Setting>& settings);

/// Throws ConfigError when two of the texts key=value differ and are of the same key.
void check_said_once(const std::vector<std::string>& overrides);

/// Puts "table.key=value" texts into a document. Values are read by written_value, so that game.tokens=whole needs no
/// quotes. Throws ConfigError for a text of another form, an empty value, and a list of values as a sweep has.
void apply_overrides(Document& document, const std::vector<std::string>& overrides);

}  // namespace commonweal
