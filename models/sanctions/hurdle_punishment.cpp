#include "models/sanctions/hurdle_punishment.hpp"

#include <fmt/format.h>

namespace commonweal::models {

namespace {

/// Mean of min(most, G) for G geometric on 1, 2, ... with success probability p: (1 - (1-p)^most) / p.
double capped_mean(double p, std::uint32_t most) {
    double mean = 0, survive = 1;
    for (std::uint32_t k = 0; k < most; ++k) {
        mean += survive;
        survive *= 1 - p;
    }
    return mean;
}

/// The p whose capped mean is `mean`, by bisection: the capped mean falls from `most` at p = 0 to 1 at p = 1.
double success_probability(double mean, std::uint32_t most) {
    double low = 0, high = 1;
    for (int step = 0; step < 200; ++step) {
        const double middle = (low + high) / 2;
        (capped_mean(middle, most) > mean ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

void HurdlePunishment::check(const std::string& where) {
    if (shares.size() != share_.size() || means.size() != share_.size())
        throw ConfigError(where, fmt::format("shares and points need {} values each; they have {} and {}",
                                             share_.size(), shares.size(), means.size()));
    for (std::size_t c = 0; c < share_.size(); ++c) {
        share_[c] = static_cast<float>(shares[c]);
        if (shares[c] == 0 && means[c] == 0) continue;
        const double act = means[c] / shares[c];
        if (!(act >= 1 - 1e-9 && act <= most))
            throw ConfigError(where, fmt::format("points[{0}] is {1} with shares[{0}] = {2}, that is {3:.3g} points "
                                                 "per act; it must be in [1, most = {4}]",
                                                 c, means[c], shares[c], act, most));
        const double p = success_probability(act, most);
        inverse_log_[c] = p > 1 - 1e-7 ? 0.0f : static_cast<float>(1 / std::log1p(-std::max(p, 1e-12)));
    }
}

}  // namespace commonweal::models
