#include "sim/core/bernoulli_skips.hpp"

#include <algorithm>

#include "sim/core/elementary.hpp"

namespace commonweal {

namespace {

/// ln(1 - p); for small p by its series, which keeps all digits.
double log_of_complement(double p) noexcept {
    if (p < 1e-4) return -p * (1 + p * (0.5 + p * (1.0 / 3 + p * 0.25)));
    return log_of(1 - p);
}

}  // namespace

BernoulliSkips::BernoulliSkips(double p) noexcept
    : never_(!(p > 0)), always_(p >= 1), scale_(never_ || always_ ? 0 : 1 / log_of_complement(p)) {}

std::uint64_t BernoulliSkips::gap(DrawSequence& draws) const {
    if (always_) return 0;
    return static_cast<std::uint64_t>(std::min(log_of(draws.uniform()) * scale_, 0x1p62));
}

}  // namespace commonweal
