#include "sim/app/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace commonweal {

namespace {

/// Characters of a UTF-8 text: all bytes but those that go on with one.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

}  // namespace

TextTable::TextTable(const std::string& columns, std::size_t indent) : indent_(indent) {
    for (const char c : columns) columns_.push_back(c == 'r' ? Align::right : Align::left);
}

void TextTable::add(std::vector<std::string> row) {
    assert(row.size() == columns_.size());
    rows_.push_back(std::move(row));
}

std::string TextTable::text() const {
    std::vector<std::size_t> widths(columns_.size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    std::string text;
    for (const auto& row : rows_) {
        std::string line(indent_, ' ');
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string pad(widths[i] - width_of(row[i]), ' ');
            line += (i ? "  " : "") + (columns_[i] == Align::right ? pad + row[i] : row[i] + pad);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string counted(std::uint64_t count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string spread_text(double sd, std::uint64_t runs, int decimals) {
    return runs < 2 ? "-" : fmt::format("{:.{}f}", sd, decimals);
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
    std::vector<std::string> lines(1);
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        if (!lines.back().empty() && lines.back().size() + 1 + word.size() > width) lines.emplace_back();
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        begin = end + 1;
    }
    return lines;
}

std::vector<std::size_t> shown_rows(std::size_t rows) {
    constexpr std::size_t most = 21;
    std::vector<std::size_t> which;
    const std::size_t step = std::max<std::size_t>(1, (rows + most - 2) / (most - 1));
    for (std::size_t row = 0; row < rows; row += step) which.push_back(row);
    if (!which.empty() && which.back() != rows - 1) which.push_back(rows - 1);
    return which;
}

}  // namespace commonweal
