#include <fmt/format.h>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/interrupt.hpp"
#include "sim/app/output.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/summary_text.hpp"
#include "sim/app/version.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

int run_command(const RunOptions& options) {
    const Scenario scenario = read_scenario(find_scenario(options.file), options.overrides, models::catalog());
    if (!options.output.empty()) check_replaceable(options.output, options.force);
    note_interrupts();
    Progress progress(options.quiet ? ProgressStyle::none : ProgressStyle::automatic);
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
    if (!options.output.empty() && !options.quiet) say(fmt::format("results are in {}", options.output.string()));
    return 0;
}

}  // namespace commonweal
