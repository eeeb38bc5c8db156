#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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

/// "1 run", "3 runs".
std::string counted(std::uint64_t count, std::string_view thing);

/// A standard deviation between runs; "-" for one run, which has none.
std::string spread_text(double sd, std::uint64_t runs, int decimals = 3);

/// The text in lines that are not too long, cut at blanks.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

/// Rows of a long table that are printed: all, or about 20 of them evenly, with the last.
std::vector<std::size_t> shown_rows(std::size_t rows);

}  // namespace commonweal
