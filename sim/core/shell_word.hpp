#pragma once

#include <string>
#include <string_view>

namespace commonweal {

/// The text as one word of a POSIX shell, in single quotes where it needs them. Any text without a NUL is possible.
std::string shell_word(std::string_view text);

}  // namespace commonweal
