#pragma once

#include <cstdint>
#include <string>

#include "sim/sweep/design.hpp"

namespace commonweal {

/// What a design is likely to cost, from a few of its runs.
struct Pilot {
    std::uint64_t runs = 0;      ///< that were computed
    double seconds_per_run = 0;  ///< on one thread
    double seconds = 0;          ///< of the whole design on one thread
    double bytes = 0;            ///< of all shards, about
    std::string failure;         ///< message of the first run that failed, with its cell; "" when none did
};

/// Computes batches of up to nine cells, from the first to the last, on one thread and for about five seconds.
Pilot run_pilot(const Design& design, std::size_t lanes);

}  // namespace commonweal
