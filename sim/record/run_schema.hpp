#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/record/number.hpp"

/// What runs leave behind, as named arrays: the one form in which results of every kind of play are written, joined,
/// compared and read again.
namespace commonweal {

/// The values along one axis: whole numbers in equal steps, or texts.
struct Coordinate {
    std::string name, long_name;
    std::int32_t first = 0, step = 1;
    std::uint64_t count = 0;         ///< of numbers; 0 when there are texts
    std::vector<std::string> texts;  ///< empty when there are numbers

    std::uint64_t size() const noexcept { return texts.empty() ? count : texts.size(); }
    bool operator==(const Coordinate&) const = default;
};

/// An array of every run. Its axes, after the run itself, are names of coordinates.
struct Column {
    std::string name;
    Number type = Number::float64;
    std::vector<std::string> axes;
    std::string unit, long_name;

    bool operator==(const Column&) const = default;
};

/// An array that is the same for all runs of one scenario.
struct Constant {
    Column column;
    std::vector<std::int32_t> values;

    bool operator==(const Constant&) const = default;
};

/// A name and a text.
using Label = std::pair<std::string, std::string>;

struct RunSchema {
    std::vector<Coordinate> coordinates;
    std::vector<Column> columns;
    std::vector<Constant> constants;
    std::vector<Label> attributes;  ///< of the whole file
    std::vector<Label> provenance;  ///< how the runs were made

    const Coordinate& coordinate(std::string_view name) const;

    /// Place of a column; throws std::out_of_range without one of that name.
    std::size_t index(std::string_view name) const;

    /// Numbers that a column holds of one run.
    std::uint64_t cells(const Column& column) const;

    /// Bytes of all columns of one run.
    std::uint64_t row_bytes() const;

    bool operator==(const RunSchema&) const = default;
};

/// 0, 1, ... or `first`, `first` + `step`, ...
Coordinate counting(std::string name, std::uint64_t count, std::string long_name, std::int32_t first = 0,
                    std::int32_t step = 1);

}  // namespace commonweal
