#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/edge_list.hpp"
#include "sim/network/row_reader.hpp"

namespace commonweal {

/// A column of a table that a parameter of the network names.
struct ColumnKey {
    std::string_view key;  ///< the parameter
    std::string name;      ///< its value
};

/// The parameter with the column's name as a person writes it on a command line: source='Person A'.
std::string named_by(std::string_view key, std::string_view column);

/// Numbers of the columns, in the order of the keys. Throws ConfigError for those that there are not: which there are,
/// and which keys and values would name some of them.
std::vector<std::size_t> columns_of(const RowReader& rows, const std::vector<ColumnKey>& wanted);

/// Where the columns of a tie are in an edge list.
struct TieColumns {
    /// Throws ConfigError for a column that there is not. Weights and layers may be missing under their usual names.
    TieColumns(const RowReader& rows, const EdgeListFormat& format);

    bool has(std::size_t column) const noexcept {
        return column == source || column == target || column == weight || column == layer;
    }

    std::size_t source = 0, target = 0;
    std::optional<std::size_t> weight, layer;
};

}  // namespace commonweal
