#include "sim/record/run_rows.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "sim/core/digest.hpp"

namespace commonweal {

static_assert(std::endian::native == std::endian::little, "digests and files are little-endian");

namespace {

template <class Stored, class T>
void convert(std::span<const T> values, std::byte* target) noexcept {
    for (const T value : values) {
        auto stored = static_cast<Stored>(value);
        if (is_missing(stored)) stored = missing_of<Stored>();  // one NaN for all
        std::memcpy(target, &stored, sizeof stored);
        target += sizeof stored;
    }
}

}  // namespace

RunRows::RunRows(std::shared_ptr<const RunSchema> schema, std::size_t rows)
    : schema_(std::move(schema)), rows_(rows), columns_(schema_->columns.size()) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Column& column = schema_->columns[i];
        strides_.push_back(schema_->cells(column) * bytes_of(column.type));
        columns_[i].resize(rows * strides_[i]);
        fill_missing(column.type, columns_[i].data(), rows * schema_->cells(column));
    }
}

template <class T>
void RunRows::put(std::string_view name, std::span<const T> values) {
    const std::size_t at = schema_->index(name);
    const Number type = schema_->columns[at].type;
    if (values.size() * bytes_of(type) != columns_[at].size())
        throw std::logic_error("column " + std::string(name) + " has another size");
    with_type(type, [&]<class Stored>(Stored) { convert<Stored>(values, columns_[at].data()); });
}

template void RunRows::put(std::string_view, std::span<const float>);
template void RunRows::put(std::string_view, std::span<const double>);
template void RunRows::put(std::string_view, std::span<const std::int32_t>);

double RunRows::value(std::size_t index, std::size_t row, std::size_t cell) const {
    const Number type = schema_->columns[index].type;
    return number_at(type, columns_[index].data() + row * strides_[index] + cell * bytes_of(type));
}

std::string RunRows::digest(std::size_t row) const {
    Digest digest;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Column& column = schema_->columns[i];
        digest.add(column.name).add(&column.type, sizeof column.type);
        for (const auto& axis : column.axes) {
            const std::uint64_t size = schema_->coordinate(axis).size();
            digest.add(axis).add(&size, sizeof size);
        }
        digest.add(columns_[i].data() + row * strides_[i], strides_[i]);
    }
    return digest.hex();
}

std::uint64_t RunRows::bytes() const noexcept {
    std::uint64_t all = 0;
    for (const auto& column : columns_) all += column.size();
    return all;
}

RunRows joined(const std::shared_ptr<const RunSchema>& schema, std::vector<RunRows>& parts) {
    if (parts.size() == 1) return std::move(parts.front());
    std::size_t count = 0;
    for (const RunRows& part : parts) count += part.rows();
    RunRows all(schema, count);
    std::size_t at = 0;
    for (const RunRows& part : parts) {
        for (std::size_t i = 0; i < schema->columns.size(); ++i)
            if (const std::size_t size = part.rows() * part.stride(i))
                std::memcpy(all.column(i) + at * all.stride(i), part.column(i), size);
        at += part.rows();
    }
    return all;
}

void fill_missing(Number type, std::byte* target, std::size_t count) noexcept {
    with_type(type, [&]<class Stored>(Stored) {
        const Stored missing = missing_of<Stored>();
        for (std::size_t i = 0; i < count; ++i) std::memcpy(target + i * sizeof missing, &missing, sizeof missing);
    });
}

double number_at(Number type, const std::byte* place) noexcept {
    return with_type(type, [&]<class Stored>(Stored) {
        Stored value;
        std::memcpy(&value, place, sizeof value);
        return is_missing(value) ? missing_of<double>() : static_cast<double>(value);
    });
}

}  // namespace commonweal
