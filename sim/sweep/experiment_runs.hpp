#pragma once

#include <memory>
#include <span>

#include "sim/record/experiment_rows.hpp"
#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// The experiment that a scenario describes; on a network with the network of instance 0.
Experiment experiment_of(const Scenario& scenario);

/// The runs of behavior rules in one scenario, in a laboratory or on a network.
class ExperimentRuns {
public:
    /// `scenario` must outlive it. Throws ConfigError when the scenario's network cannot be made or is too small.
    explicit ExperimentRuns(const Scenario& scenario);

    const Experiment& experiment() const noexcept { return experiment_; }
    const Keep& keep() const noexcept { return keep_; }
    const TwinDesign& twins() const noexcept { return twins_; }
    const std::shared_ptr<const RunSchema>& schema() const noexcept { return schema_; }

    /// Runs that are computed together: `wanted`, or chosen by how many there are for each thread. Ties that change
    /// belong to one run.
    std::size_t lanes(std::size_t wanted, std::size_t runs, std::size_t threads = 1) const noexcept;

    /// Computes at most `lanes` runs: those of the plan's instance with these replicates, in ascending order.
    RunBlock compute(const MeetingPlan& plan, std::span<const std::uint32_t> replicates, std::size_t lanes) const;

private:
    template <std::size_t width>
    RunBlock compute(const MeetingPlan& plan, std::span<const std::uint32_t> replicates) const;

    const Scenario& scenario_;
    Experiment experiment_;
    Keep keep_;
    TwinDesign twins_;
    std::shared_ptr<const RunSchema> schema_;
};

}  // namespace commonweal
