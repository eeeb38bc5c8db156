#pragma once

#include <cmath>
#include <cstdint>

namespace commonweal {

/// Mean over runs of a value, with the standard deviation between runs.
struct Spread {
    double mean = 0, sd = 0;
};

/// Mean and variance of values that come one by one (Welford 1962): the same for the same order of values.
class Moments {
public:
    void add(double x) noexcept {
        ++count_;
        const double step = x - mean_;
        mean_ += step / static_cast<double>(count_);
        squares_ += step * (x - mean_);
    }
    std::uint64_t count() const noexcept { return count_; }

    /// The standard deviation of a sample; 0 of a single value.
    Spread spread() const noexcept {
        const double variance = count_ > 1 ? squares_ / static_cast<double>(count_ - 1) : 0.0;
        return {mean_, std::sqrt(variance)};
    }

private:
    std::uint64_t count_ = 0;
    double mean_ = 0, squares_ = 0;
};

}  // namespace commonweal
