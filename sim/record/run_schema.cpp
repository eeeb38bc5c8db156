#include "sim/record/run_schema.hpp"

#include <algorithm>
#include <stdexcept>

namespace commonweal {

const Coordinate& RunSchema::coordinate(std::string_view name) const {
    const auto found = std::ranges::find(coordinates, name, &Coordinate::name);
    if (found == coordinates.end()) throw std::out_of_range("no coordinate " + std::string(name));
    return *found;
}

std::size_t RunSchema::index(std::string_view name) const {
    const auto found = std::ranges::find(columns, name, &Column::name);
    if (found == columns.end()) throw std::out_of_range("no column " + std::string(name));
    return static_cast<std::size_t>(found - columns.begin());
}

std::uint64_t RunSchema::cells(const Column& column) const {
    std::uint64_t all = 1;
    for (const auto& axis : column.axes) all *= coordinate(axis).size();
    return all;
}

std::uint64_t RunSchema::row_bytes() const {
    std::uint64_t all = 0;
    for (const Column& column : columns) all += cells(column) * bytes_of(column.type);
    return all;
}

Coordinate counting(std::string name, std::uint64_t count, std::string long_name, std::int32_t first,
                    std::int32_t step) {
    return {std::move(name), std::move(long_name), first, step, count, {}};
}

}  // namespace commonweal
