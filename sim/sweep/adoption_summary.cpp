#include "sim/sweep/adoption_summary.hpp"

#include <algorithm>
#include <cmath>

namespace commonweal {

namespace {

void add_unless_missing(Moments& moments, double x) {
    if (!std::isnan(x)) moments.add(x);
}

/// The quantile of sorted values, linear between them (Hyndman & Fan 1996, type 7).
double quantile(const std::vector<double>& sorted, double p) {
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

void AdoptionTally::add(const AdoptionTrace& trace) {
    add_unless_missing(tip_, trace.tip_round);
    size_.add(trace.size);
    sizes_.push_back(trace.size);
    settled_ += !std::isnan(trace.settled_round);
    if (trace.reproduction.size() > 1) add_unless_missing(reproduction_, trace.reproduction[1]);
    for (std::size_t round = 0; round < adopters_.size(); ++round) adopters_[round].add(trace.adopters[round]);
    for (std::size_t d = 0; d < kept_distances; ++d) {
        people_[d].add(trace.reach_people[d]);
        add_unless_missing(reach_share_[d], trace.reach_share[d]);
        add_unless_missing(reach_round_[d], trace.reach_round[d]);
    }
}

AdoptionSummary AdoptionTally::summary() const {
    AdoptionSummary summary{.runs = size_.count(),
                            .tipped = tip_.count(),
                            .tip_round = tip_.spread(),
                            .size = size_.spread(),
                            .quantiles = {},
                            .settled = settled_,
                            .reproduced = reproduction_.count(),
                            .first_reproduction = reproduction_.spread(),
                            .adopters = {},
                            .reach = {}};
    std::vector<double> sorted = sizes_;
    std::ranges::sort(sorted);
    for (const double p : adoption_quantiles)
        if (!sorted.empty()) summary.quantiles.push_back(quantile(sorted, p));
    for (const Moments& moments : adopters_) summary.adopters.push_back(moments.spread());
    for (std::size_t d = 0; d < kept_distances; ++d)
        if (const double people = people_[d].spread().mean; people > 0)
            summary.reach.push_back({d, people, reach_share_[d].spread(), reach_round_[d].spread()});
    return summary;
}

}  // namespace commonweal
