#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "models/catalog.hpp"
#include "sim/app/child_process.hpp"
#include "sim/app/external_command.hpp"
#include "sim/app/interrupt.hpp"
#include "sim/app/output.hpp"
#include "sim/app/remarks.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/app/slurm.hpp"
#include "sim/app/store_commands.hpp"
#include "sim/app/text_table.hpp"
#include "sim/app/version.hpp"
#include "sim/core/parallel.hpp"
#include "sim/network/picture.hpp"
#include "sim/record/durable.hpp"
#include "sim/sweep/merge.hpp"
#include "sim/sweep/pilot.hpp"
#include "sim/sweep/sweep.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

struct Share {
    std::uint32_t share = 1, shares = 1;
};

std::optional<std::uint32_t> whole(std::string_view text) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    return value;
}

std::optional<std::uint32_t> variable(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread is started
    const char* const value = std::getenv(name);
    return value ? whole(value) : std::nullopt;
}

/// The share of this task of a job array, from the scheduler's variables.
Share share_of_task() {
    if (const auto task = variable("SLURM_ARRAY_TASK_ID")) {
        const auto count = variable("SLURM_ARRAY_TASK_COUNT");
        const std::uint32_t first = variable("SLURM_ARRAY_TASK_MIN").value_or(1),
                            step = std::max(variable("SLURM_ARRAY_TASK_STEP").value_or(1), 1u);
        const auto last = variable("SLURM_ARRAY_TASK_MAX");
        if (count && last && *task >= first && (*task - first) % step == 0)
            return {(*task - first) / step + 1, std::max((*last - first) / step + 1, *count)};
    }
    if (const auto task = variable("SGE_TASK_ID")) {
        const std::uint32_t first = variable("SGE_TASK_FIRST").value_or(1),
                            step = std::max(variable("SGE_TASK_STEPSIZE").value_or(1), 1u);
        if (const auto last = variable("SGE_TASK_LAST"))
            return {(*task - first) / step + 1, (*last - first) / step + 1};
    }
    if (const auto task = variable("LSB_JOBINDEX"))
        if (const auto last = variable("LSB_JOBINDEX_END"); last && *task > 0) return {*task, *last};
    throw UsageError(
        "--shard auto finds no job array: it reads SLURM_ARRAY_TASK_ID with _MIN, _MAX and _COUNT, SGE_TASK_ID with "
        "SGE_TASK_LAST, or LSB_JOBINDEX with LSB_JOBINDEX_END; elsewhere write --shard I/N");
}

