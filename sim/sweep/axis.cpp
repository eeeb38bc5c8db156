#include "sim/sweep/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <type_traits>

#include "sim/core/elementary.hpp"

namespace commonweal {

namespace {

/// exp(log low + u (log high - log low)), kept between them: the logarithms are rounded.
double on_log_scale(double low, double high, double u) noexcept {
    const double from = log_of(low), to = log_of(high);
    return std::clamp(exp_of(from + u * (to - from)), std::min(low, high), std::max(low, high));
}

/// Far fewer digits than exp_of and log_of keep, and more than a parameter needs.
double rounded_to_12_digits(double x) {
    const std::string text = fmt::format("{:.11e}", x);
    double rounded = x;
    std::from_chars(text.data(), text.data() + text.size(), rounded);
    return rounded;
}

template <class Values>
constexpr bool countable = requires(const Values& values) { values.size(); };

}  // namespace

Value WholeSteps::value(std::size_t i) const noexcept {
    // Modulo 2^64, since the distance of two whole numbers may be beyond 2^63.
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(first) + i * static_cast<std::uint64_t>(step));
}

Value DecimalSteps::value(std::size_t i) const noexcept {
    return static_cast<double>(first + static_cast<std::int64_t>(i) * step) / static_cast<double>(scale);
}

Value RealSteps::value(std::size_t i) const noexcept {
    return i + 1 == count ? last : first + static_cast<double>(i) * step;
}

double GeometricSteps::number(std::size_t i) const {
    if (i == 0) return first;
    if (i + 1 == count) return last;
    return rounded_to_12_digits(on_log_scale(first, last, static_cast<double>(i) / static_cast<double>(count - 1)));
}

Value GeometricSteps::value(std::size_t i) const {
    if (whole) return static_cast<std::int64_t>(number(i));
    return number(i);
}

Value UniformNumbers::at(double u) const noexcept { return std::min(low + u * (high - low), high); }

Value LogUniformNumbers::at(double u) const noexcept { return on_log_scale(low, high, u); }

bool Axis::finite() const noexcept {
    return std::visit([]<class Values>(const Values&) { return countable<Values>; }, values);
}

std::size_t Axis::size() const noexcept {
    return std::visit(
        []<class Values>(const Values& some) -> std::size_t {
            if constexpr (countable<Values>)
                return some.size();
            else
                return 0;
        },
        values);
}

Value Axis::value(std::size_t i) const {
    assert(i < size());
    return std::visit(
        [i]<class Values>(const Values& some) -> Value {
            if constexpr (countable<Values>)
                return some.value(i);
            else
                return some.at(0);
        },
        values);
}

Value Axis::at(double u) const {
    assert(0 <= u && u <= 1);
    return std::visit(
        [u]<class Values>(const Values& some) -> Value {
            if constexpr (countable<Values>) {
                const auto place = static_cast<std::size_t>(u * static_cast<double>(some.size()));
                return some.value(std::min(place, some.size() - 1));
            } else {
                return some.at(u);
            }
        },
        values);
}

}  // namespace commonweal
