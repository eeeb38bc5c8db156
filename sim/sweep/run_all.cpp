#include "sim/sweep/run_all.hpp"

#include <memory>
#include <optional>
#include <vector>

#include "sim/sweep/batches.hpp"
#include "sim/sweep/experiment_runs.hpp"
#include "sim/sweep/results_of_run.hpp"
#include "sim/sweep/run_evolution.hpp"
#include "sim/sweep/service_runs.hpp"
#include "sim/sweep/tally.hpp"

namespace commonweal {

namespace {

/// Where the batches of one network instance are played.
struct Scene {
    MeetingPlan plan;
    std::string digest;
    std::uint64_t ties = 0;

    Scene(const Experiment& experiment, std::uint32_t instance) : plan(experiment, instance) {
        const Neighborhoods* const place = plan.neighborhoods();
        if (!place) return;
        digest = network_text(place->network());
        ties = place->ties().ties();
    }
};

/// What a batch leaves: for the summary, and for the file.
struct Played {
    RunBlock block;
    std::optional<RunRows> rows;
};

/// Of a batch while it is computed [bytes].
double bytes_of(const Experiment& experiment, const Keep& keep, std::size_t lanes) {
    const double trace = keep.agents ? 20.0 * experiment.rounds() : 0.0;
    return (trace + 64) * experiment.agents() * static_cast<double>(lanes) + 1;
}

}  // namespace

Summary run_all(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                const Study& study) {
    if (scenario.play == Play::evolution) return run_evolution(scenario, execution, output, study);
    if (scenario.play == Play::service) return run_service(scenario, execution, output, study);
    const ExperimentRuns work(scenario);
    const std::uint64_t runs = std::uint64_t{scenario.study.replicates} * scenario.study.instances;
    std::optional<ResultsOfRun> file;
    if (!output.empty()) file.emplace(output, scenario, *work.schema(), study);
    Tally tally(work.experiment(), scenario.session.conditions, work.keep(), work.twins());
    std::uint64_t done = 0, ties = 0;
    with_threads(execution.threads, [&] {
        const std::size_t lanes = work.lanes(execution.lanes, scenario.study.replicates, thread_count());
        each_batch(
            {.instances = scenario.study.instances,
             .replicates = scenario.study.replicates,
             .size = lanes,
             .live = live_batches(bytes_of(work.experiment(), work.keep(), lanes))},
            [&](std::uint32_t instance) { return std::make_shared<Scene>(work.experiment(), instance); },
            [&](const Scene& scene, const std::vector<std::uint32_t>& replicates) {
                Played played{work.compute(scene.plan, replicates, lanes), {}};
                if (file) played.rows = experiment_rows(played.block, work.schema());
                return played;
            },
            [&](const Scene& scene, const Played& played) {
                if (file) file->append(*played.rows, scene.plan.instance(), scene.digest);
                tally.add(played.block);
                done += played.block.replicate.size();
                ties = scene.ties;
                if (execution.progress) execution.progress(done, runs);
            },
            [&] { return !execution.stop || !execution.stop(); });
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
