#include "sim/record/schema_union.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace commonweal {

namespace {

template <class Items>
auto find(Items& items, std::string_view name) {
    return std::ranges::find_if(items, [&](const auto& item) { return item.name == name; });
}

/// The narrowest type that holds the values of both.
Number wider(Number a, Number b) {
    if (a == b) return a;
    if (a > b) std::swap(a, b);
    if (a == Number::int32 && b == Number::float32) return Number::float64;
    return b;
}

std::int32_t last_of(const Coordinate& axis) {
    return axis.first + static_cast<std::int32_t>(axis.count - 1) * axis.step;
}

/// Widens `all` so that it has the values of `axis` as well.
void widen(Coordinate& all, const Coordinate& axis) {
    for (const auto& text : axis.texts)
        if (std::ranges::find(all.texts, text) == all.texts.end()) all.texts.push_back(text);
    if (!axis.texts.empty() || axis.count == 0) return;
    if (all.count == 0) {
        all = axis;
        return;
    }
    const std::int32_t first = std::min(all.first, axis.first), last = std::max(last_of(all), last_of(axis));
    std::int32_t step = std::gcd(all.first - first, axis.first - first);
    if (all.count > 1) step = std::gcd(step, all.step);
    if (axis.count > 1) step = std::gcd(step, axis.step);
    all.first = first;
    all.step = std::max(step, 1);
    all.count = static_cast<std::uint64_t>((last - first) / all.step) + 1;
}

void put_number(Number type, double value, std::byte* target) {
    with_type(type, [&]<class Stored>(Stored) {
        const auto stored = static_cast<Stored>(value);
        std::memcpy(target, &stored, sizeof stored);
    });
}

}  // namespace

std::vector<std::uint32_t> places(const Coordinate& axis, const Coordinate& all) {
    std::vector<std::uint32_t> found;
    for (const auto& text : axis.texts)
        found.push_back(static_cast<std::uint32_t>(std::ranges::find(all.texts, text) - all.texts.begin()));
    for (std::uint64_t i = 0; axis.texts.empty() && i < axis.count; ++i)
        found.push_back(
            static_cast<std::uint32_t>((axis.first + static_cast<std::int32_t>(i) * axis.step - all.first) / all.step));
    return found;
}

std::size_t SchemaUnion::add(const std::shared_ptr<const RunSchema>& schema, std::uint32_t first_run) {
    const auto old =
        std::ranges::find_if(sources_, [&](const auto& known) { return known == schema || *known == *schema; });
    const auto place = static_cast<std::size_t>(old - sources_.begin());
    if (old == sources_.end()) {
        sources_.push_back(schema);
        first_runs_.push_back(first_run);
    }
    first_runs_[place] = std::min(first_runs_[place], first_run);
    return place;
}

void SchemaUnion::put_in_order() {
    std::vector<std::size_t> order(sources_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::size_t source) { return first_runs_[source]; });
    for (const std::size_t source : order) in_order_.push_back(sources_[source]);
}

const RunSchema& SchemaUnion::joined() {
    if (done_) return joined_;
    done_ = true;
    put_in_order();
    join_coordinates();
    join_columns();
    join_constants();
    join_labels();
    find_origins();
    return joined_;
}

void SchemaUnion::join_coordinates() {
    for (const auto& source : in_order_)
        for (const Coordinate& axis : source->coordinates) {
            const auto known = find(joined_.coordinates, axis.name);
            if (known == joined_.coordinates.end())
                joined_.coordinates.push_back(axis);
            else
                widen(*known, axis);
        }
}

void SchemaUnion::add_column(const Column& column) {
    const auto known = find(joined_.columns, column.name);
    if (known == joined_.columns.end())
        joined_.columns.push_back(column);
    else
        known->type = wider(known->type, column.type);
}

void SchemaUnion::join_columns() {
    for (const auto& source : in_order_)
        for (const Column& column : source->columns) add_column(column);
}

