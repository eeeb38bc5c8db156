#include "sim/scenario/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

/// "15%" is "0.15"; "" for everything else.
std::string meant_number(std::string_view text) {
    if (!text.ends_with('%')) return "";
    double x = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size() - 1, x);
    return read.ptr == text.data() + text.size() - 1 && read.ec == std::errc{} ? fmt::format("{:.10g}", x / 100) : "";
}

/// Who writes "0,4" may mean 0.4.
std::string hint_of_comma(const std::string& key, const std::string& text) {
    const std::size_t comma = text.find(',');
    if (text.find_first_not_of("0123456789,+-") != text.npos || text.find(',', comma + 1) != text.npos) return "";
    return fmt::format("; a decimal number has a point: {}={}.{}", key, text.substr(0, comma), text.substr(comma + 1));
}

Value override_value(const std::string& key, const std::string& text) {
    if (is_sweep(key + "=" + text))
        throw ConfigError(command_line,
                          fmt::format("{}={}: one value belongs here; `commonweal sweep` takes several, and "
                                      "a text with commas needs quotes{}",
                                      key, text, hint_of_comma(key, text)));
    return written_value(key, text, command_line);
}

/// "seed" as "seed.all".
std::string long_form(const std::string& path) {
    return short_for(path).empty() ? path : fmt::format("{}.{}", path, short_for(path));
}

std::string path_of(const std::string& text) { return text.substr(0, text.find('=')); }

constexpr std::array<std::string_view, 4> ways_of_types{"share", "count", "who", "where"};

/// True for a key that chooses the model whose parameters stand in the same table.
bool chooses_model(std::string_view table, std::string_view key) {
    if (table.starts_with("agents.")) return key == "behavior" || key == "strategy";
    if (table == "sanction" || table == "update") return key == "rule";
    return key == "kind" && (table == "network" || table == "subjects" || table.starts_with("policy."));
}

bool replaces(const Document& document, std::string_view table, std::string_view key, const Value& value) {
    const Table* const known = document.find(table);
    const Entry* const former = known ? known->find(key) : nullptr;
    return !former || former->setting.value != value;
}

/// Keys of one command line stand beside each other, whatever their order.
void mark_former_model(Document& document, std::string_view path, const std::string& where) {
    const auto table = std::ranges::find(document.tables, path, &Table::path);
    if (table == document.tables.end()) return;
    for (Entry& entry : table->entries)
        if (entry.setting.where != command_line || where != command_line) entry.of_former_model = true;
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
    if (const std::string number = meant_number(text); !value && !number.empty())
        throw ConfigError(
            where, fmt::format("{0}={1} is not a number as TOML writes it; did you mean {0}={2}?", key, text, number));
    if (!value && looks_like_number(text))
        throw ConfigError(where, fmt::format("{}={} is not a number as TOML writes it: 0.5, 5, 1e-3; whole numbers are "
                                             "below 2^63",
                                             key, text));
    if (!value && text.find_first_of(no_bare_text) == text.npos) value = parse_value(value_text(text), key, where);
    if (!value && text.starts_with('['))
        throw ConfigError(where, fmt::format("{0}={1} is not a TOML value; texts in a list need quotes, which a shell "
                                             "takes away: {0}='[\"...\", \"...\"]'",
                                             key, text));
    if (!value)
        throw ConfigError(where, fmt::format("{}={} is not a TOML value; a text with such signs needs quotes: "
                                             "{}='\"...\"'",
                                             key, text, key));
    return *value;
}

void set_over(Document& document, const Setting& setting) {
    const std::size_t dot = setting.key.rfind('.');
    const std::string table = dot == setting.key.npos ? "" : setting.key.substr(0, dot);
    const std::string key = setting.key.substr(dot + 1);  // npos + 1 is 0
    if (table.starts_with("agents.") && std::ranges::find(ways_of_types, key) != ways_of_types.end())
        for (const std::string_view way : ways_of_types)
            if (way != key && !(setting.where == command_line && document.where(table, way) == command_line))
                document.erase(table, way);
    if (chooses_model(table, key) && replaces(document, table, key, setting.value)) {
        mark_former_model(document, table, setting.where);
        if (key == "behavior") mark_former_model(document, "subjects", setting.where);
    }
    document.set(table, {key, setting.value, setting.where});
}

void set_all_over(Document& document, const std::vector<Setting>& settings) {
    const auto chooses = [](const Setting& setting) {
        const std::size_t dot = setting.key.rfind('.');
        return dot != setting.key.npos && chooses_model(setting.key.substr(0, dot), setting.key.substr(dot + 1));
    };
    for (const bool first : {true, false})
        for (const Setting& setting : settings)
            if (chooses(setting) == first) set_over(document, setting);
}

void check_said_once(const std::vector<std::string>& overrides) {
    for (std::size_t i = 0; i < overrides.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (overrides[i] != overrides[j] && long_form(path_of(overrides[i])) == long_form(path_of(overrides[j])))
                throw ConfigError(
                    command_line,
                    fmt::format("{} is set twice: '{}' and '{}'; several values are a sweep: {}=VALUE,VALUE",
                                path_of(overrides[i]), overrides[j], overrides[i], path_of(overrides[i])));
}

void apply_overrides(Document& document, const std::vector<std::string>& overrides) {
    std::vector<Setting> settings;
    for (const std::string& text : overrides) {
        const std::size_t sign = text.find('=');
        const std::string path = path_of(text);
        check_override_path(sign == text.npos ? "" : path, text);
        settings.push_back({long_form(path), override_value(path, text.substr(sign + 1)), command_line});
    }
    set_all_over(document, settings);
}

}  // namespace commonweal
