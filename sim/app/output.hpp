#pragma once

#include <string_view>

/// stdout carries results only; everything that is said to the person goes to stderr.
namespace commonweal {

/// Writes to stdout. Throws IoError when that fails, as on a full disk.
void print(std::string_view text);

/// Writes out what stdout still holds. Throws IoError when that fails.
void flush_output();

/// "commonweal: text" on stderr.
void say(std::string_view text);

/// "commonweal: error: text" on stderr.
void say_error(std::string_view text);

}  // namespace commonweal
