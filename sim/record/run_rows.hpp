#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/record/run_schema.hpp"

namespace commonweal {

/// The columns of a number of runs, as the bytes that a file holds: row after row, little-endian, one NaN for all.
class RunRows {
public:
    /// All values missing: NaN; of whole numbers the smallest of the type.
    RunRows(std::shared_ptr<const RunSchema> schema, std::size_t rows);

    const RunSchema& schema() const noexcept { return *schema_; }
    const std::shared_ptr<const RunSchema>& shared_schema() const noexcept { return schema_; }
    std::size_t rows() const noexcept { return rows_; }

    /// Sets a column of all rows from rows() * cells values, converted to its type.
    template <class T>
    void put(std::string_view column, std::span<const T> values);
    template <class T>
    void put(std::string_view column, const std::vector<T>& values) {
        put(column, std::span<const T>(values));
    }

    std::byte* column(std::size_t index) noexcept { return columns_[index].data(); }
    const std::byte* column(std::size_t index) const noexcept { return columns_[index].data(); }

    /// Bytes of a column in one row.
    std::size_t stride(std::size_t index) const noexcept { return strides_[index]; }

    /// Value of a column in one row, as a double; NaN where it is missing.
    double value(std::size_t index, std::size_t row, std::size_t cell) const;

    /// Digest of all that a row holds: names, shapes, types, and values.
    std::string digest(std::size_t row) const;

    std::uint64_t bytes() const noexcept;

private:
    std::shared_ptr<const RunSchema> schema_;
    std::size_t rows_;
    std::vector<std::size_t> strides_;
    std::vector<std::vector<std::byte>> columns_;
};

/// Rows of one schema, part after part. A single part is moved.
RunRows joined(const std::shared_ptr<const RunSchema>& schema, std::vector<RunRows>& parts);

/// Fills `count` numbers with the sign of a missing value.
void fill_missing(Number type, std::byte* target, std::size_t count) noexcept;

/// The number at an address; NaN when it is missing.
double number_at(Number type, const std::byte* place) noexcept;

}  // namespace commonweal