Share parse_share(const std::string& text) {
    if (text.empty()) return {};
    if (text == "auto") return share_of_task();
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::uint32_t share = whole(std::string_view(text).substr(0, slash)).value_or(0),
                        shares = whole(std::string_view(text).substr(std::min(slash + 1, text.size()))).value_or(0);
    if (share < 1 || share > shares || shares > 100'000)
        throw UsageError(fmt::format("--shard {} is no share; it is I/N with I from 1 to N, or auto", text));
    return {share, shares};
}

/// Seconds of "90", "90s", "55m", "1h30m", "1d"; 0 of "".
double parse_duration(const std::string& text) {
    double seconds = 0;
    const char *at = text.data(), *const end = at + text.size();
    while (at != end) {
        double number = 0;
        const auto read = std::from_chars(at, end, number);
        const bool last = read.ptr == end;
        const char unit = last ? 's' : *read.ptr;
        const double factor = unit == 's' ? 1 : unit == 'm' ? 60 : unit == 'h' ? 3600 : unit == 'd' ? 86400 : 0;
        if (read.ec != std::errc() || factor == 0 || !(number >= 0) || !std::isfinite(number))
            throw UsageError(fmt::format("--max-time {} is no time; it is like 90s, 55m, 1h30m or 2d", text));
        seconds += number * factor;
        at = last ? end : read.ptr + 1;
    }
    if (!text.empty() && !(seconds > 0)) throw UsageError("--max-time must be above 0");
    return seconds;
}

SweepOptions options_of(const ComputeOptions& compute, const Share& share) {
    if (!(compute.shard_seconds >= 0)) throw UsageError("--shard-seconds is not a number of seconds");
    SweepOptions options;
    options.threads = compute.threads;
    options.lanes = compute.lanes;
    options.share = share.share;
    options.shares = share.shares;
    options.max_seconds = parse_duration(compute.max_time);
    options.stop_on_failure = compute.stop_on_failure;
    options.shard_seconds = compute.shard_seconds;
    options.stop = [] { return interrupted() != 0; };
    return options;
}

DesignRequest request_of(const SweepCommandOptions& options) {
    DesignRequest request;
    check_is_scenario(options.file);
    const fs::path file = find_scenario(options.file);
    std::vector<fs::path> more;
    for (const auto& name : options.more) more.push_back(find_scenario(name));
    request.text = scenario_text(file, more);
    request.file = fs::absolute(file).lexically_normal();
    request.here = fs::current_path();
    request.more = options.more;
    request.overrides = options.overrides;
    request.until = options.until;
    request.max_replicates = options.max_replicates;
    return request;
}

/// Builds results.h5 when every run has ended; the exit code.
int join(const Store& store, Progress& progress) {
    const MergeReport report = merge(store, store.results_path());
    progress.clear();
    if (!report.written) return refuse(report);
    print(fmt::format("{}\n", store.results_path().string()));
    return report.complete() ? (report.failed ? 3 : 0) : 4;
}

void tell_failures(const Store& store, const SweepResult& result) {
    if (result.counts.failed == 0) return;
    say(
        fmt::format("{} failed; `commonweal status {}` lists them, `commonweal retry {}` computes them again, which "
                    "helps where the machine was at fault",
                    counted(result.counts.failed, "run"), shell_word(store.folder().string()),
                    shell_word(store.folder().string())));
    if (!result.first_failure.empty()) say("the first of them: " + result.first_failure);
}

/// Says what was done and what is left. `again` is the command that goes on. Returns the exit code.
int conclude(const Store& store, const SweepResult& result, const Share& share, const SweepCommandOptions& options,
             Progress& progress, const std::string& again) {
    const bool quiet = options.compute.progress == ProgressStyle::none;
    progress.clear();
    const SweepCounts& counts = result.counts;
    if (!quiet)
        say(fmt::format("{} in {}; {} of {} are complete", counted(counts.computed, "run"),
                        duration_text(progress.seconds()), counts.done + counts.failed, counts.wanted));
    tell_failures(store, result);
    if (result.end != SweepEnd::complete) {
        const char* const why = result.end == SweepEnd::out_of_time ? "the time is over"
                                : result.end == SweepEnd::failure   ? "a run failed"
                                                                    : "it was interrupted";
        say(fmt::format("stopped, because {}; nothing is lost, and this goes on: {}", why, again));
        const bool paused = asked_to_pause() || share.shares > 1;
        return result.end == SweepEnd::stopped && !paused ? interrupted() : 4;
    }
    if (options.no_merge || share.shares > 1) {
        if (!quiet)
            say(fmt::format("`commonweal merge {}` builds the results file", shell_word(store.folder().string())));
        return counts.failed ? 3 : 0;
    }
    progress.begin("building results.h5");
    const int code = join(store, progress);
    if (!quiet && !options.report_follows && (code == 0 || code == 3)) tell_next(store);
    return code;
}

std::string command_of(const std::string& name, const std::vector<std::string>& words) {
    std::string command = "commonweal " + name;
    for (const auto& word : words) command += " " + shell_word(word);
    return command;
}

double peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

/// Runs of the design that its folder has already.
std::uint64_t runs_there(const SweepCommandOptions& options, const Design& design) {
    std::error_code unknown;
    if (options.output.empty() || !fs::exists(options.output / "manifest.json", unknown)) return 0;
    const Store store = Store::open(options.output, models::catalog());
    if (!options.extend && store.design().runs() != design.runs()) return 0;
    const auto states = store.states(store.entries());
    return std::min<std::uint64_t>(static_cast<std::uint64_t>(std::ranges::count(states, RunState::done)),
                                   design.runs());
}

int dry_run(const SweepCommandOptions& options, const Share& share) {
    const Design design(request_of(options), models::catalog());
    design.check_cells();
    check_places(design);
    if (options.compute.progress != ProgressStyle::none) say_remarks(design);
    const auto& points = design.points();
    print(fmt::format("design      {}: {} x {} x {} x {} x {}{}\n", kind_name(points.options().kind),
                      counted(points.size(), "point"), counted(std::max<std::size_t>(design.regimes(), 1), "regime"),
                      counted(std::max<std::size_t>(design.worlds(), 1), "world"),
                      counted(design.instances(), "instance"), design.until().empty() ? "" : "at most ",
                      counted(design.replicates(), "replicate")));
    const std::uint64_t there = runs_there(options, design);
    print(
        fmt::format("runs        {}{}\n", design.runs(),
                    there ? fmt::format(", of which {} are there and {} are new", there, design.runs() - there) : ""));
    print(fmt::format("first       {}\n", design.name_of(0)));
    if (design.cells() > 1) print(fmt::format("last        {}\n", design.name_of(design.cells() - 1)));
    for (const Criterion& criterion : design.until())
        print(fmt::format("until       {}, judged at 16, 32, 64, ... replicates\n", criterion.text));
    flush_output();
    Progress progress(options.compute.progress, "computing a few runs as a pilot");
    const Pilot pilot = run_pilot(design, options.compute.lanes);
    progress.clear();
    const double left = static_cast<double>(design.runs() - there) / static_cast<double>(design.runs());
    double threads = 0;
    with_threads(options.compute.threads, [&] { threads = static_cast<double>(thread_count()); });
    print(fmt::format("pilot       {}, {} each on one thread\n", counted(pilot.runs, "run"),
                      duration_text(pilot.seconds_per_run)));
    print(fmt::format("time        {} on {} threads{}\n", duration_text(pilot.seconds * left / share.shares / threads),
                      threads, share.shares > 1 ? fmt::format(", of each of {} shares", share.shares) : ""));
    print(fmt::format("memory      {} in the pilot on one thread\n", size_text(peak_memory())));
    print(
        fmt::format("disk        at most {} of shards, and the same for results.h5\n", size_text(pilot.bytes * left)));
    if (!pilot.failure.empty()) say("in the pilot, " + pilot.failure);
    return 0;
}

/// The words of the command without what asks for Slurm.
std::vector<std::string> words_without_slurm(const std::vector<std::string>& words) {
    const std::vector<std::string> with_value{"--submit",  "--tasks",         "--time",   "--partition",
                                              "--account", "--cpus-per-task", "--memory", "--slurm-option"};
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string name = words[i].substr(0, words[i].find('='));
        if (words[i] == "--dry-run") continue;
        if (std::ranges::find(with_value, name) == with_value.end())
            kept.push_back(words[i]);
        else if (name == words[i])
            ++i;
    }
    return kept;
}

