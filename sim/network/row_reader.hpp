#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commonweal {

/// Whether the field is a finite number, and which.
bool is_number(std::string_view field, double& value) noexcept;

/// A delimited text table with a header line, read row by row: memory does not grow with the file. The delimiter is the
/// comma, semicolon or tab that occurs most in the header. Fields may be quoted, and hold no line break. Blank lines
/// are skipped, spaces around a field too. Rows are UTF-8 without control characters, and no longer than 1 MiB.
class RowReader {
public:
    /// Throws IoError when the file cannot be read; ConfigError (file:line) when it is empty, or has a column without a
    /// name or two of one name.
    explicit RowReader(const std::filesystem::path& file);

    /// Goes to the next row; false at the end. Throws ConfigError (file:line) for a row that has not as many fields as
    /// the header, an open quote, a control character, a byte that is not UTF-8, or a row that is too long.
    bool next();

    /// The fields of the row, valid until the next one.
    std::span<const std::string_view> fields() const noexcept { return fields_; }
    std::string_view operator[](std::size_t column) const noexcept { return fields_[column]; }

    const std::vector<std::string>& header() const noexcept { return header_; }
    bool has(std::string_view column) const noexcept;

    std::uint64_t line() const noexcept { return line_; }
    const std::string& file() const noexcept { return file_; }

    /// "file:line" of the row, for messages.
    std::string where() const;

private:
    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };

    bool next_line(std::string_view& text);
    bool read_more();
    void check_characters(std::string_view text) const;
    void split(std::string_view text);
    void split_quoted(std::string_view text);
    [[noreturn]] void refuse(const std::string& what) const;

    std::string file_;
    std::unique_ptr<std::FILE, Close> in_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0;  ///< what of the buffer is not yet read
    std::uint64_t line_ = 0;
    char delimiter_ = ',';
    std::vector<std::string> header_;
    std::vector<std::string_view> fields_;
    std::string unquoted_;  ///< texts of the row's quoted fields
};

}  // namespace commonweal
