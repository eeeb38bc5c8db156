#include "sim/model/parameter.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += {'\\', c};
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (code < 0x20 || code == 0x7f)
            out += fmt::format("\\u{:04X}", code);
        else
            out += c;
    }
    return out + "\"";
}

template <class T, class Text>
std::string list_text(const std::vector<T>& values, const Text& text) {
    std::string out = "[";
    for (std::size_t i = 0; i < values.size(); ++i) out += (i ? ", " : "") + text(values[i]);
    return out + "]";
}

bool within(double x, const ParameterInfo& info) { return info.low <= x && x <= info.high; }  // false for NaN

/// The end of a range; that of all whole numbers as the largest one, not as the power of two that a double makes of it.
std::string end_text(double x) { return x >= 0x1p63 ? "9223372036854775807" : number_text(x); }

std::string range_text(const ParameterInfo& info) {
    const bool whole = info.kind == ValueKind::whole;
    return fmt::format("in [{}, {}]", number_text(info.low), whole ? end_text(info.high) : number_text(info.high));
}

constexpr std::size_t longest_shown = 80;

/// A value for a message: a long one is cut, at the beginning of a character.
std::string shown(const Value& value) {
    std::string text = value_text(value);
    if (text.size() <= longest_shown) return text;
    std::size_t cut = longest_shown;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0u) == 0x80u) --cut;
    return text.substr(0, cut) + "...";
}

Value checked_choice(const Setting& setting, const ParameterInfo& info) {
    const auto* word = std::get_if<std::string>(&setting.value);
    for (std::size_t i = 0; word && i < info.choices.size(); ++i)
        if (info.choices[i] == *word) return static_cast<std::int64_t>(i);
    refuse(setting, info);
}

Value checked_number(const Setting& setting, const ParameterInfo& info) {
    const auto* whole = std::get_if<std::int64_t>(&setting.value);
    const auto* real = std::get_if<double>(&setting.value);
    if (!whole && !real) refuse(setting, info);
    const double x = whole ? static_cast<double>(*whole) : *real;
    if (!within(x, info)) refuse(setting, info);
    return x;
}

Value checked_whole(const Setting& setting, const ParameterInfo& info) {
    const auto* whole = std::get_if<std::int64_t>(&setting.value);
    if (!whole || *whole < 0 || !within(static_cast<double>(*whole), info)) refuse(setting, info);
    return *whole;
}

Value checked_numbers(const Setting& setting, const ParameterInfo& info) {
    const auto* values = std::get_if<std::vector<double>>(&setting.value);
    if (!values) {
        const auto* texts = std::get_if<std::vector<std::string>>(&setting.value);
        if (texts && texts->empty()) return std::vector<double>{};
        refuse(setting, info);
    }
    for (const double x : *values)
        if (!within(x, info)) refuse(setting, info);
    return *values;
}

}  // namespace

std::string number_text(double x) {
    if (x == 0) return "0";  // of either sign
    if (std::isfinite(x) && x == std::floor(x) && std::abs(x) < 1e15) return fmt::format("{:.0f}", x);
    return fmt::format("{}", x);
}

double shortest(float x) { return std::stod(fmt::format("{}", x)); }

std::string value_text(const Value& value) {
    return std::visit(
        []<class T>(const T& v) -> std::string {
            if constexpr (std::is_same_v<T, bool>)
                return v ? "true" : "false";
            else if constexpr (std::is_same_v<T, std::int64_t>)
                return std::to_string(v);
            else if constexpr (std::is_same_v<T, double>)
                return number_text(v);
            else if constexpr (std::is_same_v<T, std::string>)
                return quoted(v);
            else if constexpr (std::is_same_v<T, std::vector<double>>)
                return list_text(v, number_text);
            else
                return list_text(v, [](const std::string& text) { return quoted(text); });
        },
        value);
}

std::string allowed_text(const ParameterInfo& info) {
    const std::string unit = info.unit.empty() || info.unit == "-" ? "" : fmt::format(" [{}]", info.unit);
    switch (info.kind) {
        case ValueKind::number:
            return "a number " + range_text(info) + unit;
        case ValueKind::whole:
            return "a whole number " + range_text(info) + unit;
        case ValueKind::flag:
            return "true or false";
        case ValueKind::text:
            return "a text in quotes";
        case ValueKind::numbers:
            return "a list of numbers " + range_text(info) + unit;
        case ValueKind::texts:
            return R"(a list of texts such as ["a", "b"])";
        case ValueKind::choice:
            break;
    }
    std::string words;
    for (const auto word : info.choices) words += (words.empty() ? "'" : ", '") + std::string(word) + "'";
    return "one of " + words;
}

void refuse(const Setting& setting, const ParameterInfo& info) {
    std::string hint;
    if (const auto* word = std::get_if<std::string>(&setting.value); word && info.kind == ValueKind::choice)
        hint = did_you_mean(*word, {info.choices.begin(), info.choices.end()});
    if (const auto* real = std::get_if<double>(&setting.value);
        real && info.kind == ValueKind::whole && *real == std::floor(*real) && std::abs(*real) < 1e15)
        hint = "; whole numbers are written without point and exponent";
    throw ConfigError(setting.where, fmt::format("{} is {}; it must be {}{}", setting.key, shown(setting.value),
                                                 allowed_text(info), hint));
}

namespace {

bool has_word(std::string_view text, std::string_view word) {
    const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; };
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end]))) return true;
    }
    return false;
}

/// " (did you mean 'enhancement': r, what a pot is multiplied by?)" when the word stands in one meaning alone, else "".
std::string meant(std::string_view word, const std::vector<ParameterInfo>& known) {
    const auto has = [&](const ParameterInfo& info) { return has_word(info.meaning, word); };
    if (word.empty() || std::ranges::count_if(known, has) != 1) return "";
    const ParameterInfo& found = *std::ranges::find_if(known, has);
    return fmt::format(" (did you mean '{}': {}?)", found.name, found.meaning);
}

}  // namespace

bool has_preset(const ParameterInfo& info) {
    return info.kind != ValueKind::whole || !std::holds_alternative<std::string>(info.preset);
}

Value checked(const Setting& setting, const ParameterInfo& info) {
    switch (info.kind) {
        case ValueKind::number:
            return checked_number(setting, info);
        case ValueKind::whole:
            return checked_whole(setting, info);
        case ValueKind::choice:
            return checked_choice(setting, info);
        case ValueKind::numbers:
            return checked_numbers(setting, info);
        case ValueKind::flag:
            if (!std::holds_alternative<bool>(setting.value)) refuse(setting, info);
            return setting.value;
        case ValueKind::text:
            if (!std::holds_alternative<std::string>(setting.value)) refuse(setting, info);
            return setting.value;
        case ValueKind::texts:
            if (const auto* none = std::get_if<std::vector<double>>(&setting.value); none && none->empty())
                return std::vector<std::string>{};
            if (!std::holds_alternative<std::vector<std::string>>(setting.value)) refuse(setting, info);
            return setting.value;
    }
    refuse(setting, info);
}

void refuse_unknown(const Setting& setting, std::string_view model, const std::vector<ParameterInfo>& known) {
    std::vector<std::string> names;
    for (const auto& info : known) names.emplace_back(info.name);
    std::string hint = did_you_mean(setting.key, names);
    if (hint.empty()) hint = meant(setting.key, known);
    throw ConfigError(setting.where, fmt::format("unknown key '{}' in {}{}; known: {}", setting.key, model, hint,
                                                 names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
}

}  // namespace commonweal
