#pragma once

#include <vector>

#include "sim/record/adoption.hpp"
#include "sim/sweep/moments.hpp"

namespace commonweal {

/// What `run` prints of what spreads.
struct AdoptionSummary {
    struct Reach {
        std::size_t distance;  ///< from the initial adopters; the last one stands for all that are further
        double people;         ///< mean over runs
        Spread share, round;   ///< over runs in which there are such people; in which such people adopted
    };
    std::uint64_t runs = 0, tipped = 0;
    Spread tip_round;               ///< over runs that tipped
    Spread size;                    ///< final share of adopters
    std::vector<double> quantiles;  ///< of the size, at adoption_quantiles
    std::uint64_t settled = 0;      ///< runs in which adopters stay the same in the end
    std::uint64_t reproduced = 0;   ///< runs with adopters in round 1
    Spread first_reproduction;      ///< of round 2, over runs with adopters in round 1
    std::vector<Spread> adopters;   ///< [round]
    std::vector<Reach> reach;
};

inline constexpr std::array<double, 5> adoption_quantiles{0.05, 0.25, 0.5, 0.75, 0.95};

/// Collects the summary over runs, in run order.
class AdoptionTally {
public:
    explicit AdoptionTally(Round rounds) : adopters_(rounds) {}

    void add(const AdoptionTrace& trace);
    AdoptionSummary summary() const;

private:
    Moments tip_, size_, reproduction_;
    std::vector<double> sizes_;
    std::uint64_t settled_ = 0;
    std::vector<Moments> adopters_;                                           ///< [round]
    std::array<Moments, kept_distances> people_, reach_share_, reach_round_;  ///< [distance]
};

}  // namespace commonweal
