#include "sim/network/table_remarks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sim/core/nearest.hpp"
#include "sim/network/column_keys.hpp"
#include "sim/network/spelling.hpp"

namespace commonweal {

namespace {

constexpr std::size_t rows_looked_at = 1000, ties_looked_at = 1'000'000;

/// A column of an edge list that is not used, by the first rows of the file.
struct UnusedColumn {
    std::string name;
    std::size_t column;
    bool full = true, numbers = true;  ///< every field has a text; and it is a number of at least 0
    std::set<std::string, std::less<>> texts = {};

    void look_at(std::string_view field) {
        double value = 0;
        full = full && !field.empty();
        numbers = numbers && is_number(field, value) && value >= 0;
        if (!numbers && !texts.contains(field)) texts.emplace(field);
    }
};

std::vector<UnusedColumn> unused_columns(const std::filesystem::path& file, const EdgeListFormat& format,
                                         bool& weighted, bool& layered) {
    RowReader rows(file);
    const TieColumns used(rows, format);
    weighted = used.weight.has_value();
    layered = used.layer.has_value();
    std::vector<UnusedColumn> unused;
    for (std::size_t column = 0; column < rows.header().size(); ++column)
        if (!used.has(column)) unused.push_back({rows.header()[column], column});
    if (unused.empty() || (weighted && layered)) return {};
    std::size_t looked_at = 0;
    for (; looked_at < rows_looked_at && rows.next(); ++looked_at)
        for (UnusedColumn& one : unused) one.look_at(rows[one.column]);
    for (UnusedColumn& one : unused) one.full = one.full && looked_at > 0 && 2 * one.texts.size() <= looked_at;
    return unused;
}

bool is_near(const UnusedColumn& one, const std::string& name) {
    return !nearest(without_spelling(one.name), {name, name + "s"}).empty();
}

/// The column that may be the weight or the layer: by its name, else by what it holds.
const UnusedColumn* candidate(const std::vector<UnusedColumn>& unused, const std::string& key,
                              const UnusedColumn* taken) {
    for (const UnusedColumn& one : unused)
        if (&one != taken && is_near(one, key)) return &one;
    for (const UnusedColumn& one : unused)
        if (&one != taken && one.full && one.numbers == (key == "weight")) return &one;
    return nullptr;
}

std::string unused_remark(const std::filesystem::path& file, const EdgeListFormat& format, std::string_view keys) {
    bool weighted = false, layered = false;
    const auto unused = unused_columns(file, format, weighted, layered);
    const UnusedColumn* const layer = layered ? nullptr : candidate(unused, "layer", nullptr);
    const UnusedColumn* const weight = weighted ? nullptr : candidate(unused, "weight", layer);
    if (!layer && !weight) return "";
    std::vector<std::string> names, proposed;
    for (const UnusedColumn& one : unused) names.push_back(one.name);
    if (layer) proposed.push_back(std::string(keys) + named_by("layer", layer->name) + " would read the layers");
    if (weight) proposed.push_back(std::string(keys) + named_by("weight", weight->name) + " would read the weights");
    return fmt::format("{}: column{} not used: {}; {}", file.string(), names.size() == 1 ? " that is" : "s that are",
                       fmt::join(names, ", "), fmt::join(proposed, ", "));
}

std::string alike_remark(const std::filesystem::path& file, const std::string& where, std::string_view thing,
                         const Spellings& spellings) {
    std::size_t more = 0;
    const std::string alike = spellings.alike(thing, more);
    if (alike.empty()) return "";
    const std::string others = more == 0 ? "" : fmt::format(" ({} more like this)", more);
    return fmt::format("{}: {} {} differ only in capitals or spaces, and are kept apart{}", file.string(), where, alike,
                       others);
}

/// Names of agents that differ in spelling only, in the first ties: without a table nothing else would tell.
std::string agent_remark(const std::filesystem::path& file, const EdgeListFormat& format) {
    RowReader rows(file);
    const TieColumns used(rows, format);
    Spellings names;
    for (std::size_t row = 0; row < ties_looked_at && rows.next(); ++row) {
        names.add(rows[used.source]);
        names.add(rows[used.target]);
    }
    return alike_remark(file, "the agents", "tie", names);
}

/// Layers that differ in spelling from each other, or from the line on which agents of organizations report.
std::vector<std::string> layer_remarks(const std::filesystem::path& file, const EdgeListFormat& format) {
    RowReader rows(file);
    const TieColumns used(rows, format);
    if (!used.layer) return {};
    Spellings layers;
    while (rows.next()) layers.add(rows[*used.layer]);
    std::vector<std::string> remarks{alike_remark(file, "the layers", "tie", layers)};
    const std::string line = layers.like("line");
    if (!line.empty())
        remarks.push_back(
            fmt::format("{}: the layer '{}' is not read as the line of organizations; the name for that "
                        "is 'line'",
                        file.string(), line));
    return remarks;
}

std::vector<std::string> without_empty(std::vector<std::string> remarks) {
    std::erase(remarks, "");
    return remarks;
}

/// Columns that organizations read under another spelling.
std::vector<std::string> organization_remarks(const RowReader& rows, std::size_t id) {
    const std::vector<std::string> known{"organization", "unit", "role", "level"};
    std::vector<std::string> names = rows.header(), remarks;
    names.erase(names.begin() + static_cast<std::ptrdiff_t>(id));
    if (std::ranges::none_of(names, [](const auto& name) { return without_spelling(name) == "organization"; }))
        return {};
    for (const std::string& name : names) {
        const std::string plain = without_spelling(name);
        if (plain != name && std::ranges::count(known, plain) > 0 && !rows.has(plain))
            remarks.push_back(
                fmt::format("{}: column '{}' is not read as the {} of an agent; the name for that is '{}'", rows.file(),
                            name, plain, plain));
    }
    return remarks;
}

}  // namespace

std::vector<std::string> edge_list_remarks(const std::filesystem::path& file, const EdgeListFormat& format,
                                           std::string_view keys) {
    std::vector<std::string> remarks = layer_remarks(file, format);
    remarks.insert(remarks.begin(), unused_remark(file, format, keys));
    remarks.push_back(agent_remark(file, format));
    return without_empty(std::move(remarks));
}

std::vector<std::string> agent_table_remarks(const std::filesystem::path& file, const std::string& id) {
    RowReader rows(file);
    const std::size_t id_column = columns_of(rows, {{"id", id}}).front();
    std::vector<std::string> remarks = organization_remarks(rows, id_column);
    std::vector<Spellings> columns(rows.header().size());
    double ignored = 0;
    while (rows.next())
        for (std::size_t column = 0; column < columns.size(); ++column)
            if (column != id_column && !is_number(rows[column], ignored)) columns[column].add(rows[column]);
    for (std::size_t column = 0; column < columns.size(); ++column)
        remarks.push_back(alike_remark(file, fmt::format("in column '{}' the values", rows.header()[column]), "agent",
                                       columns[column]));
    return without_empty(std::move(remarks));
}

}  // namespace commonweal
