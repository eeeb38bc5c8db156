#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commonweal {

/// Number of insertions, deletions, replacements and swaps of neighbors that turn one word into the other
/// (optimal string alignment distance; Damerau 1964).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known name nearest to `word`, or "" when none is near: at most a third of the longer word may differ.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// " (did you mean 'x'?)", or "" when no known name is near: the end of an error message.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace commonweal
