#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/record/number.hpp"

namespace commonweal {

/// Adds a text as a field of RFC 4180: in quotes when it needs them.
void add_field(fmt::memory_buffer& line, std::string_view text);

/// Adds the number at an address as the shortest decimal that reads back the same; nothing when it is missing.
void add_field(fmt::memory_buffer& line, Number type, const std::byte* place);

/// One CSV file being written beside its final name. Without publish() nothing is left.
class CsvFile {
public:
    /// Throws IoError when the file cannot be created.
    explicit CsvFile(std::filesystem::path path);
    ~CsvFile();
    CsvFile(const CsvFile&) = delete;
    CsvFile& operator=(const CsvFile&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }

    /// What is not written yet; rows are added here, and each is ended by end_row().
    fmt::memory_buffer& line() noexcept { return line_; }
    void end_row();

    /// Writes what is left and closes the file. Throws IoError.
    void close();

    /// Gives the closed file its final name. Throws IoError.
    void publish();

private:
    void write();
    [[noreturn]] void fail(int reason) const;

    std::filesystem::path path_, partial_;
    int descriptor_ = -1;
    bool published_ = false;
    fmt::memory_buffer line_;
};

}  // namespace commonweal
