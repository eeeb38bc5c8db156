#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace commonweal {

/// Why a file that could not be opened cannot be read: "cannot be read: there is no such file".
std::string unreadable(const std::filesystem::path& file);

/// A delimited text table with one header line, as RFC 4180 writes it: the delimiter is the comma, semicolon or tab
/// that occurs most in the header; fields may be quoted. Kept as text; numbers are converted when they are asked for.
class CsvTable {
public:
    /// Throws IoError when the file cannot be read, ConfigError (file:line) when a row has not as many fields as the
    /// header, a quote is not closed, or the file is empty.
    explicit CsvTable(const std::filesystem::path& file);

    std::size_t rows() const noexcept { return lines_.size(); }
    const std::vector<std::string>& header() const noexcept { return header_; }
    bool has(const std::string& column) const;

    /// Number of a column. Throws ConfigError that lists the columns there are, and the nearest name.
    std::size_t column(const std::string& name) const;

    const std::string& text(std::size_t row, std::size_t column) const { return cells_[row * header_.size() + column]; }

    /// The field as a finite number in [low, high]. Throws ConfigError with file:line, column, the text, and the range.
    double number(std::size_t row, std::size_t column, double low, double high) const;

    /// "file:line" of a row, for messages.
    std::string where(std::size_t row) const;

private:
    void split(const std::string& text);

    std::string file_;
    char delimiter_ = ',';
    std::vector<std::string> header_;
    std::vector<std::string> cells_;  ///< [row, column]
    std::vector<std::size_t> lines_;  ///< [row], line of the file on which it begins
};

}  // namespace commonweal
