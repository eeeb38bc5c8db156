#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/model/parameter.hpp"

/// What a key of a scenario takes in a sweep: 1,2,3 or range(0,1,0.1), and how such a text is read.
namespace commonweal {

/// Values as they were listed.
struct ListedValues {
    std::vector<Value> values;

    std::size_t size() const noexcept { return values.size(); }
    Value value(std::size_t i) const { return values[i]; }
};

/// Whole numbers first + i step, the step taken modulo 2^64.
struct WholeSteps {
    std::int64_t first, step;
    std::size_t count;

    std::size_t size() const noexcept { return count; }
    Value value(std::size_t i) const noexcept;
};

/// Numbers (first + i step) / scale, where all three are whole numbers below 2^53: each value is the double nearest to
/// the exact decimal, so that 3 steps of 0.1 are 0.3 and not 0.30000000000000004.
struct DecimalSteps {
    std::int64_t first, step, scale;
    std::size_t count;

    std::size_t size() const noexcept { return count; }
    Value value(std::size_t i) const noexcept;
};

/// Numbers first + i step with the usual rounding, for those with too many digits for DecimalSteps; `last` is exact.
struct RealSteps {
    double first, step, last;
    std::size_t count;

    std::size_t size() const noexcept { return count; }
    Value value(std::size_t i) const noexcept;
};

/// Numbers of equal ratio from first to last, both exact; those between are rounded to 12 significant digits, so that
/// the steps from 1 to 1000 are 10 and 100.
struct GeometricSteps {
    double first, last;
    std::size_t count;
    bool whole;  ///< true when all values are whole numbers and are to be taken as such

    std::size_t size() const noexcept { return count; }
    double number(std::size_t i) const;
    Value value(std::size_t i) const;
};

/// All numbers between low and high, equally likely.
struct UniformNumbers {
    double low, high;

    Value at(double u) const noexcept;
};

/// All numbers between low and high, whose logarithms are equally likely.
struct LogUniformNumbers {
    double low, high;

    Value at(double u) const noexcept;
};

using AxisValues =
    std::variant<ListedValues, WholeSteps, DecimalSteps, RealSteps, GeometricSteps, UniformNumbers, LogUniformNumbers>;

/// One axis of a sweep: a key of a scenario and what it takes. No values are held but those of a list.
struct Axis {
    std::string key;    ///< "game.mpcr", "agents.leader.share", "seed.all"
    std::string text;   ///< what it takes, in canonical spelling; parse_axis reads it back as the same axis
    std::string where;  ///< for messages: "file:line:column" or "command line"
    AxisValues values;

    /// False for uniform and loguniform, which have no values to count.
    bool finite() const noexcept;

    /// Number of values of a finite axis, else 0.
    std::size_t size() const noexcept;

    /// Value i of a finite axis, for i < size().
    Value value(std::size_t i) const;

    /// The quantile of u in [0, 1]: low + u (high - low) of uniform(low, high), its like on the scale of logarithms
    /// of loguniform(low, high), and value floor(u size()) of a finite axis, all values being equally likely. u = 1
    /// gives the upper end or the last value.
    Value at(double u) const;
};

/// The most values of range, linspace and logspace.
inline constexpr std::int64_t max_axis_values = 10'000'000;

/// Reads what an axis takes:
///     1,2,3              a list: numbers, true, false, texts; a text with a comma, a quote or a bracket needs quotes
///     choice(x,y)        the same
///     range(a,b,step)    a, a + step, ... before b
///     linspace(a,b,n)    n numbers of equal distance, with a and b
///     logspace(a,b,n)    n numbers of equal ratio, with a and b, both above 0; not their exponents
///     integers(a,b)      all whole numbers from a to b
///     uniform(a,b)       any number from a to b; only for designs that sample
///     loguniform(a,b)    the same on the scale of logarithms, 0 < a
/// Numbers are as TOML writes them: 1 is a whole number, 1.0 is not. range, linspace and logspace give whole numbers
/// when their ends (and the step) are whole and all their values are. Throws ConfigError(where) with the key, the
/// text, what is wrong and what is allowed.
Axis parse_axis(const std::string& key, const std::string& text, const std::string& where);

/// The axis that a value of a file says: a text is read as above, a list gives its values, and one value is a list of
/// one. A list of TOML numbers does not tell 1 from 1.0: numbers without a fraction are taken as whole.
Axis axis_of(const Setting& setting);

/// An axis of listed values, in their order. Throws ConfigError when there is none, one is not finite, or one occurs
/// twice.
Axis list_axis(const std::string& key, std::vector<Value> values, const std::string& where);

}  // namespace commonweal
