#include "sim/sweep/criterion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <charconv>
#include <cmath>
#include <limits>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/sweep/moments.hpp"

namespace commonweal {

namespace {

constexpr std::array<std::string_view, 3> measures{"ci", "relative_ci", "se"};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
    throw ConfigError(
        "--until", fmt::format("'{}' {}; it is written 'ci(COLUMN) < NUMBER', with ci, relative_ci or se", text, why));
}

/// The coordinate with texts that the labels of a column are; nullptr without one.
const Coordinate* labels_of(const RunSchema& schema, const Column& column, std::string_view label) {
    for (const std::string& axis : column.axes) {
        const Coordinate& coordinate = schema.coordinate(axis);
        const auto& texts = coordinate.texts;
        if (label.empty() ? axis == "strategy" && texts.size() > 1 : std::ranges::find(texts, label) != texts.end())
            return &coordinate;
    }
    return nullptr;
}

std::vector<std::string> all_labels(const RunSchema& schema, const Column& column) {
    std::vector<std::string> labels;
    for (const std::string& axis : column.axes)
        for (const std::string& text : schema.coordinate(axis).texts) labels.push_back(text);
    return labels;
}

/// Whether a cell of a column, counted with its last axis first, has the label.
bool has_label(const RunSchema& schema, const Column& column, std::string_view label, std::uint64_t cell) {
    for (std::size_t axis = column.axes.size(); axis-- > 0;) {
        const Coordinate& coordinate = schema.coordinate(column.axes[axis]);
        const std::uint64_t at = cell % coordinate.size();
        cell /= coordinate.size();
        if (!coordinate.texts.empty() && coordinate.texts[at] == label) return true;
    }
    return false;
}

}  // namespace

Criterion parse_criterion(const std::string& text) {
    const std::size_t open = text.find('('), close = text.find(')'), sign = text.find('<');
    if (open == text.npos || close == text.npos || sign == text.npos || open > close || close > sign ||
        !trimmed(std::string_view(text).substr(close + 1, sign - close - 1)).empty())
        refuse(text, "is no criterion");
    Criterion criterion;
    const std::string measure(trimmed(std::string_view(text).substr(0, open)));
    const auto known = std::ranges::find(measures, measure);
    if (known == measures.end())
        refuse(text,
               fmt::format("measures '{}'{}", measure, did_you_mean(measure, {measures.begin(), measures.end()})));
    criterion.measure = static_cast<Criterion::Measure>(known - measures.begin());
    criterion.column = std::string(trimmed(std::string_view(text).substr(open + 1, close - open - 1)));
    if (const std::size_t bracket = criterion.column.find('['); bracket != std::string::npos) {
        if (criterion.column.back() != ']' || bracket + 2 > criterion.column.size() - 1)
            refuse(text, "has a bracket without a label in it");
        criterion.label = criterion.column.substr(bracket + 1, criterion.column.size() - bracket - 2);
        criterion.column.resize(bracket);
    }
    const std::string_view number = trimmed(std::string_view(text).substr(sign + 1));
    const auto read = std::from_chars(number.data(), number.data() + number.size(), criterion.below);
    if (read.ec != std::errc() || read.ptr != number.data() + number.size() || !(criterion.below > 0) ||
        !std::isfinite(criterion.below))
        refuse(text, fmt::format("has '{}' where a number above 0 belongs", number));
    criterion.text = fmt::format("{}({}{}) < {}", measure, criterion.column,
                                 criterion.label.empty() ? "" : "[" + criterion.label + "]", criterion.below);
    return criterion;
}

void Criterion::check(const RunSchema& schema) const {
    std::vector<std::string> names;
    for (const Column& known : schema.columns) names.push_back(known.name);
    const auto found = std::ranges::find(names, column);
    if (found == names.end())
        throw ConfigError("--until", fmt::format("'{}' is no column of these runs{}; they have {}", column,
                                                 did_you_mean(column, names), fmt::join(names, ", ")));
    const Column& known = schema.columns[static_cast<std::size_t>(found - names.begin())];
    const Coordinate* const labels = labels_of(schema, known, label);
    if (label.empty() && labels)
        throw ConfigError("--until",
                          fmt::format("{} is of each strategy, and the mean over strategies is always the same: "
                                      "name one, as in {}[{}]; there are {}",
                                      column, column, labels->texts.front(), fmt::join(labels->texts, ", ")));
    if (label.empty() || labels) return;
    const std::vector<std::string> there = all_labels(schema, known);
    throw ConfigError("--until", there.empty() ? fmt::format("{} has no labels, so [{}] has no place", column, label)
                                               : fmt::format("{} has no label '{}'{}; there are {}", column, label,
                                                             did_you_mean(label, there), fmt::join(there, ", ")));
}

double mean_of_cells(const RunRows& rows, std::size_t column, std::size_t row) {
    Moments moments;
    const std::uint64_t cells = rows.schema().cells(rows.schema().columns[column]);
    for (std::uint64_t cell = 0; cell < cells; ++cell) {
        const double x = rows.value(column, row, cell);
        if (x == x) moments.add(x);
    }
    return moments.count() ? moments.spread().mean : std::numeric_limits<double>::quiet_NaN();
}

double Criterion::of(const RunRows& rows, std::size_t row) const {
    const auto& columns = rows.schema().columns;
    const auto found = std::ranges::find(columns, column, &Column::name);
    if (found == columns.end()) return std::numeric_limits<double>::quiet_NaN();
    const auto place = static_cast<std::size_t>(found - columns.begin());
    if (label.empty()) return mean_of_cells(rows, place, row);
    Moments moments;
    const std::uint64_t cells = rows.schema().cells(*found);
    for (std::uint64_t cell = 0; cell < cells; ++cell) {
        const double x = rows.value(place, row, cell);
        if (x == x && has_label(rows.schema(), *found, label, cell)) moments.add(x);
    }
    return moments.count() ? moments.spread().mean : std::numeric_limits<double>::quiet_NaN();
}

bool Criterion::met(const std::vector<std::vector<double>>& runs) const {
    double variance = 0, mean = 0, freedom = 0, strata = 0;
    for (const auto& values : runs) {
        Moments moments;
        for (const double x : values)
            if (x == x) moments.add(x);
        if (moments.count() < 2) return false;
        const double n = static_cast<double>(moments.count());
        variance += moments.spread().sd * moments.spread().sd / n;
        mean += moments.spread().mean;
        freedom += n - 1;
        ++strata;
    }
    const double error = std::sqrt(variance) / strata;
    if (measure == Measure::se) return error < below;
    const double half = error * boost::math::quantile(boost::math::students_t(freedom), 0.975);
    return (measure == Measure::ci ? half : half / std::abs(mean / strata)) < below;
}

}  // namespace commonweal
