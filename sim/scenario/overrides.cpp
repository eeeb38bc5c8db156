#include "sim/scenario/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

constexpr std::string_view no_bare_text = "\"'[]{}(),=#";

/// True for 05, .5 or a whole number beyond 64 bits: meant as a number, but none in TOML.
bool looks_like_number(std::string_view text) {
    if (text.find_first_of("0123456789.+-") != 0) return false;
    if (text[0] == '+') text.remove_prefix(1);
    double x = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), x);
    return read.ptr == text.data() + text.size() && read.ec != std::errc::invalid_argument;
}

Value override_value(const std::string& key, const std::string& text) {
    if (is_sweep(key + "=" + text))
        throw ConfigError(command_line,
                          fmt::format("{}={}: one value belongs here; `commonweal sweep` takes several, and "
                                      "a text with commas needs quotes",
                                      key, text));
    return written_value(key, text, command_line);
}

/// "agents.selfish.share" as table "agents.selfish" and key "share"; "seed" as "seed" and "all".
std::pair<std::string, std::string> split(const std::string& path) {
    if (!short_for(path).empty()) return {path, std::string(short_for(path))};
    const std::size_t dot = path.rfind('.');
    if (dot == path.npos) return {"", path};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

}  // namespace

bool is_sweep(std::string_view text) {
    const std::size_t sign = text.find('=');
    if (sign == text.npos) return false;
    const std::string_view value = text.substr(sign + 1);
    char quote = 0;
    int depth = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (quote) {
            if (c == '\\' && quote == '"')
                ++i;
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (depth == 0 &&
                   (c == ',' || (c == '(' && i > 0 && std::isalnum(static_cast<unsigned char>(value[i - 1]))))) {
            return true;
        }
    }
    return false;
}

void check_override_path(const std::string& path, const std::string& text) {
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        if (!bare_name(std::string_view(path).substr(begin, end - begin)))
            throw ConfigError(command_line, fmt::format("'{}' is not of the form key=value or table.key=value", text));
        begin = end + 1;
    }
}

Value written_value(const std::string& key, const std::string& text, const std::string& where) {
    if (text.find_first_not_of(' ') == text.npos)
        throw ConfigError(where, fmt::format("{}= has no value; an empty text is written {}='\"\"'", key, key));
    if (text.find('\n') != text.npos) throw ConfigError(where, key + " has a value of more than one line");
    auto value = parse_value(text, key, where);
    if (!value && looks_like_number(text))
        throw ConfigError(where, fmt::format("{}={} is not a number as TOML writes it: 0.5, 5, 1e-3; whole numbers are "
                                             "below 2^63",
                                             key, text));
    if (!value && text.find_first_of(no_bare_text) == text.npos) value = parse_value(value_text(text), key, where);
    if (!value)
        throw ConfigError(where, fmt::format("{}={} is not a TOML value; a text with such signs needs quotes: "
                                             "{}='\"...\"'",
                                             key, text, key));
    return *value;
}

void apply_overrides(Document& document, const std::vector<std::string>& overrides) {
    for (const std::string& text : overrides) {
        const std::size_t sign = text.find('=');
        const std::string path = text.substr(0, sign);
        check_override_path(sign == text.npos ? "" : path, text);
        const auto [table, key] = split(path);
        document.set(table, {key, override_value(path, text.substr(sign + 1)), command_line});
    }
}

}  // namespace commonweal
