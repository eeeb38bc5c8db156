#include "sim/app/run_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/scenario/overrides.hpp"

namespace commonweal {

namespace {

std::optional<std::uint32_t> whole(const std::string& text) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    return value;
}

/// Equal as values of an axis: 1 and 1.0 are, and 0.3 is what linspace makes of it.
bool same(const Value& a, const Value& b) {
    const auto number = [](const Value& value) -> std::optional<double> {
        if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
        if (const auto* real = std::get_if<double>(&value)) return *real;
        return {};
    };
    const auto x = number(a), y = number(b);
    if (!x || !y) return a == b;
    constexpr double close = 1e-9;
    return std::abs(*x - *y) <= close * std::max(std::abs(*x), std::abs(*y));
}

/// What the words say of a run.
class Wanted {
public:
    Wanted(const Design& design, const std::vector<std::string>& words) : design_(design) {
        for (const std::string& word : words) add(word);
    }

    std::uint32_t run() const {
        std::vector<std::uint32_t> found;
        for (std::uint32_t cell = 0; cell < design_.cells(); ++cell)
            if (fits(cell)) found.push_back(cell);
        if (found.empty())
            throw UsageError("no cell of the sweep is so; the first is " + design_.name_of(0) +
                             ", and `commonweal status` shows all that varies");
        if (found.size() > 1)
            throw UsageError(fmt::format("{} cells are so: {}, {}{}; say more of it: {}", found.size(),
                                         design_.name_of(found[0]), design_.name_of(found[1]),
                                         found.size() > 2 ? " and more" : "", fmt::join(not_said(), ", ")));
        return design_.run({.cell = found[0],
                            .instance = number_of("instance", design_.instances()),
                            .replicate = number_of("replicate", design_.replicates())});
    }

private:
    void add(const std::string& word) {
        const std::size_t sign = word.find('=');
        const std::string key = word.substr(0, sign);
        const auto names = known();
        if (sign == word.npos || std::ranges::find(names, key) == names.end())
            throw UsageError(fmt::format("'{}' is neither the number of a run nor what it is{}; known: {}", word,
                                         did_you_mean(key, names), fmt::join(names, ", ")));
        if (!words_.emplace(key, word.substr(sign + 1)).second) throw UsageError(key + " is said twice");
    }

    std::vector<std::string> not_said() const {
        std::vector<std::string> names = known();
        std::erase_if(names, [&](const std::string& name) {
            return words_.contains(name) || name == "instance" || name == "replicate";  // these are no part of a cell
        });
        return names;
    }

    std::vector<std::string> known() const {
        std::vector<std::string> names{"point", "instance", "replicate"};
        if (design_.regimes() > 0) names.emplace_back("regime");
        if (design_.worlds() > 0) names.emplace_back("world");
        const auto& keys = design_.points().keys();
        names.insert(names.end(), keys.begin(), keys.end());
        return names;
    }

    bool fits(std::uint32_t cell) const {
        const auto& keys = design_.points().keys();
        const auto values = design_.points().point(design_.point_of(cell));
        return std::ranges::all_of(words_, [&](const auto& said) {
            const auto& [key, text] = said;
            if (key == "instance" || key == "replicate") return true;
            if (key == "point") return number_of(key, design_.points().size()) == design_.point_of(cell);
            if (key == "regime" || key == "world") {
                const Variant* const variant = key == "regime" ? design_.regime_of(cell) : design_.world_of(cell);
                return variant && variant->name == text;
            }
            const auto at = static_cast<std::size_t>(std::ranges::find(keys, key) - keys.begin());
            return same(values[at], written_value(key, text, command_line));
        });
    }

    std::uint32_t number_of(const std::string& key, std::size_t count) const {
        const auto found = words_.find(key);
        if (found == words_.end()) return 0;
        const auto number = whole(found->second);
        if (!number || *number >= count)
            throw UsageError(fmt::format("{}={}: the sweep has {}s 0 to {}", key, found->second, key, count - 1));
        return *number;
    }

    const Design& design_;
    std::map<std::string, std::string> words_;
};

}  // namespace

std::uint32_t find_run(const Design& design, const std::vector<std::string>& words) {
    if (const auto number = words.size() == 1 ? whole(words[0]) : std::nullopt) {
        if (*number >= design.runs())
            throw UsageError(
                fmt::format("there is no run {}; the design has runs 0 to {}", *number, design.runs() - 1));
        return *number;
    }
    return Wanted(design, words).run();
}

}  // namespace commonweal
