#include "sim/core/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

std::string unreadable(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) return "cannot be read: it is a folder";
    return std::filesystem::exists(file, ignored) ? "cannot be read" : "cannot be read: there is no such file";
}

namespace {

std::string read_all(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(file, ignored)) throw IoError(file.string(), unreadable(file));
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) throw IoError(file.string(), "cannot be read to its end");
    std::string all = text.str();
    if (all.starts_with("\xEF\xBB\xBF")) all.erase(0, 3);
    return all;
}

char most_frequent_delimiter(const std::string& text) {
    const std::string header = text.substr(0, text.find('\n'));
    char best = ',';
    for (const char candidate : {';', '\t'})
        if (std::count(header.begin(), header.end(), candidate) > std::count(header.begin(), header.end(), best))
            best = candidate;
    return best;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

CsvTable::CsvTable(const std::filesystem::path& file) : file_(file.string()) {
    const std::string text = read_all(file);
    delimiter_ = most_frequent_delimiter(text);
    split(text);
    if (header_.empty())
        throw ConfigError(file_, "the file is empty; a header line with the names of the columns is needed");
}

void CsvTable::split(const std::string& text) {
    std::vector<std::string> fields(1);
    std::size_t line = 1, first_line = 1;
    bool quoted = false, was_quoted = false;
    const auto end_of_row = [&] {
        const bool blank = fields.size() == 1 && fields[0].empty() && !was_quoted;
        if (!blank && header_.empty()) {
            for (auto& field : fields) header_.push_back(trimmed(field));
        } else if (!blank) {
            if (fields.size() != header_.size())
                throw ConfigError(fmt::format("{}:{}", file_, first_line),
                                  fmt::format("the row has {} fields, the header {}", fields.size(), header_.size()));
            for (auto& field : fields) cells_.push_back(trimmed(field));
            lines_.push_back(first_line);
        }
        fields.assign(1, "");
        was_quoted = false;
        first_line = line;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') ++line;
        if (quoted) {
            if (c != '"')
                fields.back() += c;
            else if (i + 1 < text.size() && text[i + 1] == '"')
                fields.back() += text[++i];
            else
                quoted = false;
        } else if (c == '"' && fields.back().empty()) {
            quoted = was_quoted = true;
        } else if (c == delimiter_) {
            fields.emplace_back();
        } else if (c == '\n') {
            end_of_row();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    if (quoted) throw ConfigError(fmt::format("{}:{}", file_, first_line), "a quoted field is not closed");
    end_of_row();
}

bool CsvTable::has(const std::string& column) const {
    return std::find(header_.begin(), header_.end(), column) != header_.end();
}

std::size_t CsvTable::column(const std::string& name) const {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found != header_.end()) return static_cast<std::size_t>(found - header_.begin());
    std::string names;
    for (const auto& known : header_) names += (names.empty() ? "" : ", ") + known;
    throw ConfigError(
        file_, fmt::format("there is no column '{}'{}; the columns are: {}", name, did_you_mean(name, header_), names));
}

double CsvTable::number(std::size_t row, std::size_t column, double low, double high) const {
    const std::string& field = text(row, column);
    double value = 0;
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value);
    const bool parsed = failure == std::errc{} && end == field.data() + field.size();
    if (!parsed || !(low <= value && value <= high))
        throw ConfigError(
            where(row), fmt::format("{} is '{}'; it must be a number in [{}, {}]", header_[column], field, low, high));
    return value;
}

std::string CsvTable::where(std::size_t row) const { return fmt::format("{}:{}", file_, lines_[row]); }

}  // namespace commonweal
