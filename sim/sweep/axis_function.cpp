#include "sim/sweep/axis_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t exact_doubles = std::int64_t{1} << 53;  ///< whole numbers up to here are doubles

bool below_2_53(Wide x) { return -exact_doubles < x && x < exact_doubles; }

/// A double as TOML writes it, so that it is read back as one: 1.0, 0.1, 1e-09.
std::string real_text(double x) {
    std::string text = fmt::format("{}", x);
    return std::isfinite(x) && text.find_first_of(".e") == text.npos ? text + ".0" : text;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool needs_no_quotes(std::string_view text) {
    if (text.empty() || !is_letter(text[0]) || text == "true" || text == "false" || text == "inf" || text == "nan")
        return false;
    return std::ranges::all_of(
        text, [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-'; });
}

/// A number between the parentheses of a function.
struct Number {
    Value value;
    double real;

    bool whole() const { return std::holds_alternative<std::int64_t>(value); }
    std::int64_t integer() const { return std::get<std::int64_t>(value); }
    std::string text() const { return axis_value_text(value); }

    bool operator<(const Number& other) const {
        return whole() && other.whole() ? integer() < other.integer() : real < other.real;
    }
};

/// digits / 10^places: the shortest decimal that reads back as the number.
struct Decimal {
    std::int64_t digits;
    int places;
};

Decimal decimal_of(const Number& number) {
    if (number.whole()) return {number.integer(), 0};
    std::array<char, 32> buffer;
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number.real, std::chars_format::scientific).ptr;
    const std::string text(buffer.data(), end);  // -1.25e-03
    const std::size_t e = text.find('e');
    std::string digits = text.substr(0, e);
    int places = -std::stoi(text.substr(e + 1));
    if (const std::size_t point = digits.find('.'); point != digits.npos) {
        places += static_cast<int>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    return {std::stoll(digits), places};
}

/// Numbers as whole multiples of 1 / scale, all below 2^53; nothing when they have too many digits.
struct Scaled {
    std::vector<std::int64_t> multiples;
    std::int64_t scale;
};

std::optional<Scaled> on_one_scale(std::span<const Number> numbers) {
    int places = 0;
    for (const Number& number : numbers) places = std::max(places, decimal_of(number).places);
    constexpr int most_places = 15;  // 10^15 < 2^53
    if (places > most_places) return {};
    Scaled scaled{{}, 1};
    for (int i = 0; i < places; ++i) scaled.scale *= 10;
    for (const Number& number : numbers) {
        auto [multiple, own] = decimal_of(number);
        for (; own < places; ++own) {
            if (!below_2_53(Wide{multiple} * 10)) return {};
            multiple *= 10;
        }
        if (!below_2_53(multiple)) return {};
        scaled.multiples.push_back(multiple);
    }
    return scaled;
}

Number number_of(const AxisText& source, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return {value, static_cast<double>(*integer)};
    const auto* real = std::get_if<double>(&value);
    if (!real || !std::isfinite(*real)) source.refuse(fmt::format("{} is not a finite number", axis_value_text(value)));
    return {value, *real};
}

/// The n of linspace and logspace.
std::size_t count_of(const AxisText& source, const Value& value) {
    const auto* n = std::get_if<std::int64_t>(&value);
    if (!n || *n < 1 || *n > max_axis_values)
        source.refuse(
            fmt::format("n is {}; it must be a whole number in [1, {}]", axis_value_text(value), max_axis_values));
    return static_cast<std::size_t>(*n);
}

/// For numbers without an exact form: the step must change the larger end by more than its rounding.
void check_step(const AxisText& source, double step, double first, double last) {
    if (!(std::abs(step) > 0x1p-50 * std::max(std::abs(first), std::abs(last))))
        source.refuse("the values are too close to be told apart");
}

AxisValues range_of(const AxisText& source, const std::vector<Value>& values) {
    const std::array numbers{number_of(source, values[0]), number_of(source, values[1]), number_of(source, values[2])};
    const auto& [first, stop, step] = numbers;
    if (step.real == 0) source.refuse("the step is 0");
    if (!(first < stop) && !(stop < first))
        source.refuse(fmt::format("there is no value from {} to before {}", first.text(), stop.text()));
    if ((first < stop) != (step.real > 0))
        source.refuse(fmt::format("a step of {} does not lead from {} to {}", step.text(), first.text(), stop.text()));
    const auto check = [&](auto count) {
        if (!(count <= static_cast<decltype(count)>(max_axis_values)))
            source.refuse(fmt::format("there are more than {} values", max_axis_values));
        return static_cast<std::size_t>(count);
    };
    const auto steps = [](std::int64_t a, std::int64_t b, std::int64_t s) {  // ceil((b - a) / s)
        return (Wide{b} - a + s - (s > 0 ? 1 : -1)) / s;
    };
    if (first.whole() && stop.whole() && step.whole())
        return WholeSteps{first.integer(), step.integer(),
                          check(steps(first.integer(), stop.integer(), step.integer()))};
    if (const auto scaled = on_one_scale(numbers)) {
        const auto& m = scaled->multiples;
        return DecimalSteps{m[0], m[2], scaled->scale, check(steps(m[0], m[1], m[2]))};
    }
    check_step(source, step.real, first.real, stop.real);
    constexpr double rounding = 1e-6;  // of a step: the stop itself is not a value
    const double exact_count = stop.real / step.real - first.real / step.real;
    const std::size_t count = check(std::max(1.0, std::ceil(exact_count - rounding)));
    return RealSteps{first.real, step.real, first.real + static_cast<double>(count - 1) * step.real, count};
}

/// (first + i step) / scale with whole numbers below 2^53, when there are such.
std::optional<DecimalSteps> decimal_steps(std::span<const Number> ends, std::size_t count) {
    const auto scaled = on_one_scale(ends);
    if (!scaled) return {};
    const std::int64_t first = scaled->multiples[0], distance = scaled->multiples[1] - first;
    const auto gaps = static_cast<std::int64_t>(count - 1);
    const std::int64_t common = std::gcd(gaps, distance);
    const Wide factor = gaps / common;
    const Wide scale = factor * scaled->scale;
    if (!below_2_53(scale) || !below_2_53(factor * first) || !below_2_53(factor * scaled->multiples[1])) return {};
    return DecimalSteps{static_cast<std::int64_t>(factor * first), distance / common, static_cast<std::int64_t>(scale),
                        count};
}

AxisValues linspace_of(const AxisText& source, const std::vector<Value>& values) {
    const std::array ends{number_of(source, values[0]), number_of(source, values[1])};
    const std::size_t count = count_of(source, values[2]);
    const auto& [first, last] = ends;
    if (count == 1) return ListedValues{{first.value}};
    if (!(first < last) && !(last < first))
        source.refuse(fmt::format("both ends are {}, and {} values are asked for", first.text(), count));
    if (first.whole() && last.whole()) {
        const Wide distance = Wide{last.integer()} - first.integer(), gaps = static_cast<Wide>(count - 1);
        if (distance % gaps == 0) return WholeSteps{first.integer(), static_cast<std::int64_t>(distance / gaps), count};
    }
    if (const auto steps = decimal_steps(ends, count)) return *steps;
    const auto gaps = static_cast<double>(count - 1);
    const double step = last.real / gaps - first.real / gaps;
    check_step(source, step, first.real, last.real);
    return RealSteps{first.real, step, last.real, count};
}

void check_positive(const AxisText& source, const Number& number) {
    if (number.real < DBL_MIN)
        source.refuse(fmt::format("{} is not above 0, as a scale of logarithms needs", number.text()));
}

AxisValues logspace_of(const AxisText& source, const std::vector<Value>& values) {
    const Number first = number_of(source, values[0]), last = number_of(source, values[1]);
    const std::size_t count = count_of(source, values[2]);
    check_positive(source, first);
    check_positive(source, last);
    if (count == 1) return ListedValues{{first.value}};
    if (!(first < last) && !(last < first))
        source.refuse(fmt::format("both ends are {}, and {} values are asked for", first.text(), count));
    GeometricSteps steps{first.real, last.real, count, false};
    constexpr double least_ratio = 1e-11;  // values keep 12 digits
    if (!(std::abs(last.real / first.real - 1) > least_ratio * static_cast<double>(count - 1)))
        source.refuse("the values are too close to be told apart");
    const auto all_whole = [&] {
        const auto largest = static_cast<double>(exact_doubles);
        if (!first.whole() || !last.whole() || first.real > largest || last.real > largest) return false;
        for (std::size_t i = 0; i < count; ++i)
            if (const double x = steps.number(i); x != std::floor(x)) return false;
        return true;
    };
    steps.whole = all_whole();
    return steps;
}

AxisValues integers_of(const AxisText& source, const std::vector<Value>& values) {
    const Number low = number_of(source, values[0]), high = number_of(source, values[1]);
    if (!low.whole() || !high.whole())
        source.refuse(fmt::format("{} is not a whole number", low.whole() ? high.text() : low.text()));
    const Wide count = Wide{high.integer()} - low.integer() + 1;
    if (count < 1) source.refuse(fmt::format("{} is above {}; the lower end comes first", low.text(), high.text()));
    if (count > exact_doubles) source.refuse("there are more than 2^53 whole numbers between the ends");
    return WholeSteps{low.integer(), 1, static_cast<std::size_t>(count)};
}

AxisValues uniform_of(const AxisText& source, const std::vector<Value>& values) {
    const Number low = number_of(source, values[0]), high = number_of(source, values[1]);
    if (!(low.real < high.real)) source.refuse(fmt::format("{} is not below {}", low.text(), high.text()));
    if (!std::isfinite(high.real - low.real)) source.refuse("the distance of the ends is too large for a number");
    return UniformNumbers{low.real, high.real};
}

AxisValues loguniform_of(const AxisText& source, const std::vector<Value>& values) {
    const Number low = number_of(source, values[0]), high = number_of(source, values[1]);
    check_positive(source, low);
    if (!(low.real < high.real)) source.refuse(fmt::format("{} is not below {}", low.text(), high.text()));
    return LogUniformNumbers{low.real, high.real};
}

struct Function {
    std::string_view name, form;
    std::size_t arguments;
    AxisValues (*values)(const AxisText&, const std::vector<Value>&);
};

constexpr std::array functions{
    Function{"range", "range(a,b,step)", 3, range_of},
    Function{"linspace", "linspace(a,b,n)", 3, linspace_of},
    Function{"logspace", "logspace(a,b,n)", 3, logspace_of},
    Function{"integers", "integers(a,b)", 2, integers_of},
    Function{"uniform", "uniform(a,b)", 2, uniform_of},
    Function{"loguniform", "loguniform(a,b)", 2, loguniform_of},
};

[[noreturn]] void refuse_name(const AxisText& source, std::string_view name) {
    std::vector<std::string> known{"choice"};
    for (const Function& function : functions) known.emplace_back(function.name);
    source.refuse(fmt::format("unknown '{}'{}; known: {}; a text with parentheses needs quotes", name,
                              did_you_mean(name, known), fmt::join(known, ", ")));
}

constexpr std::size_t longest_shown = 80;

}  // namespace

void AxisText::refuse(const std::string& problem) const {
    throw ConfigError(where, fmt::format("{}={}: {}", key, shown_text(text), problem));
}

std::string axis_value_text(const Value& value) {
    if (const auto* real = std::get_if<double>(&value)) return real_text(*real);
    if (const auto* word = std::get_if<std::string>(&value); word && needs_no_quotes(*word)) return *word;
    return value_text(value);
}

std::string shown_text(const std::string& text) {
    if (text.size() <= longest_shown) return text;
    std::size_t cut = longest_shown;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0u) == 0x80u) --cut;
    return text.substr(0, cut) + "...";
}

AxisValues function_values(const AxisText& source, std::string_view name, const std::vector<Value>& arguments) {
    const auto function = std::ranges::find(functions, name, &Function::name);
    if (function == functions.end()) refuse_name(source, name);
    if (arguments.size() != function->arguments)
        source.refuse(fmt::format("{} takes {} numbers: {}; found {}", name, function->arguments, function->form,
                                  arguments.size()));
    return function->values(source, arguments);
}

}  // namespace commonweal
