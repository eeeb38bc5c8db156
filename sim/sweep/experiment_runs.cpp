#include "sim/sweep/experiment_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/engine/simulation.hpp"
#include "sim/sweep/batches.hpp"
#include "sim/sweep/network_design.hpp"

namespace commonweal {

namespace {

TwinDesign twins_of(const Scenario& scenario) {
    return {.nudge = static_cast<float>(scenario.counterfactual.nudge),
            .round = scenario.counterfactual.round,
            .reverse = scenario.counterfactual.ceiling == 1,
            .sources = scenario.counterfactual.sources};
}

void check_sources(const Scenario& scenario, const Experiment& experiment) {
    if (scenario.record.cascade && scenario.counterfactual.sources > experiment.agents())
        throw ConfigError("[counterfactual]", fmt::format("sources is {}, but the network has {} agents",
                                                          scenario.counterfactual.sources, experiment.agents()));
}

/// The recorders of one batch.
class Recorders final : public Recorder {
public:
    explicit Recorders(std::vector<Recorder*> all) : all_(std::move(all)) {}
    void on_round(const RoundView& view) override {
        for (Recorder* recorder : all_) recorder->on_round(view);
    }
    void on_repeat(const RoundView& view) override {
        for (Recorder* recorder : all_) recorder->on_repeat(view);
    }

private:
    std::vector<Recorder*> all_;
};

Keep keep_of(const Scenario& scenario) {
    Keep keep{scenario.record.agents, scenario.record.cascade, {}};
    if (!scenario.record.adoption) return keep;
    keep.adoption = {static_cast<float>(scenario.adoption.level * scenario.game.endowment), scenario.adoption.tip, {}};
    const auto source = std::ranges::find(scenario.types, scenario.adoption.sources, &AgentType::name);
    if (source != scenario.types.end())
        keep.adoption->sources = static_cast<std::uint8_t>(source - scenario.types.begin());
    return keep;
}

/// Types, people and numbers of neighbors of the runs of a batch: [run, agent].
template <std::size_t width>
void keep_people(const Experiment& experiment, const MeetingPlan& plan, const Simulation<width>& simulation,
                 std::size_t count, RunBlock& block) {
    const Neighborhoods* const place = plan.neighborhoods();
    const std::size_t agents = experiment.agents();
    const bool rows = experiment.subjects && experiment.subjects->has_rows();
    for (std::size_t run = 0; run < count; ++run)
        for (std::size_t agent = 0; agent < agents; ++agent) {
            block.type.push_back(simulation.types()[agent * width + run]);
            if (place)
                block.neighbors.push_back(static_cast<std::int32_t>(place->ties().degree(static_cast<AgentId>(agent))));
            if (rows)
                block.person.push_back(static_cast<std::int32_t>(simulation.subjects().person[agent * width + run]));
        }
}

ExperimentWords words_of(const Scenario& scenario, const Experiment& experiment) {
    ExperimentWords words;
    words.conditions = scenario.session.conditions;
    for (const auto& type : scenario.types) words.types.push_back(type.name);
    words.subjects = scenario.subjects ? scenario.subjects->origin() : "";
    words.subject_rows = scenario.subjects && scenario.subjects->has_rows();
    if (experiment.network) {
        words.matching = "neighborhoods of " + scenario.network.kind;
        words.layer =
            scenario.network.layer.empty() ? experiment.network->first->layers().front().name : scenario.network.layer;
    } else {
        words.matching = experiment.matching->construction();
    }
    return words;
}

}  // namespace

Experiment experiment_of(const Scenario& scenario) {
    Experiment experiment;
    experiment.sessions = scenario.session.sessions;
    experiment.session_size = scenario.session.agents;
    experiment.group_size = scenario.matching.group_size;
    experiment.condition_rounds = scenario.session.rounds;
    experiment.conditions = static_cast<std::uint32_t>(scenario.session.conditions.size());
    experiment.counterbalanced = scenario.session.order == 1;
    experiment.sanctioned = scenario.sanctioned;
    experiment.game = {static_cast<float>(scenario.game.endowment), static_cast<float>(scenario.game.mpcr)};
    experiment.whole_tokens = scenario.game.tokens == 0;
    experiment.stage = {static_cast<float>(scenario.sanction.cost), static_cast<float>(scenario.sanction.effect),
                        static_cast<float>(scenario.sanction.cap)};
    double sum = 0;
    for (const AgentType& type : scenario.types) {
        sum += type.settings.share;
        experiment.types.push_back({type.behavior, static_cast<float>(sum)});
    }
    experiment.types.back().up_to = 1;
    experiment.sanction = scenario.sanction_rule;
    experiment.subjects = scenario.subjects;
    experiment.randomness = Randomness(scenario.seeds);
    if (scenario.play == Play::network) {
        experiment.network = network_design(scenario);
        experiment.sessions = 1;
        experiment.session_size = experiment.network->first->agents();
        return experiment;
    }
    switch (scenario.matching.kind) {
        case 0:
            experiment.matching = partners();
            break;
        case 1:
            experiment.matching = strangers();
            break;
        default:
            experiment.matching =
                perfect_strangers(experiment.session_size, experiment.group_size, experiment.condition_rounds);
            break;
    }
    return experiment;
}

ExperimentRuns::ExperimentRuns(const Scenario& scenario)
    : scenario_(scenario), experiment_(experiment_of(scenario)), keep_(keep_of(scenario)), twins_(twins_of(scenario)) {
    check_sources(scenario, experiment_);
    schema_ = std::make_shared<const RunSchema>(
        experiment_schema(experiment_, keep_, twins_, words_of(scenario, experiment_)));
}

std::size_t ExperimentRuns::lanes(std::size_t wanted, std::size_t runs, std::size_t threads) const noexcept {
    if (scenario_.ties_change()) return 1;
    return wanted ? std::min(wanted, max_lanes) : lanes_for(runs, experiment_.agents(), threads);
}

RunBlock ExperimentRuns::compute(const MeetingPlan& plan, std::span<const std::uint32_t> replicates,
                                 std::size_t lanes) const {
    switch (lanes) {
        case 1:
            return compute<1>(plan, replicates);
        case 8:
            return compute<8>(plan, replicates);
        default:
            return compute<16>(plan, replicates);
    }
}

template <std::size_t width>
RunBlock ExperimentRuns::compute(const MeetingPlan& plan, std::span<const std::uint32_t> wanted) const {
    typename Simulation<width>::Replicates replicates;
    for (std::size_t lane = 0; lane < width; ++lane) replicates[lane] = wanted[std::min(lane, wanted.size() - 1)];
    BlockRecorder means(experiment_, keep_, wanted.size());
    std::optional<AdoptionRecorder> adoption;
    if (keep_.adoption)
        adoption.emplace(*keep_.adoption, plan.neighborhoods()->ties(), experiment_.rounds(), wanted.size());
    std::vector<Recorder*> watching{&means};
    if (adoption) watching.push_back(&*adoption);
    Recorders recorders(watching);
    Simulation<width> simulation(experiment_, plan, replicates);
    simulation.run(recorders);
    RunBlock block = means.take();
    if (adoption) block.adoption = adoption->take(simulation.types());
    for (const std::uint32_t replicate : wanted) {
        block.replicate.push_back(static_cast<std::int32_t>(replicate));
        block.instance.push_back(static_cast<std::int32_t>(plan.instance()));
    }
    if (keep_.agents) keep_people<width>(experiment_, plan, simulation, wanted.size(), block);
    const std::uint32_t twins = scenario_.counterfactual.replicates;
    if (keep_.cascade)
        for (const std::uint32_t replicate : wanted)
            if (twins == 0 || replicate < twins)
                block.cascades.push_back(cascade(experiment_, plan, replicate, twins_));
    return block;
}

}  // namespace commonweal
