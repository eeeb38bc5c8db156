#include "sim/sweep/run_all.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "sim/core/parallel.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/sweep/network_design.hpp"
#include "sim/sweep/run_evolution.hpp"
#include "sim/sweep/tally.hpp"

namespace commonweal {

namespace {

/// Runs of one instance that are computed together.
struct Batch {
    std::uint32_t instance;
    std::uint32_t first;  ///< replicate
    std::uint32_t count;
};

/// Replicates per wave: what is held in memory at once stays below about 256 MB of traces.
std::uint32_t batches_per_wave(const Experiment& experiment, const Keep& keep, std::size_t lanes) {
    const double trace =
        keep.agents ? 20.0 * experiment.agents() * experiment.rounds() * static_cast<double>(lanes) : 0.0;
    const double state = 64.0 * experiment.agents() * static_cast<double>(lanes);
    return static_cast<std::uint32_t>(std::clamp(256e6 / (trace + state + 1), 4.0, 256.0));
}

/// Ties that change belong to one run: lanes could not share them.
std::size_t lanes_for(const Scenario& scenario, std::size_t wanted) {
    if (scenario.ties_change()) return 1;
    if (wanted) return wanted;
    return scenario.study.replicates >= 12 ? 16 : (scenario.study.replicates >= 4 ? 8 : 1);
}

std::vector<Batch> batches_of(const Scenario& scenario, std::size_t lanes) {
    std::vector<Batch> batches;
    const auto step = static_cast<std::uint32_t>(lanes);
    for (std::uint32_t instance = 0; instance < scenario.study.instances; ++instance)
        for (std::uint64_t first = 0; first < scenario.study.replicates; first += step)
            batches.push_back(
                {instance, static_cast<std::uint32_t>(first),
                 static_cast<std::uint32_t>(std::min<std::uint64_t>(step, scenario.study.replicates - first))});
    return batches;
}

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

/// Everything that batches share while they are computed.
struct Work {
    const Scenario& scenario;
    Experiment experiment;
    Keep keep;
    TwinDesign twins;
};

/// Types, people and numbers of neighbors of the runs of a batch: [run, agent].
template <std::size_t width>
void keep_people(const Work& work, const MeetingPlan& plan, const Simulation<width>& simulation, std::uint32_t count,
                 RunBlock& block) {
    if (!work.keep.agents) return;
    const Neighborhoods* const place = plan.neighborhoods();
    const std::size_t agents = work.experiment.agents();
    const bool rows = work.experiment.subjects && work.experiment.subjects->has_rows();
    for (std::uint32_t run = 0; run < count; ++run)
        for (std::size_t agent = 0; agent < agents; ++agent) {
            block.type.push_back(simulation.types()[agent * width + run]);
            if (place)
                block.neighbors.push_back(static_cast<std::int32_t>(place->ties().degree(static_cast<AgentId>(agent))));
            if (rows)
                block.person.push_back(static_cast<std::int32_t>(simulation.subjects().person[agent * width + run]));
        }
}

template <std::size_t width>
RunBlock compute(const Work& work, const MeetingPlan& plan, const Batch& batch) {
    typename Simulation<width>::Replicates replicates;
    for (std::uint32_t lane = 0; lane < width; ++lane) replicates[lane] = batch.first + std::min(lane, batch.count - 1);
    BlockRecorder means(work.experiment, work.keep, batch.count);
    std::optional<AdoptionRecorder> adoption;
    if (work.keep.adoption)
        adoption.emplace(*work.keep.adoption, plan.neighborhoods()->ties(), work.experiment.rounds(), batch.count);
    std::vector<Recorder*> watching{&means};
    if (adoption) watching.push_back(&*adoption);
    Recorders recorders(watching);
    Simulation<width> simulation(work.experiment, plan, replicates);
    simulation.run(recorders);
    RunBlock block = means.take();
    if (adoption) block.adoption = adoption->take(simulation.types());
    for (std::uint32_t run = 0; run < batch.count; ++run) {
        block.replicate.push_back(static_cast<std::int32_t>(batch.first + run));
        block.instance.push_back(static_cast<std::int32_t>(batch.instance));
    }
    keep_people<width>(work, plan, simulation, batch.count, block);
    if (work.keep.cascade)
        for (std::uint32_t run = 0; run < batch.count && batch.first + run < work.scenario.counterfactual.replicates;
             ++run)
            block.cascades.push_back(cascade(work.experiment, plan, batch.first + run, work.twins));
    return block;
}

RunBlock compute(const Work& work, const MeetingPlan& plan, const Batch& batch, std::size_t lanes) {
    switch (lanes) {
        case 1:
            return compute<1>(work, plan, batch);
        case 8:
            return compute<8>(work, plan, batch);
        default:
            return compute<16>(work, plan, batch);
    }
}

void complete(Study& study, const Scenario& scenario, const Experiment& experiment) {
    study.title = scenario.study.title;
    study.conditions = scenario.session.conditions;
    for (const auto& type : scenario.types) study.types.push_back(type.name);
    study.configuration = scenario.resolved;
    study.subjects = scenario.subjects ? scenario.subjects->origin() : "";
    study.subject_rows = scenario.subjects && scenario.subjects->has_rows();
    if (experiment.network) {
        study.matching = "neighborhoods of " + scenario.network.kind;
        study.layer =
            scenario.network.layer.empty() ? experiment.network->first->layers().front().name : scenario.network.layer;
    } else {
        study.matching = experiment.matching->construction();
    }
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

Summary run_all(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                Study study) {
    if (scenario.play == Play::evolution) return run_evolution(scenario, execution, output, std::move(study));
    Work work{scenario, experiment_of(scenario), keep_of(scenario), twins_of(scenario)};
    check_sources(scenario, work.experiment);
    const std::size_t lanes = lanes_for(scenario, execution.lanes);
    const auto batches = batches_of(scenario, lanes);
    const std::uint64_t runs = std::uint64_t{scenario.study.replicates} * scenario.study.instances;
    complete(study, scenario, work.experiment);
    std::optional<ResultsFile> file;
    if (!output.empty()) file.emplace(output, work.experiment, work.keep, work.twins, study, runs);
    Tally tally(work.experiment, scenario.session.conditions, work.keep, work.twins);
    const std::uint32_t wave = batches_per_wave(work.experiment, work.keep, lanes);
    std::uint64_t done = 0, ties = 0;
    with_threads(execution.threads, [&] {
        std::unique_ptr<MeetingPlan> plan;
        for (std::size_t first = 0; first < batches.size();) {
            if (!plan || plan->instance() != batches[first].instance) {
                plan.reset();
                plan = std::make_unique<MeetingPlan>(work.experiment, batches[first].instance);
                if (file && plan->neighborhoods()) file->note_network(digest_of(plan->neighborhoods()->network()));
                if (plan->neighborhoods()) ties = plan->neighborhoods()->ties().ties();
            }
            std::size_t end = first;
            while (end < batches.size() && end < first + wave && batches[end].instance == plan->instance()) ++end;
            std::vector<RunBlock> blocks(end - first);
            parallel_items(blocks.size(),
                           [&](std::size_t i) { blocks[i] = compute(work, *plan, batches[first + i], lanes); });
            for (const RunBlock& block : blocks) {
                if (file) file->append(block);
                tally.add(block);
                done += block.replicate.size();
            }
            first = end;
            if (execution.progress) execution.progress(done, runs);
            if (execution.stop && execution.stop() && first < batches.size()) return;
        }
    });
    Summary summary = tally.summary();
    summary.decisions = done * work.experiment.agents() * work.experiment.rounds();
    summary.stopped = done < runs;
    summary.agents = work.experiment.agents();
    summary.ties = ties;
    if (file && !summary.stopped) file->finish();
    return summary;
}

}  // namespace commonweal
