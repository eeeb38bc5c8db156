#include "sim/network/column_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/shell_word.hpp"
#include "sim/network/spelling.hpp"

namespace commonweal {

namespace {

/// The name as a value of a scenario: in quotes where it would be taken for something else than a text.
std::string value_of(std::string_view name) {
    const bool special = name.find_first_of("\"'[]{}(),=#\\") != name.npos ||
                         std::string_view("0123456789.+-").find(name.front()) != name.npos || name == "true" ||
                         name == "false" || name == "inf" || name == "nan";
    if (!special) return std::string(name);
    std::string quoted = "\"";
    for (const char c : name) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return quoted + "\"";
}

/// The column that may be meant by a key: one whose name is near; without one, for what every table has, the first that
/// is named like no other key. Empty when there is none.
std::string meant_by(const ColumnKey& key, const std::vector<std::string>& free) {
    std::vector<std::string> plain;
    for (const std::string& column : free) plain.push_back(without_spelling(column));
    const std::string near = nearest(without_spelling(key.name), plain);
    if (!near.empty()) return free[static_cast<std::size_t>(std::ranges::find(plain, near) - plain.begin())];
    if (key.key == "weight" || key.key == "layer") return "";
    const auto first = std::ranges::find_if(free, [](const std::string& column) {
        const std::string name = without_spelling(column);
        return name != "weight" && name != "layer";
    });
    return first == free.end() ? "" : *first;
}

[[noreturn]] void refuse_missing(const RowReader& rows, const std::vector<ColumnKey>& wanted) {
    std::vector<std::string> free = rows.header(), missing, proposed;
    for (const ColumnKey& one : wanted) std::erase(free, one.name);
    for (const ColumnKey& one : wanted) {
        if (rows.has(one.name)) continue;
        missing.push_back(fmt::format("no column '{}'", one.name));
        const std::string column = meant_by(one, free);
        if (column.empty()) continue;
        proposed.push_back(named_by(one.key, column));
        std::erase(free, column);
    }
    const std::string more = proposed.empty()
                                 ? ""
                                 : fmt::format("; write {} to name {} (a scenario has {} under [network])",
                                               fmt::join(proposed, " "), proposed.size() == 1 ? "another" : "others",
                                               proposed.size() == 1 ? "this key" : "these keys");
    throw ConfigError(rows.file(), fmt::format("there is {}; the columns are: {}{}", fmt::join(missing, " and "),
                                               fmt::join(rows.header(), ", "), more));
}

}  // namespace

std::string named_by(std::string_view key, std::string_view column) {
    return fmt::format("{}={}", key, shell_word(value_of(column)));
}

std::vector<std::size_t> columns_of(const RowReader& rows, const std::vector<ColumnKey>& wanted) {
    std::vector<std::size_t> numbers;
    for (const ColumnKey& one : wanted) {
        if (!rows.has(one.name)) refuse_missing(rows, wanted);
        numbers.push_back(static_cast<std::size_t>(std::ranges::find(rows.header(), one.name) - rows.header().begin()));
    }
    return numbers;
}

TieColumns::TieColumns(const RowReader& rows, const EdgeListFormat& format) {
    std::vector<ColumnKey> wanted{{"source", format.source}, {"target", format.target}};
    const bool weighted = format.weight != EdgeListFormat{}.weight || rows.has(format.weight),
               layered = format.layer != EdgeListFormat{}.layer || rows.has(format.layer);
    if (weighted) wanted.push_back({"weight", format.weight});
    if (layered) wanted.push_back({"layer", format.layer});
    const auto found = columns_of(rows, wanted);
    source = found[0];
    target = found[1];
    if (weighted) weight = found[2];
    if (layered) layer = found.back();
}

}  // namespace commonweal