/// What is the same in all sources stays as it is; the rest becomes a column of the runs.
void SchemaUnion::join_constants() {
    if (sources_.empty()) return;
    for (const auto& source : in_order_)
        for (const Constant& constant : source->constants) {
            const auto has_it = [&](const auto& other) {
                return std::ranges::find(other->constants, constant) != other->constants.end();
            };
            const bool same =
                std::ranges::all_of(sources_, has_it) && joined_.cells(constant.column) == constant.values.size();
            if (!same)
                add_column(constant.column);
            else if (std::ranges::find(joined_.constants, constant) == joined_.constants.end())
                joined_.constants.push_back(constant);
        }
}

/// Labels that differ are told one after the other.
void SchemaUnion::join_labels() {
    const auto join = [](std::vector<Label>& all, const std::vector<Label>& labels) {
        for (const auto& [name, text] : labels) {
            const auto known = std::ranges::find(all, name, &Label::first);
            if (known == all.end())
                all.emplace_back(name, text);
            else if (("; " + known->second + "; ").find("; " + text + "; ") == std::string::npos)
                known->second += "; " + text;
        }
    };
    for (const auto& source : in_order_) {
        join(joined_.attributes, source->attributes);
        join(joined_.provenance, source->provenance);
    }
}

std::vector<std::uint32_t> SchemaUnion::cells_of(const RunSchema& source, const Column& to) const {
    std::vector<std::uint32_t> cells{0};
    for (const auto& name : to.axes) {
        const Coordinate& all = joined_.coordinate(name);
        const auto own = places(source.coordinate(name), all);
        std::vector<std::uint32_t> finer;
        finer.reserve(cells.size() * own.size());
        for (const std::uint32_t cell : cells)
            for (const std::uint32_t place : own)
                finer.push_back(cell * static_cast<std::uint32_t>(all.size()) + place);
        cells = std::move(finer);
    }
    return cells;
}

void SchemaUnion::find_origins() {
    targets_.resize(joined_.columns.size());
    for (std::size_t i = 0; i < targets_.size(); ++i) {
        const Column& to = joined_.columns[i];
        for (const auto& source : sources_) {
            std::optional<Origin> origin;
            if (const auto own = find(source->columns, to.name); own != source->columns.end()) {
                origin = Origin{static_cast<std::size_t>(own - source->columns.begin()), false, false,
                                cells_of(*source, to)};
                origin->same = own->type == to.type && origin->cells.size() == joined_.cells(to);
            } else {
                const auto fixed = std::ranges::find_if(
                    source->constants, [&](const Constant& constant) { return constant.column.name == to.name; });
                if (fixed != source->constants.end())
                    origin = Origin{static_cast<std::size_t>(fixed - source->constants.begin()), true, false,
                                    cells_of(*source, to)};
            }
            if (!origin || origin->cells.size() < joined_.cells(to)) targets_[i].holes = true;
            if (origin && origin->same) origin->cells.clear();
            targets_[i].origins.push_back(std::move(origin));
        }
    }
}

void SchemaUnion::place(std::size_t source, const RunRows& rows, std::size_t row, std::size_t column,
                        std::byte* target) const {
    const auto& origin = targets_[column].origins[source];
    if (!origin) return;
    const Number type = joined_.columns[column].type;
    if (origin->constant) {
        const auto& values = sources_[source]->constants[origin->column].values;
        for (std::size_t i = 0; i < values.size(); ++i)
            put_number(type, values[i], target + origin->cells[i] * bytes_of(type));
        return;
    }
    const std::size_t stride = rows.stride(origin->column);
    const std::byte* const from = rows.column(origin->column) + row * stride;
    if (origin->same) {
        std::memcpy(target, from, stride);
        return;
    }
    const Number own = sources_[source]->columns[origin->column].type;
    for (std::size_t i = 0; i < origin->cells.size(); ++i) {
        std::byte* const to = target + origin->cells[i] * bytes_of(type);
        const std::byte* const value = from + i * bytes_of(own);
        if (own == type)
            std::memcpy(to, value, bytes_of(type));
        else if (const double x = number_at(own, value); x == x)
            put_number(type, x, to);
    }
}

}  // namespace commonweal
