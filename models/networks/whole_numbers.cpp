#include "models/networks/whole_numbers.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/elementary.hpp"

namespace commonweal::models {

WholeNumbers::WholeNumbers(std::uint32_t low, const std::vector<double>& weights) : low_(low) {
    double sum = 0;
    for (const double weight : weights) cumulative_.push_back(sum += weight);
    for (double& share : cumulative_) share /= sum;
}

WholeNumbers WholeNumbers::power_law(double exponent, std::uint32_t min, std::uint32_t max) {
    std::vector<double> weights;
    for (std::uint64_t k = min; k <= max; ++k)
        weights.push_back(exp_of(-exponent * (log_of(static_cast<double>(k)) - log_of(static_cast<double>(min)))));
    return WholeNumbers(min, weights);
}

WholeNumbers WholeNumbers::poisson(double mean) {
    std::vector<double> weights{exp_of(-mean)};
    while (static_cast<double>(weights.size()) <= mean + 40 + 12 * std::sqrt(mean))
        weights.push_back(weights.back() * mean / static_cast<double>(weights.size()));
    return WholeNumbers(0, weights);
}

std::uint32_t WholeNumbers::draw(DrawSequence& draws) const {
    const auto found = std::ranges::upper_bound(cumulative_, draws.uniform());
    const auto last = cumulative_.end() - 1;
    return low_ + static_cast<std::uint32_t>(std::min(found, last) - cumulative_.begin());
}

double WholeNumbers::mean() const noexcept {
    double mean = low_;
    for (const double share : cumulative_) mean += 1 - share;
    return mean;
}

}  // namespace commonweal::models