int submit(const SweepCommandOptions& options) {
    if (!options.compute.share.empty()) throw UsageError("--shard has no place with --submit; --tasks says how many");
    SlurmJob job = options.slurm;
    job.program = (program_folder() / "commonweal").string();
    job.sweep_arguments = words_without_slurm(options.words);
    job.store = options.output;
    if (options.dry_run) {
        show_slurm_jobs(job);
        return 0;
    }
    array_script(job);  // refuses what cannot be submitted before anything is written
    Store::open_for(options.output, request_of(options), program(), models::catalog(), options.extend, true);
    submit_to_slurm(job);
    return 0;
}

}  // namespace

int sweep_command(const SweepCommandOptions& options) {
    if (options.output.empty() && !(options.dry_run && options.submit.empty()))
        throw UsageError("-o FOLDER is missing: the folder that takes the runs; --dry-run needs none");
    if (!options.submit.empty()) return submit(options);
    const Share share = parse_share(options.compute.share);
    if (options.dry_run) return dry_run(options, share);
    SweepOptions sweep = options_of(options.compute, share);  // refuses what is not right before a folder is made
    check_places(Design(request_of(options), models::catalog()));
    const Store store = Store::open_for(options.output, request_of(options), program(), models::catalog(),
                                        options.extend, share.shares > 1);
    if (options.compute.progress != ProgressStyle::none && share.share == 1) say_remarks(store.design());
    note_interrupts();
    Progress progress(options.compute.progress, "computing the first runs");
    sweep.progress = [&progress](const SweepCounts& counts) { progress(counts); };
    const SweepResult result = compute_runs(store, sweep);
    return conclude(store, result, share, options, progress, command_of(options.command, options.words));
}

