#pragma once

#include <optional>

#include "sim/record/run_block.hpp"
#include "sim/sweep/moments.hpp"
#include "sim/sweep/run_all.hpp"

namespace commonweal {

/// Collects the summary over runs, block by block in run order.
class Tally {
public:
    Tally(const Experiment& experiment, const std::vector<std::string>& conditions, const Keep& keep,
          const TwinDesign& twins);

    void add(const RunBlock& block);
    Summary summary() const;

private:
    void add_cascade(const CascadeTable& table);
    void add_ties(const RunBlock& block);

    const Experiment& experiment_;
    std::vector<std::string> conditions_;
    std::uint64_t runs_ = 0, twin_runs_ = 0;
    Round lags_ = 0;
    std::uint32_t degrees_ = 0;
    std::vector<Moments> contribution_, free_riders_, full_, payoff_, points_;  ///< [condition, round]
    std::vector<Moments> effect_, people_;                                      ///< [condition, degree, lag]
    std::vector<Moments> gain_, own_;                                           ///< [condition, lag]
    std::vector<Moments> multiplier_;                                           ///< [condition]
    std::optional<AdoptionTally> adoption_;
    std::vector<Moments> degree_, cut_, made_;  ///< [round], where ties change
};

}  // namespace commonweal
