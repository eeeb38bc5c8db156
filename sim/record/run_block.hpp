#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/counterfactual.hpp"
#include "sim/engine/experiment.hpp"
#include "sim/engine/recorder.hpp"
#include "sim/record/adoption.hpp"

namespace commonweal {

/// What is kept of each run besides the means.
struct Keep {
    bool agents = false;                          ///< contributions, payoffs, points, groups of every agent
    bool cascade = false;                         ///< causal tables from twin runs
    std::optional<AdoptionDesign> adoption = {};  ///< of networks: who adopts when
};

/// What a number of consecutive runs of one instance left behind: arrays whose first axis is the run.
struct RunBlock {
    std::vector<std::int32_t> replicate, instance;  ///< [run]

    // [run, condition, round of the condition]; means over the agents of all sessions
    std::vector<double> mean_contribution, share_full, share_free_riders, mean_payoff, mean_points;

    // [run, round], where ties change: neighbors per agent in the round; ties that were cut and made after it
    std::vector<double> mean_degree, ties_cut, ties_made;

    // [run, round, agent], when agents are kept; `group` in laboratories only
    std::vector<float> contribution, payoff, given, received;
    std::vector<std::int32_t> group;
    std::vector<std::int32_t> type, person, neighbors;  ///< [run, agent]

    std::vector<AdoptionTrace> adoption;  ///< [run], when it is kept
    std::vector<CascadeTable> cascades;   ///< [run]; empty, or for the first runs only
};

/// Fills a RunBlock from one batch: means as order-free sums, and traces when asked for.
class BlockRecorder final : public Recorder {
public:
    /// `used`: lanes that are runs; the first `used` ones.
    BlockRecorder(const Experiment& experiment, const Keep& keep, std::size_t used);

    void on_round(const RoundView& view) override;
    void on_repeat(const RoundView& view) override;

    RunBlock take() { return std::move(block_); }

private:
    template <std::size_t width>
    void add_means(const RoundView& view);
    void keep_agents(const RoundView& view);
    void keep_ties(const RoundView& view);

    const Experiment& experiment_;
    Keep keep_;
    std::size_t used_;
    RunBlock block_;
};

}  // namespace commonweal
