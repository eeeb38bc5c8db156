#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace commonweal {

/// Columns of text, each as wide as its longest cell, two spaces apart; no spaces at the ends of lines.
class TextTable {
public:
    enum class Align { left, right };

    /// One column per letter: 'l' or 'r'. `indent` spaces stand before each row.
    explicit TextTable(const std::string& columns, std::size_t indent = 0);

    /// A row has as many cells as there are columns.
    void add(std::vector<std::string> row);

    std::string text() const;

private:
    std::vector<Align> columns_;
    std::size_t indent_;
    std::vector<std::vector<std::string>> rows_;
};

/// The text in lines that are not too long, cut at blanks.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

/// Rows of a long table that are printed: all, or about 20 of them evenly, with the last.
std::vector<std::size_t> shown_rows(std::size_t rows);

}  // namespace commonweal
