#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/catalog.hpp"
#include "sim/app/output.hpp"
#include "sim/app/store_commands.hpp"
#include "sim/app/text_table.hpp"
#include "sim/app/version.hpp"
#include "sim/record/results_file.hpp"
#include "sim/sweep/cell_cache.hpp"
#include "sim/sweep/moments.hpp"
#include "sim/sweep/shard_index.hpp"

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
    Study study;
    study.title = design.title();
    study.configuration = scenario.resolved;
    study.version = program().version;
    study.commit = program().commit;
    study.citation = program().citation;
    const RunSchema& schema = replayed.rows.schema();
    ResultsFile file(output, schema, study, design.varying(), std::vector<bool>(schema.columns.size(), false), 1);
    Ledger ledger;
    ledger.run = {static_cast<std::int32_t>(run)};
    ledger.point = {static_cast<std::int32_t>(design.point_of(id.cell))};
    ledger.instance = {static_cast<std::int32_t>(id.instance)};
    ledger.replicate = {static_cast<std::int32_t>(id.replicate)};
    ledger.status = {RunStatus::done};
    ledger.digest = {replayed.rows.digest(0)};
    ledger.network = {replayed.network};
    ledger.message = {""};
    ledger.texts.resize(design.varying().size());
    ledger.numbers.resize(design.varying().size());
    design.add_values(id.cell, ledger);
    std::vector<const std::byte*> columns;
    for (std::size_t i = 0; i < schema.columns.size(); ++i) columns.push_back(replayed.rows.column(i));
    file.append(ledger, columns);
    file.finish();
}

/// The mean of every column over all of its cells.
std::string means_of(const RunRows& rows) {
    TextTable table("lrl", 2);
    table.add({"column", "mean", "unit"});
    for (std::size_t i = 0; i < rows.schema().columns.size(); ++i) {
        const Column& column = rows.schema().columns[i];
        Moments moments;
        for (std::uint64_t cell = 0; cell < rows.schema().cells(column); ++cell)
            if (const double x = rows.value(i, 0, cell); x == x) moments.add(x);
        table.add({column.name, moments.count() ? fmt::format("{:.6g}", moments.spread().mean) : "-", column.unit});
    }
    return table.text();
}

void check_output(const ReplayOptions& options) {
    std::error_code unknown;
    if (options.output.empty() || !fs::exists(options.output, unknown)) return;
    if (!fs::is_regular_file(options.output, unknown))
        throw IoError(options.output.string(), "exists and is not a file");
    if (!options.force) throw OtherDesignError(options.output.string() + " exists; --force replaces it");
}

}  // namespace

int replay_command(const ReplayOptions& options) {
    if (!options.trace.empty() && options.output.empty())
        throw UsageError("--trace has no place to write to; -o FILE.h5 names one");
    const Store store = Store::open(options.store, models::catalog());
    const Design& design = store.design();
    if (options.run >= design.runs())
        throw UsageError(
            fmt::format("there is no run {}; the design has runs 0 to {}", options.run, design.runs() - 1));
    check_output(options);
    store.check_inputs();
    const RunId id = design.id(options.run);
    ShardIndex index(store, store.entries());
    const RunState state = index.state(options.run);
    print(fmt::format("run {}: {}, instance {}, replicate {}\n", options.run, design.name_of(id.cell), id.instance,
                      id.replicate));
    const Scenario scenario = design.scenario(id.cell);
    const Replayed replayed = play(scenario, id);  // a run that failed fails here again, with its message
    const std::string digest = replayed.rows.digest(0);
    print(means_of(replayed.rows));
    int code = 0;
    if (state == RunState::done) {
        const auto place = *index.place(options.run);
        const bool same = index.table(place).digests[place.row] == digest;
        print(same ? "its values are those that were recorded\n" : "its values are not those that were recorded\n");
        code = same ? 0 : 5;
    } else {
        print(state == RunState::failed ? "it had failed: " + index.message(options.run) + "\n"
                                        : "it is not recorded yet\n");
    }
    if (options.output.empty()) return code;
    if (options.trace.empty()) {
        write_results(store, options.run, scenario, replayed, options.output);
    } else {
        const Scenario traced = design.scenario(id.cell, {{"record.agents", true, "--trace"}});
        write_results(store, options.run, traced, play(traced, id), options.output);
    }
    say(fmt::format("the run is in {}", options.output.string()));
    return code;
}

}  // namespace commonweal
