#include "sim/sweep/point_design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "sim/core/csv.hpp"
#include "sim/core/nearest.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/section_list.hpp"
#include "sim/sweep/sobol_sequence.hpp"
#include "sim/sweep/unit_design.hpp"

namespace commonweal {

namespace {

using Kind = DesignOptions::Kind;

constexpr std::array<std::string_view, 7> kind_names{"grid", "zip", "lhs", "sobol", "saltelli", "morris", "table"};
constexpr std::array sampling{Kind::lhs, Kind::sobol, Kind::saltelli, Kind::morris};

constexpr std::uint64_t max_points = INT32_MAX;
constexpr std::uint64_t max_cells = 100'000'000;  ///< points times axes that a Latin hypercube holds

bool samples(Kind kind) { return std::ranges::find(sampling, kind) != sampling.end(); }

std::string list_of(const auto& names) {
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

/// One option: whether it was given, and which kinds use it.
struct Use {
    std::string_view option;
    bool given;
    std::vector<Kind> kinds;
};

std::vector<Use> uses(const DesignOptions& options) {
    return {{"points", options.points.has_value(), {Kind::lhs, Kind::sobol, Kind::saltelli}},
            {"trajectories", options.trajectories.has_value(), {Kind::morris}},
            {"levels", options.levels.has_value(), {Kind::morris}},
            {"second_order", options.second_order.has_value(), {Kind::saltelli}},
            {"seed", options.seed.has_value(), {sampling.begin(), sampling.end()}},
            {"file", options.file.has_value(), {Kind::table}}};
}

void check_used(const DesignOptions& options, const std::string& where) {
    for (const Use& use : uses(options)) {
        if (!use.given || std::ranges::find(use.kinds, options.kind) != use.kinds.end()) continue;
        std::vector<std::string_view> names;
        for (const Kind kind : use.kinds) names.push_back(kind_name(kind));
        throw ConfigError(where, fmt::format("{} does not use '{}'; it is an option of {}", kind_name(options.kind),
                                             use.option, list_of(names)));
    }
}

/// A count that a kind needs: at least 1, and at most `most`.
std::uint64_t count_of(const DesignOptions& options, std::string_view option, std::optional<std::uint64_t> given,
                       std::uint64_t most, const std::string& where) {
    const std::string_view kind = kind_name(options.kind);
    if (!given) throw ConfigError(where, fmt::format("{} needs '{}', a whole number in [1, {}]", kind, option, most));
    if (*given < 1 || *given > most)
        throw ConfigError(where, fmt::format("{} of {} is {}; here it must be a whole number in [1, {}]", option, kind,
                                             *given, most));
    return *given;
}

/// seed.all for seed: the names of some tables stand for one of their keys.
std::string long_form(const std::string& key) {
    const std::string_view rest = short_for(key);
    return rest.empty() ? key : key + "." + std::string(rest);
}

/// Throws ConfigError for a key that is no path of names, or that occurred before.
class Keys {
public:
    void add(const std::string& key, const std::string& where) {
        check_path(key, where);
        const auto [before, is_new] = first_.emplace(long_form(key), key);
        if (is_new) return;
        const std::string same = before->second == key ? "" : fmt::format(" (as {})", before->second);
        throw ConfigError(where, fmt::format("{} occurs twice{}; a key has one axis", key, same));
    }

private:
    static void check_path(const std::string& key, const std::string& where) {
        std::size_t begin = 0;
        while (begin <= key.size()) {
            const std::size_t end = std::min(key.find('.', begin), key.size());
            if (!bare_name(std::string_view(key).substr(begin, end - begin)))
                throw ConfigError(where, fmt::format("'{}' is not a key of the form key or table.key", key));
            begin = end + 1;
        }
    }

    std::unordered_map<std::string, std::string> first_;  ///< long form -> as it was written
};

void check_countable(const std::vector<Axis>& axes, Kind kind) {
    for (const Axis& axis : axes)
        if (!axis.finite())
            throw ConfigError(
                axis.where,
                fmt::format("{}={}: {} takes values one by one, and there are none to count here; write "
                            "linspace(a,b,n), or choose a design that samples: lhs, sobol, saltelli, morris",
                            axis.key, axis.text, kind_name(kind)));
}

std::size_t grid_size(const std::vector<Axis>& axes, const std::string& where) {
    check_countable(axes, Kind::grid);
    std::uint64_t product = 1;
    for (const Axis& axis : axes) {
        if (axis.size() > max_points / product) {
            std::string sizes;
            for (const Axis& each : axes)
                sizes += fmt::format("{}{} has {}", sizes.empty() ? "" : ", ", each.key, each.size());
            throw ConfigError(where, fmt::format("the grid has more than {} points: {}", max_points, sizes));
        }
        product *= axis.size();
    }
    return product;
}

std::size_t zip_size(const std::vector<Axis>& axes, const std::string& where) {
    check_countable(axes, Kind::zip);
    if (axes.empty()) throw ConfigError(where, "zip needs at least one axis");
    const std::size_t size = axes[0].size();
    if (std::ranges::any_of(axes, [&](const Axis& axis) { return axis.size() != size; })) {
        std::string sizes;
        for (const Axis& axis : axes)
            sizes += fmt::format("{}{} has {}", sizes.empty() ? "" : ", ", axis.key, axis.size());
        throw ConfigError(where, "zip needs axes of the same number of values: " + sizes);
    }
    if (size > max_points) throw ConfigError(where, fmt::format("zip has {} points; at most {}", size, max_points));
    return size;
}

void check_dimensions(const DesignOptions& options, std::size_t dimensions, const std::string& where) {
    if (dimensions > SobolSequence::most_dimensions())
        throw ConfigError(where, fmt::format("{} needs {} dimensions of the Sobol sequence, which has {}",
                                             kind_name(options.kind), dimensions, SobolSequence::most_dimensions()));
}

std::shared_ptr<const UnitDesign> morris_of(const std::vector<Axis>& axes, const DesignOptions& options,
                                            const std::string& where) {
    for (const Axis& axis : axes)
        if (axis.finite() && axis.size() == 1)
            throw ConfigError(axis.where, fmt::format("{}={}: one value has no effect that morris could measure",
                                                      axis.key, axis.text));
    const std::uint64_t most = max_points / (axes.size() + 1);
    const std::uint64_t trajectories = count_of(options, "trajectories", options.trajectories, most, where);
    const std::uint32_t levels = options.levels.value_or(4);
    constexpr std::uint32_t most_levels = 1u << 16;
    if (levels < 2 || levels > most_levels || levels % 2 != 0)
        throw ConfigError(
            where, fmt::format("levels of morris is {}; it must be an even number in [2, {}]", levels, most_levels));
    return morris(static_cast<std::uint32_t>(trajectories), levels, axes.size(), options.seed.value_or(0));
}

std::shared_ptr<const UnitDesign> sampled(const std::vector<Axis>& axes, const DesignOptions& options,
                                          const std::string& where) {
    const std::string_view kind = kind_name(options.kind);
    const std::size_t k = axes.size();
    const std::uint64_t seed = options.seed.value_or(0);
    if (k == 0) throw ConfigError(where, fmt::format("{} needs at least one axis", kind));
    const auto points = [&](std::uint64_t most) {
        return static_cast<std::uint32_t>(count_of(options, "points", options.points, most, where));
    };
    if (options.kind == Kind::lhs) return latin_hypercube(points(max_cells / k), k, seed);
    if (options.kind == Kind::morris) return morris_of(axes, options, where);
    if (options.kind == Kind::sobol) {
        check_dimensions(options, k, where);
        return shifted_sobol(points(max_points), k, seed);
    }
    check_dimensions(options, 2 * k, where);
    const bool second_order = options.second_order.value_or(false);
    return saltelli(points(max_points / (second_order ? 2 * k + 2 : k + 2)), k, second_order, seed);
}

/// The points of a table. Its keys are those of the header.
struct Cells {
    std::vector<std::string> keys;
    std::vector<Value> values;  ///< [row, column]
    std::size_t rows;
};

Value cell_value(const CsvTable& table, std::size_t row, std::size_t column) {
    const std::string& key = table.header()[column];
    const std::string& text = table.text(row, column);
    if (text.empty()) throw ConfigError(table.where(row), key + " is empty; each point needs a value of each key");
    Value value = written_value(key, text, table.where(row));
    if (const auto* real = std::get_if<double>(&value); real && !std::isfinite(*real))
        throw ConfigError(table.where(row), fmt::format("{} is {}; it must be finite", key, text));
    return value;
}

Cells read_cells(const std::string& file) {
    const CsvTable table(file);
    Keys keys;
    for (const std::string& key : table.header()) keys.add(key, file + ":1");
    if (table.rows() == 0) throw ConfigError(file, "the table has a header and no points");
    Cells cells{table.header(), {}, table.rows()};
    for (std::size_t row = 0; row < table.rows(); ++row)
        for (std::size_t column = 0; column < table.header().size(); ++column)
            cells.values.push_back(cell_value(table, row, column));
    return cells;
}

/// Value number i of a grid: the last axis changes fastest.
void fill_from_grid(const std::vector<Axis>& axes, std::size_t i, std::vector<Value>& values) {
    for (std::size_t axis = axes.size(); axis-- > 0; i /= axes[axis].size())
        values[axis] = axes[axis].value(i % axes[axis].size());
}

}  // namespace

std::string_view kind_name(DesignOptions::Kind kind) noexcept { return kind_names[static_cast<std::size_t>(kind)]; }

DesignOptions::Kind parse_kind(const std::string& name, const std::string& where) {
    const auto found = std::ranges::find(kind_names, name);
    if (found != kind_names.end()) return static_cast<Kind>(found - kind_names.begin());
    throw ConfigError(where,
                      fmt::format("unknown design '{}'{}; known: {}", name,
                                  did_you_mean(name, {kind_names.begin(), kind_names.end()}), list_of(kind_names)));
}

PointDesign::PointDesign(std::vector<Axis> axes, const DesignOptions& options, const std::string& where)
    : axes_(std::move(axes)), options_(options) {
    check_used(options, where);
    Keys keys;
    for (const Axis& axis : axes_) {
        keys.add(axis.key, axis.where);
        keys_.push_back(axis.key);
    }
    if (options.kind == Kind::table) {
        if (!options.file) throw ConfigError(where, "table needs 'file', the path of a CSV file of points");
        if (!axes_.empty())
            throw ConfigError(axes_[0].where,
                              axes_[0].key + " has several values; with a table, put them into its file");
        Cells cells = read_cells(*options.file);
        keys_ = std::move(cells.keys);
        cells_ = std::move(cells.values);
        size_ = cells.rows;
    } else if (samples(options.kind)) {
        unit_ = sampled(axes_, options, where);
        size_ = unit_->size();
    } else {
        size_ = options.kind == Kind::grid ? grid_size(axes_, where) : zip_size(axes_, where);
    }
}

std::vector<Value> PointDesign::point(std::size_t i) const {
    assert(i < size_);
    std::vector<Value> values(keys_.size());
    if (unit_) {
        std::vector<double> coordinates(keys_.size());
        unit_->point(i, coordinates);
        for (std::size_t axis = 0; axis < values.size(); ++axis) values[axis] = axes_[axis].at(coordinates[axis]);
    } else if (options_.kind == Kind::grid) {
        fill_from_grid(axes_, i, values);
    } else if (options_.kind == Kind::zip) {
        for (std::size_t axis = 0; axis < values.size(); ++axis) values[axis] = axes_[axis].value(i);
    } else {
        const auto row = cells_.begin() + static_cast<std::ptrdiff_t>(i * keys_.size());
        std::copy_n(row, keys_.size(), values.begin());
    }
    return values;
}

}  // namespace commonweal
