#include "sim/sweep/run_ranges.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace commonweal {

std::vector<RunRange> ranges_of(std::vector<std::uint32_t> runs) {
    std::ranges::sort(runs);
    std::vector<RunRange> ranges;
    for (const std::uint32_t run : runs) {
        if (!ranges.empty() && run <= ranges.back().last + 1)
            ranges.back().last = run;
        else
            ranges.push_back({run, run});
    }
    return ranges;
}

std::string text_of(const std::vector<RunRange>& ranges) {
    std::string text;
    for (const RunRange& range : ranges) {
        if (!text.empty()) text += ',';
        text +=
            range.first == range.last ? fmt::format("{}", range.first) : fmt::format("{}-{}", range.first, range.last);
    }
    return text;
}

std::vector<RunRange> parse_ranges(const std::string& text) {
    std::vector<RunRange> ranges;
    const char *at = text.data(), *const end = text.data() + text.size();
    const auto number = [&] {
        std::uint32_t value = 0;
        const auto read = std::from_chars(at, end, value);
        if (read.ec != std::errc()) throw std::invalid_argument("no ranges of runs: " + text);
        at = read.ptr;
        return value;
    };
    while (at != end) {
        RunRange range{number(), 0};
        range.last = range.first;
        if (at != end && *at == '-') {
            ++at;
            range.last = number();
        }
        if (range.last < range.first || (at != end && *at++ != ','))
            throw std::invalid_argument("no ranges of runs: " + text);
        ranges.push_back(range);
    }
    return ranges;
}

}  // namespace commonweal
