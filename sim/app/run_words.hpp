#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/sweep/design.hpp"

namespace commonweal {

/// The run of a sweep that somebody means: its number alone, or words such as point=3, regime=punishment, world=calm,
/// game.mpcr=0.4, instance=1, replicate=2. Words must leave one cell; instance and replicate are 0 unless said. Throws
/// UsageError that tells what there is.
std::uint32_t find_run(const Design& design, const std::vector<std::string>& words);

}  // namespace commonweal
