#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/sweep/axis.hpp"

namespace commonweal {

/// What is being read, for messages.
struct AxisText {
    const std::string& key;
    const std::string& text;
    const std::string& where;

    /// Throws ConfigError: where, key = text, and the problem.
    [[noreturn]] void refuse(const std::string& problem) const;
};

/// A value as an axis writes it: like TOML, a double always with a point or an exponent, a plain word without quotes.
std::string axis_value_text(const Value& value);

/// A text for a message: a long one is cut, at the beginning of a character.
std::string shown_text(const std::string& text);

/// The values of a call such as range(0,1,0.1). choice is not one of them: its values are a list. Throws ConfigError
/// for an unknown name, and for arguments that the function does not take.
AxisValues function_values(const AxisText& source, std::string_view name, const std::vector<Value>& arguments);

}  // namespace commonweal
