#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/record/run_rows.hpp"

namespace commonweal {

/// For every place on an axis its place on a wider one that has all its values.
std::vector<std::uint32_t> places(const Coordinate& axis, const Coordinate& all);

/// One schema for runs of several: where sizes, axes or columns differ between scenarios, it has room for all, and what
/// a run does not have is missing. Axes of numbers reach over all numbers; axes of texts have all texts.
class SchemaUnion {
public:
    /// The place of a schema among those that were added; equal ones are one. first_run: the smallest number of its
    /// runs. What differs is joined in the order of these, so that it does not matter which schema was added first.
    std::size_t add(const std::shared_ptr<const RunSchema>& schema, std::uint32_t first_run = 0);

    /// After the last add(): the schema with room for all.
    const RunSchema& joined();

    /// True when some schema leaves cells of this column of joined() empty.
    bool has_holes(std::size_t column) const { return targets_[column].holes; }

    /// Writes what a row of one schema has of a column of joined() to `target`, the bytes of that column in one row.
    /// Cells that the row does not have are left alone.
    void place(std::size_t source, const RunRows& rows, std::size_t row, std::size_t column, std::byte* target) const;

private:
    struct Origin {
        std::size_t column = 0;
        bool constant = false;             ///< of a Constant, not of a Column
        bool same = false;                 ///< equal type and shape
        std::vector<std::uint32_t> cells;  ///< [cell of the source]: cell of the target, unless `same`
    };
    struct Target {
        std::vector<std::optional<Origin>> origins;  ///< [source]
        bool holes = false;
    };
    void put_in_order();
    void join_coordinates();
    void join_columns();
    void join_constants();
    void join_labels();
    void add_column(const Column& column);
    std::vector<std::uint32_t> cells_of(const RunSchema& source, const Column& to) const;
    void find_origins();

    std::vector<std::shared_ptr<const RunSchema>> sources_;
    std::vector<std::uint32_t> first_runs_;                   ///< [source]
    std::vector<std::shared_ptr<const RunSchema>> in_order_;  ///< the sources by their first runs
    RunSchema joined_;
    std::vector<Target> targets_;
    bool done_ = false;
};

}  // namespace commonweal
