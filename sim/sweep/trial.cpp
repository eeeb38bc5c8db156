#include "sim/sweep/trial.hpp"

#include <algorithm>
#include <optional>

#include "sim/engine/evolution_lanes.hpp"
#include "sim/sweep/experiment_runs.hpp"
#include "sim/sweep/results_of_run.hpp"
#include "sim/sweep/run_evolution.hpp"
#include "sim/sweep/service_runs.hpp"

namespace commonweal {

namespace {

/// Behavior rules.
class ExperimentTrial final : public Trial {
public:
    explicit ExperimentTrial(Scenario scenario) : scenario_(std::move(scenario)), runs_(scenario_) {
        schema_ = runs_.schema();
    }

    std::unique_ptr<const Place> place(std::uint32_t instance) const override {
        return std::make_unique<const Meeting>(runs_.experiment(), instance);
    }

    RunRows play(const Place& place, std::span<const std::uint32_t> replicates, std::size_t wanted) const override {
        const auto& meeting = static_cast<const Meeting&>(place);
        const std::size_t lanes = runs_.lanes(wanted, replicates.size());
        std::vector<RunRows> parts;
        for (std::size_t first = 0; first < replicates.size(); first += lanes)
            parts.push_back(experiment_rows(
                runs_.compute(meeting.plan, replicates.subspan(first, std::min(lanes, replicates.size() - first)),
                              lanes),
                schema_));
        return joined(schema_, parts);
    }

private:
    struct Meeting final : Place {
        Meeting(const Experiment& experiment, std::uint32_t instance) : plan(experiment, instance) {
            if (plan.neighborhoods()) network = network_text(plan.neighborhoods()->network());
        }
        MeetingPlan plan;
    };

    Scenario scenario_;
    ExperimentRuns runs_;
};

/// Strategies.
class EvolutionTrial final : public Trial {
public:
    explicit EvolutionTrial(Scenario scenario) : scenario_(std::move(scenario)), design_(evolution_of(scenario_)) {
        const AgentId agents = design_.keep_strategies ? Habitat(design_, 0).agents() : 0;
        schema_ = std::make_shared<const RunSchema>(evolution_schema_of(scenario_, design_, agents));
    }

    std::unique_ptr<const Place> place(std::uint32_t instance) const override {
        auto place = std::make_unique<Ground>(design_, instance);
        const bool fits = !design_.keep_strategies || place->habitat.agents() == schema_->coordinate("agent").size();
        if (!fits)
            throw ConfigError("[network]", "strategies are kept, but instances differ in their number of agents");
        return place;
    }

    RunRows play(const Place& place, std::span<const std::uint32_t> replicates, std::size_t wanted) const override {
        const Habitat& habitat = static_cast<const Ground&>(place).habitat;
        const std::size_t lanes = evolution_lanes(design_, habitat, wanted, replicates.size());
        return evolution_rows(evolve(design_, habitat, replicates, lanes), schema_);
    }

private:
    struct Ground final : Place {
        Ground(const EvolutionDesign& design, std::uint32_t instance) : habitat(design, instance) {
            if (habitat.network()) network = network_text(*habitat.network());
        }
        Habitat habitat;
    };

    Scenario scenario_;
    EvolutionDesign design_;
};

/// The nested game of a service.
class ServiceTrial final : public Trial {
public:
    explicit ServiceTrial(const Scenario& scenario) : design_(service_of(scenario)) {
        schema_ = std::make_shared<const RunSchema>(service_schema_of(scenario, design_));
    }

    std::unique_ptr<const Place> place(std::uint32_t instance) const override {
        return std::make_unique<Seat>(design_, instance);
    }

    RunRows play(const Place& place, std::span<const std::uint32_t> replicates, std::size_t wanted) const override {
        return service_rows(serve(design_, static_cast<const Seat&>(place).place, replicates,
                                  service_lanes(design_, wanted, replicates.size())),
                            schema_);
    }

private:
    struct Seat final : Place {
        Seat(const ServiceDesign& design, std::uint32_t instance) : place(design, instance) {
            network = network_text(place.network());
        }
        ServicePlace place;
    };

    ServiceDesign design_;
};

}  // namespace

std::unique_ptr<const Trial> make_trial(Scenario scenario) {
    if (scenario.play == Play::service) return std::make_unique<const ServiceTrial>(scenario);
    if (scenario.play == Play::evolution) return std::make_unique<const EvolutionTrial>(std::move(scenario));
    return std::make_unique<const ExperimentTrial>(std::move(scenario));
}

}  // namespace commonweal
