#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace commonweal {

/// Runs first .. last, both included.
struct RunRange {
    std::uint32_t first, last;
    bool operator==(const RunRange&) const = default;
};

/// A set of runs as ascending ranges.
std::vector<RunRange> ranges_of(std::vector<std::uint32_t> runs);

/// "0-15,32"
std::string text_of(const std::vector<RunRange>& ranges);

/// Throws std::invalid_argument for a text that is none of the form above.
std::vector<RunRange> parse_ranges(const std::string& text);

}  // namespace commonweal