namespace {

/// The network of the first cell, for the report. What cannot be drawn is left out of it.
void draw_network(const SweepCommandOptions& options) {
    const Scenario scenario = Design(request_of(options), models::catalog()).scenario(0);
    if (!scenario.generator) return;
    try {
        const Network network = scenario.generator->generate(Randomness(scenario.seeds), 0);
        write_durably(options.output / "network.svg",
                      picture_of(network, "One of the networks: " + scenario.network.kind));
    } catch (const ConfigError& error) {
        say(fmt::format("the network is not drawn: {}", error.what()));
    }
}

/// A network that is read, or a lattice, is the same in every instance: intervals would take copies for networks.
void check_instances(const SweepCommandOptions& options) {
    const Design design(request_of(options), models::catalog());
    if (design.instances() < 2) return;
    const Scenario scenario = design.scenario(0);
    if (scenario.generator && !scenario.generator->random())
        throw ConfigError(options.file,
                          fmt::format("instances is {}, but {} gives the same network each time; a comparison "
                                      "takes instances for other networks: use replicates = {}",
                                      design.instances(), scenario.network.kind,
                                      std::uint64_t{design.instances()} * design.replicates()));
}

}  // namespace

int compare_command(const SweepCommandOptions& options, const ReportOptions& report) {
    if (!options.dry_run) {
        const Design design(request_of(options), models::catalog());
        if (design.regimes() < 2)
            throw ConfigError(options.file,
                              "a comparison needs at least two regimes: tables [regime.<name>], here or in "
                              "files that follow; `commonweal config init regimes` writes one to begin with");
    }
    check_instances(options);
    const fs::path program = external_program("report");
    SweepCommandOptions compute = options;
    compute.report_follows = report.wanted && !program.empty();
    const int code = sweep_command(compute);
    if ((code != 0 && code != 3) || options.dry_run || !report.wanted) return code;
    if (!options.compute.share.empty()) return code;  // a share of the runs is no comparison; `report` follows `merge`
    draw_network(options);
    if (program.empty()) {
        say("the report is written by the Python package, which commonweal's wheel has; then `commonweal report " +
            shell_word(options.output.string()) + "`");
        return code;
    }
    std::vector<std::string> words{program.string(), options.output.string()};
    if (!report.baseline.empty()) words.insert(words.end(), {"--baseline", report.baseline});
    if (!report.target.empty()) words.insert(words.end(), {"--target", report.target});
    Progress progress(options.compute.progress, "writing the report");
    const Ended ended = run_to_end(words);
    progress.clear();
    print(ended.out);
    const bool quiet = options.compute.progress == ProgressStyle::none;
    if (!ended.err.empty() && (!quiet || ended.code != 0))
        say(ended.err.substr(0, ended.err.find_last_not_of('\n') + 1));
    flush_output();
    if (ended.code == 0 && !quiet)
        say(fmt::format("open {} in a browser; the file needs no other",
                        (options.output / "report/report.html").string()));
    return ended.code != 0 ? ended.code : code;
}

int retry_command(const RetryOptions& options) {
    const Share share = parse_share(options.compute.share);
    SweepOptions sweep = options_of(options.compute, share);
    const Store store = Store::resume(options.store, program(), models::catalog(), share.shares > 1);
    note_interrupts();
    Progress progress(options.compute.progress, "computing the first runs");
    sweep.progress = [&progress](const SweepCounts& counts) { progress(counts); };
    sweep.retry = true;
    std::string again = "commonweal retry " + shell_word(options.store.string());
    if (share.shares > 1) again += fmt::format(" --shard {}/{}", share.share, share.shares);
    SweepCommandOptions compute;
    compute.compute = options.compute;
    return conclude(store, compute_runs(store, sweep), share, compute, progress, again);
}

}  // namespace commonweal
