#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/interrupt.hpp"
#include "sim/app/output.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/remarks.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/app/summary_text.hpp"
#include "sim/app/version.hpp"
#include "sim/core/error.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

namespace {

/// Where the results are and how to open them, or how to keep them. A program that reads JSON needs no advice.
void tell_what_is_next(const RunOptions& options) {
    flush_output();
    const std::string output = options.output.string();
    if (!output.empty())
        say(fmt::format(
            "results are in {}; in Python commonweal.open_results({}) opens it, and `ncdump -h {}` lists what "
            "is in it",
            output, nlohmann::json(output).dump(), shell_word(output)));
    else if (!options.json)
        say("nothing was written; -o results.h5 keeps every run");
}

/// Names of other formats, which would be HDF5 all the same.
void check_format(const std::filesystem::path& output) {
    constexpr std::array others{".csv", ".tsv", ".txt", ".json", ".xlsx", ".parquet", ".mat", ".rds"};
    if (std::ranges::find(others, output.extension().string()) != others.end())
        throw UsageError(fmt::format(
            "{}: results are HDF5, and the name ends in .h5; for CSV tables `commonweal sweep ... -o FOLDER`, then "
            "`commonweal export FOLDER --to csv`",
            output.string()));
}

}  // namespace

int run_command(const RunOptions& options) {
    check_is_scenario(options.file);
    const Scenario scenario = read_scenario(find_scenario(options.file), options.overrides, models::catalog());
    check_format(options.output);
    if (!options.output.empty()) check_replaceable(options.output, options.force);
    if (!options.quiet) say_remarks(scenario);
    note_interrupts();
    Progress progress(options.quiet ? ProgressStyle::none : ProgressStyle::automatic, "computing the first runs");
    Execution execution{
        .threads = options.threads, .lanes = options.lanes, .progress = {}, .stop = [] { return interrupted() != 0; }};
    execution.progress = [&](std::uint64_t done, std::uint64_t all) { progress(done, all); };
    const Summary summary = run_all(scenario, execution, options.output, {.program = program()});
    progress.finish(summary.runs, summary.decisions);
    if (summary.stopped) {
        say(fmt::format("interrupted after {} runs; nothing was written, and the same command starts again",
                        summary.runs));
        return interrupted();
    }
    print(options.json ? summary_json(scenario, summary) : summary_text(scenario, summary));
    if (!options.quiet) tell_what_is_next(options);
    return 0;
}

}  // namespace commonweal
