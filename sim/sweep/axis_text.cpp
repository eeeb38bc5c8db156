#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "sim/scenario/overrides.hpp"
#include "sim/sweep/axis.hpp"
#include "sim/sweep/axis_function.hpp"

namespace commonweal {

namespace {

constexpr double exact_doubles = 0x1p53;  ///< whole numbers up to here are doubles

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Walks over a text and tells which signs stand in no quotes and no brackets.
class OpenSigns {
public:
    /// True when `sign` stands in the open. To be called for each sign in turn.
    bool open(char sign) {
        if (quote_ != 0) {
            if (escaped_)
                escaped_ = false;
            else if (sign == '\\' && quote_ == '"')
                escaped_ = true;
            else if (sign == quote_)
                quote_ = 0;
            return false;
        }
        if (sign == '"' || sign == '\'') quote_ = sign;
        if (sign == ')' || sign == ']' || sign == '}') --depth_;
        const bool open = quote_ == 0 && depth_ <= 0;
        if (sign == '(' || sign == '[' || sign == '{') ++depth_;
        return open;
    }

private:
    char quote_ = 0;
    bool escaped_ = false;
    int depth_ = 0;
};

/// Where the text is cut by commas in the open, without the blanks around.
std::vector<std::string> items_of(std::string_view text) {
    std::vector<std::string> items;
    OpenSigns signs;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!signs.open(text[i]) || text[i] != ',') continue;
        items.emplace_back(trimmed(text.substr(begin, i - begin)));
        begin = i + 1;
    }
    items.emplace_back(trimmed(text.substr(begin)));
    return items;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The word before a '(' with which a text begins, else "".
std::string_view function_name(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && (is_letter(text[end]) || (end > 0 && is_digit(text[end])))) ++end;
    return end < text.size() && text[end] == '(' ? text.substr(0, end) : std::string_view{};
}

/// Equal for equal values: 1 and 1.0 are.
std::string identity(const Value& value) {
    const auto* real = std::get_if<double>(&value);
    if (real && *real == std::floor(*real) && std::abs(*real) <= exact_doubles)
        return std::to_string(static_cast<std::int64_t>(*real));
    return std::holds_alternative<std::string>(value) ? value_text(value) : axis_value_text(value);
}

bool is_finite(const Value& value) {
    if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real);
    if (const auto* reals = std::get_if<std::vector<double>>(&value))
        return std::ranges::all_of(*reals, [](double x) { return std::isfinite(x); });
    return true;
}

/// Items that are not empty, as values.
std::vector<Value> values_of(const AxisText& source, const std::vector<std::string>& items) {
    std::vector<Value> all;
    for (const std::string& item : items) {
        if (item.empty())
            source.refuse(
                fmt::format("value {} of {} is empty; an empty text is written \"\"", all.size() + 1, items.size()));
        all.push_back(written_value(source.key, item, source.where));
    }
    return all;
}

/// What stands between the parentheses of a function.
std::string_view between_parentheses(const AxisText& source, std::string_view text, std::string_view name) {
    OpenSigns signs;
    std::size_t end = name.size();
    for (std::size_t i = 0; i < text.size(); ++i)
        if (signs.open(text[i]) && text[i] == ')') {
            end = i;
            break;
        }
    if (end == name.size()) source.refuse(fmt::format("the ')' of {} is missing", name));
    if (end + 1 != text.size()) source.refuse(fmt::format("nothing may follow the ')' of {}", name));
    return text.substr(name.size() + 1, end - name.size() - 1);
}

}  // namespace

Axis list_axis(const std::string& key, std::vector<Value> values, const std::string& where) {
    if (values.empty()) throw ConfigError(where, key + " is an empty list; a sweep needs at least one value");
    std::unordered_set<std::string> known;
    std::string text;
    for (const Value& value : values) {
        if (!is_finite(value))
            throw ConfigError(
                where, fmt::format("{} has the value {}; it must be finite", key, shown_text(axis_value_text(value))));
        if (!known.insert(identity(value)).second)
            throw ConfigError(where, fmt::format("{} has the value {} twice", key, shown_text(axis_value_text(value))));
        text += (text.empty() ? "" : ",") + axis_value_text(value);
    }
    return {key, text, where, ListedValues{std::move(values)}};
}

Axis parse_axis(const std::string& key, const std::string& text, const std::string& where) {
    const AxisText source{key, text, where};
    const std::string_view body = trimmed(text);
    const std::string name(function_name(body));
    if (name.empty()) return list_axis(key, values_of(source, items_of(body)), where);
    const auto arguments = values_of(source, items_of(between_parentheses(source, body, name)));
    if (name == "choice") return list_axis(key, arguments, where);
    std::vector<std::string> texts;
    for (const Value& argument : arguments) texts.push_back(axis_value_text(argument));
    return {key, fmt::format("{}({})", name, fmt::join(texts, ",")), where, function_values(source, name, arguments)};
}

Axis axis_of(const Setting& setting) {
    if (const auto* text = std::get_if<std::string>(&setting.value))
        return parse_axis(setting.key, *text, setting.where);
    std::vector<Value> values;
    if (const auto* texts = std::get_if<std::vector<std::string>>(&setting.value)) {
        values.assign(texts->begin(), texts->end());
    } else if (const auto* numbers = std::get_if<std::vector<double>>(&setting.value)) {
        for (const double x : *numbers)
            if (x == std::floor(x) && std::abs(x) <= exact_doubles)
                values.emplace_back(static_cast<std::int64_t>(x));
            else
                values.emplace_back(x);
    } else {
        values.push_back(setting.value);
    }
    return list_axis(setting.key, std::move(values), setting.where);
}

}  // namespace commonweal
