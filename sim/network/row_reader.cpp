#include "sim/network/row_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "sim/core/csv.hpp"
#include "sim/core/error.hpp"

namespace commonweal {

namespace {

constexpr std::size_t longest_row = 1u << 20;
constexpr std::size_t chunk = 4u << 20;

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

char most_frequent_delimiter(std::string_view header) {
    char best = ',';
    for (const char candidate : {';', '\t'})
        if (std::ranges::count(header, candidate) > std::ranges::count(header, best)) best = candidate;
    return best;
}

/// Bytes of the character that begins the text, or 0 when it is not UTF-8 (RFC 3629).
std::size_t character(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return low <= byte(i) && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (0xc2 <= first && first <= 0xdf) return follows(1) ? 2 : 0;
    if (0xe0 <= first && first <= 0xef)
        return follows(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && follows(2) ? 3 : 0;
    if (0xf0 <= first && first <= 0xf4)
        return follows(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

bool is_plain(char c) noexcept {
    const auto code = static_cast<unsigned char>(c);
    return (code >= 0x20 && code < 0x7f) || c == '\t';
}

}  // namespace

bool is_number(std::string_view field, double& value) noexcept {
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value);
    return failure == std::errc{} && end == field.data() + field.size() && std::isfinite(value);
}

RowReader::RowReader(const std::filesystem::path& file)
    : file_(file.string()), in_(std::fopen(file.c_str(), "rb")), buffer_(chunk) {
    std::error_code unknown;
    if (!in_ || std::filesystem::is_directory(file, unknown)) throw IoError(file_, unreadable(file));
    std::string_view text;
    do {
        if (!next_line(text))
            throw ConfigError(file_, "the file is empty; a header line with the names of the columns is needed");
        if (line_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    } while (trimmed(text).empty());
    delimiter_ = most_frequent_delimiter(text);
    check_characters(text);
    split(text);
    header_.assign(fields_.begin(), fields_.end());
    for (std::size_t i = 0; i < header_.size(); ++i) {
        if (header_[i].empty()) refuse(fmt::format("column {} of the header has no name", i + 1));
        if (std::find(header_.begin(), header_.begin() + static_cast<std::ptrdiff_t>(i), header_[i]) - header_.begin() <
            static_cast<std::ptrdiff_t>(i))
            refuse(fmt::format("two columns of the header are named '{}'", header_[i]));
    }
}

bool RowReader::read_more() {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    const std::size_t got = std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, in_.get());
    if (std::ferror(in_.get())) throw IoError(file_, "cannot be read to its end");
    end_ += got;
    return got > 0;
}

bool RowReader::next_line(std::string_view& text) {
    std::size_t searched = 0;
    for (;;) {
        const char* start = buffer_.data() + begin_;
        const void* found =
            end_ > begin_ + searched ? std::memchr(start + searched, '\n', end_ - begin_ - searched) : nullptr;
        const std::size_t size =
            found ? static_cast<std::size_t>(static_cast<const char*>(found) - start) : end_ - begin_;
        if (size > longest_row)
            throw ConfigError(fmt::format("{}:{}", file_, line_ + 1), "the row is longer than 1 MiB");
        if (!found && read_more()) {
            searched = size;
            continue;
        }
        if (!found && size == 0) return false;
        ++line_;
        text = {buffer_.data() + begin_, size};
        begin_ += size + (found ? 1 : 0);
        if (text.ends_with('\r')) text.remove_suffix(1);
        return true;
    }
}

void RowReader::check_characters(std::string_view text) const {
    while (!text.empty()) {
        const std::size_t bytes = character(text);
        const auto first = static_cast<unsigned char>(text.front());
        if (bytes == 0) refuse(fmt::format("byte 0x{:02x} is not UTF-8; save the file as UTF-8", first));
        if (bytes == 1 && !is_plain(text.front()))
            refuse(fmt::format("there is a control character (0x{:02x})", first));
        text.remove_prefix(bytes);
    }
}

void RowReader::split(std::string_view text) {
    fields_.clear();
    if (text.find('"') != text.npos) return split_quoted(text);
    for (;;) {
        const std::size_t end = std::min(text.find(delimiter_), text.size());
        fields_.push_back(trimmed(text.substr(0, end)));
        if (end == text.size()) return;
        text.remove_prefix(end + 1);
    }
}

/// A quoted field holds delimiters, and quotes written twice. All texts go to unquoted_, whose memory does not move.
void RowReader::split_quoted(std::string_view text) {
    unquoted_.clear();
    unquoted_.reserve(text.size());
    std::size_t start = 0;
    bool quoted = false, was_quoted = false;
    const auto end_of_field = [&] {
        const auto field = std::string_view(unquoted_).substr(start);
        fields_.push_back(was_quoted ? field : trimmed(field));
        start = unquoted_.size();
        was_quoted = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
            unquoted_ += text[++i];
        else if (quoted && c == '"')
            quoted = false;
        else if (quoted)
            unquoted_ += c;
        else if (c == '"' && trimmed(std::string_view(unquoted_).substr(start)).empty()) {
            unquoted_.resize(start);
            quoted = was_quoted = true;
        } else if (c == delimiter_)
            end_of_field();
        else if (!was_quoted || c != ' ')
            unquoted_ += c;
    }
    if (quoted) refuse("a quoted field is not closed on its line");
    end_of_field();
}

bool RowReader::next() {
    std::string_view text;
    do {
        if (!next_line(text)) return false;
    } while (text.empty() || (delimiter_ != '\t' && trimmed(text).empty()));
    if (!std::ranges::all_of(text, is_plain)) check_characters(text);
    split(text);
    if (fields_.size() != header_.size())
        refuse(fmt::format("the row has {} field{}, the header {}", fields_.size(), fields_.size() == 1 ? "" : "s",
                           header_.size()));
    return true;
}

bool RowReader::has(std::string_view column) const noexcept {
    return std::ranges::find(header_, column) != header_.end();
}

std::string RowReader::where() const { return fmt::format("{}:{}", file_, line_); }

void RowReader::refuse(const std::string& what) const { throw ConfigError(where(), what); }

}  // namespace commonweal
