#include "sim/sweep/run_all.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

#include "sim/core/parallel.hpp"
#include "sim/sweep/experiment_runs.hpp"
#include "sim/sweep/results_of_run.hpp"
#include "sim/sweep/run_evolution.hpp"
#include "sim/sweep/service_runs.hpp"
#include "sim/sweep/tally.hpp"

namespace commonweal {

namespace {

/// Runs of one instance that are computed together.
struct Batch {
    std::uint32_t instance;
    std::uint32_t first;  ///< replicate
    std::uint32_t count;
};

/// Batches per wave: what is held in memory at once stays below about 256 MB of traces.
std::uint32_t batches_per_wave(const Experiment& experiment, const Keep& keep, std::size_t lanes) {
    const double trace =
        keep.agents ? 20.0 * experiment.agents() * experiment.rounds() * static_cast<double>(lanes) : 0.0;
    const double state = 64.0 * experiment.agents() * static_cast<double>(lanes);
    return static_cast<std::uint32_t>(std::clamp(256e6 / (trace + state + 1), 4.0, 256.0));
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

}  // namespace

Summary run_all(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                const Study& study) {
    if (scenario.play == Play::evolution) return run_evolution(scenario, execution, output, study);
    if (scenario.play == Play::service) return run_service(scenario, execution, output, study);
    const ExperimentRuns work(scenario);
    const std::size_t lanes = work.lanes(execution.lanes, scenario.study.replicates);
    const auto batches = batches_of(scenario, lanes);
    const std::uint64_t runs = std::uint64_t{scenario.study.replicates} * scenario.study.instances;
    std::optional<ResultsOfRun> file;
    if (!output.empty()) file.emplace(output, scenario, *work.schema(), study);
    Tally tally(work.experiment(), scenario.session.conditions, work.keep(), work.twins());
    const std::uint32_t wave = batches_per_wave(work.experiment(), work.keep(), lanes);
    std::uint64_t done = 0, ties = 0;
    with_threads(execution.threads, [&] {
        std::unique_ptr<MeetingPlan> plan;
        std::string digest;
        for (std::size_t first = 0; first < batches.size();) {
            if (!plan || plan->instance() != batches[first].instance) {
                plan.reset();
                plan = std::make_unique<MeetingPlan>(work.experiment(), batches[first].instance);
                if (plan->neighborhoods()) {
                    digest = network_text(plan->neighborhoods()->network());
                    ties = plan->neighborhoods()->ties().ties();
                }
            }
            std::size_t end = first;
            while (end < batches.size() && end < first + wave && batches[end].instance == plan->instance()) ++end;
            std::vector<RunBlock> blocks(end - first);
            parallel_items(blocks.size(), [&](std::size_t i) {
                const Batch& batch = batches[first + i];
                std::vector<std::uint32_t> replicates(batch.count);
                std::iota(replicates.begin(), replicates.end(), batch.first);
                blocks[i] = work.compute(*plan, replicates, lanes);
            });
            for (const RunBlock& block : blocks) {
                if (file) file->append(experiment_rows(block, work.schema()), plan->instance(), digest);
                tally.add(block);
                done += block.replicate.size();
            }
            first = end;
            if (execution.progress) execution.progress(done, runs);
            if (execution.stop && execution.stop() && first < batches.size()) return;
        }
    });
    Summary summary = tally.summary();
    summary.decisions = done * work.experiment().agents() * work.experiment().rounds();
    summary.stopped = done < runs;
    summary.agents = work.experiment().agents();
    summary.ties = ties;
    if (file && !summary.stopped) file->finish();
    return summary;
}

}  // namespace commonweal
