#include <fmt/format.h>

#include <cmath>

#include "models/catalog.hpp"
#include "sim/app/output.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/run_words.hpp"
#include "sim/app/store_commands.hpp"
#include "sim/app/text_table.hpp"
#include "sim/app/version.hpp"
#include "sim/record/durable.hpp"
#include "sim/record/results_file.hpp"
#include "sim/sweep/criterion.hpp"
#include "sim/sweep/shard_index.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

struct Replayed {
    RunRows rows;
    std::string network;
};

Replayed play(const Scenario& scenario, const RunId& id) {
    const auto trial = make_trial(scenario);
    const auto place = trial->place(id.instance);
    return {trial->play(*place, std::span(&id.replicate, 1), 1), place->network};
}

void write_results(const Store& store, std::uint32_t run, const Scenario& scenario, const Replayed& replayed,
                   const fs::path& output) {
    const Design& design = store.design();
    const RunId id = design.id(run);
    const Study study{.title = design.title(), .configuration = scenario.resolved, .design = "", .program = program()};
    const RunSchema& schema = replayed.rows.schema();
    ResultsFile file(output, schema, study, design.varying(), std::vector<bool>(schema.columns.size(), false), 1);
    Ledger ledger(design.varying().size());
    ledger.add({.run = run,
                .point = design.point_of(id.cell),
                .instance = id.instance,
                .replicate = id.replicate,
                .status = RunStatus::done,
                .digest = replayed.rows.digest(0),
                .network = replayed.network,
                .message = ""});
    design.add_values(id.cell, ledger);
    std::vector<const std::byte*> columns;
    for (std::size_t i = 0; i < schema.columns.size(); ++i) columns.push_back(replayed.rows.column(i));
    file.append(ledger, columns);
    file.finish();
}

/// The labels of the first axis that has some, such as strategies or conditions; {""} for a column without.
std::vector<std::string> labels_of(const RunSchema& schema, const Column& column) {
    constexpr std::size_t most = 16;
    for (const std::string& axis : column.axes)
        if (const auto& texts = schema.coordinate(axis).texts; texts.size() > 1 && texts.size() <= most) return texts;
    return {""};
}

/// The mean of every column over its cells, of each label apart.
std::string means_of(const RunRows& rows) {
    TextTable table("lrl", 2);
    table.add({"column", "mean", "unit"});
    for (const Column& column : rows.schema().columns)
        for (const std::string& label : labels_of(rows.schema(), column)) {
            Criterion mean_of;
            mean_of.column = column.name;
            mean_of.label = label;
            const double mean = mean_of.of(rows, 0);
            table.add({label.empty() ? column.name : fmt::format("{}[{}]", column.name, label),
                       std::isnan(mean) ? "-" : fmt::format("{:.6g}", mean), column.unit});
        }
    return table.text();
}

}  // namespace

int replay_command(const ReplayOptions& options) {
    if (!options.trace.empty() && options.output.empty())
        throw UsageError("--trace has no place to write to; -o FILE.h5 names one");
    const Store store = Store::open(options.store, models::catalog());
    const Design& design = store.design();
    const std::uint32_t run = find_run(design, options.run);
    if (!options.output.empty()) check_replaceable(options.output, options.force);
    store.check_inputs();
    const RunId id = design.id(run);
    ShardIndex index(store, store.entries());
    const RunState state = index.state(run);
    print(fmt::format("run {}: {}, instance {}, replicate {}\n", run, design.name_of(id.cell), id.instance,
                      id.replicate));
    Progress progress(options.quiet ? ProgressStyle::none : ProgressStyle::automatic, "computing the run again");
    const Scenario scenario = design.scenario(id.cell);
    const Replayed replayed = play(scenario, id);  // a run that failed fails here again, with its message
    progress.clear();
    print(means_of(replayed.rows));
    int code = 0;
    if (state == RunState::done) {
        const auto place = *index.place(run);
        const bool same = index.table(place).digests[place.row] == replayed.rows.digest(0);
        print(same ? "its values are those that were recorded\n" : "its values are not those that were recorded\n");
        code = same ? 0 : 5;
    } else {
        print(state == RunState::failed ? "it had failed: " + index.message(run) + "\n" : "it is not recorded yet\n");
    }
    if (options.output.empty()) return code;
    progress.begin("writing the run");
    if (options.trace.empty()) {
        write_results(store, run, scenario, replayed, options.output);
    } else {
        const Scenario traced = design.scenario(id.cell, {{"record.agents", true, "--trace"}});
        write_results(store, run, traced, play(traced, id), options.output);
    }
    progress.clear();
    flush_output();
    if (!options.quiet) say(fmt::format("the run is in {}", options.output.string()));
    return code;
}

}  // namespace commonweal
