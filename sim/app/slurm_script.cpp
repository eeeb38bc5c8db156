#include "sim/app/slurm_script.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "sim/app/shell_words.hpp"
#include "sim/core/error.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

constexpr unsigned most_restarts = 100;
constexpr unsigned least_time = 120;      // [s]: Slurm looks at time limits about once a minute
constexpr unsigned longest_margin = 300;  // [s]

std::optional<unsigned> number(std::string_view text) {
    unsigned value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || value > 1'000'000) return {};
    return value;
}

std::vector<unsigned> numbers(std::string_view text) {
    std::vector<unsigned> found;
    while (true) {
        const std::size_t end = std::min(text.find(':'), text.size());
        const auto value = number(text.substr(0, end));
        if (!value) return {};
        found.push_back(*value);
        if (end == text.size()) return found;
        text.remove_prefix(end + 1);
    }
}

/// A time limit in seconds, from any of Slurm's ways to write it (man sbatch, --time); none when it is not one.
std::optional<unsigned long> seconds(std::string_view time) {
    unsigned long days = 0;
    const std::size_t dash = time.find('-');
    if (dash != std::string_view::npos) {
        const auto value = number(time.substr(0, dash));
        if (!value) return {};
        days = *value;
        time.remove_prefix(dash + 1);
    }
    std::vector<unsigned> parts = numbers(time);
    if (parts.empty() || parts.size() > 3) return {};
    // Behind days stand hours; else a single number are minutes, and two are minutes and seconds.
    if (dash == std::string_view::npos && parts.size() < 3) parts.insert(parts.begin(), 0);
    parts.resize(3);
    return ((days * 24 + parts[0]) * 60 + parts[1]) * 60 + parts[2];
}

unsigned long checked_seconds(const std::string& time) {
    const auto limit = seconds(time);
    if (!limit)
        throw UsageError(
            fmt::format("the time limit of a task is '{}'; it must be minutes, MINUTES:SECONDS, "
                        "HOURS:MINUTES:SECONDS, DAYS-HOURS, DAYS-HOURS:MINUTES or "
                        "DAYS-HOURS:MINUTES:SECONDS",
                        time));
    if (*limit < least_time)
        throw UsageError(fmt::format("the time limit of a task is '{}'; it must be at least 2 minutes", time));
    return *limit;
}

/// What is kept of the time limit for the end of the last runs and for their files.
unsigned long margin(unsigned long limit) { return std::min<unsigned long>(limit / 4, longest_margin); }

fs::path store_of(const SlurmJob& job) {
    const fs::path store = fs::absolute(job.store).lexically_normal();
    return store.has_filename() ? store : store.parent_path();
}

std::string program_of(const SlurmJob& job) {
    return job.program.find('/') == std::string::npos ? job.program : fs::absolute(job.program).string();
}

bool is_given(const SlurmJob& job, const std::string& option) {
    return std::ranges::any_of(job.sweep_arguments, [&](const std::string& argument) {
        return argument == option || argument.starts_with(option + "=");
    });
}

std::string header(const SlurmJob& job, const std::string& name, const std::string& log) {
    const fs::path store = store_of(job);
    std::vector<std::string> options{"--job-name=" + sbatch_word("commonweal-" + store.filename().string() + name),
                                     "--output=" + sbatch_word(sbatch_log_path((store / "slurm").string()) + "/" + log),
                                     "--open-mode=append"};
    const auto add = [&](const char* option, const std::string& value) {
        if (!value.empty()) options.push_back(option + sbatch_word(value));
    };
    add("--time=", job.time);
    add("--partition=", job.partition);
    add("--account=", job.account);
    add("--mem=", job.memory);
    for (const auto& option : job.extra) {
        if (!option.starts_with('-') || option.find('\n') != std::string::npos)
            throw UsageError(fmt::format("'{}' is no option of sbatch; write it as in --qos=long", option));
        options.push_back(option);
    }
    return fmt::format("#!/usr/bin/env bash\n#SBATCH {}\n", fmt::join(options, "\n#SBATCH "));
}

std::string array_header(const SlurmJob& job) {
    std::string text = header(job, "", "%A_%a.log");
    text += fmt::format("#SBATCH --array=1-{}\n#SBATCH --cpus-per-task={}\n#SBATCH --requeue\n", job.tasks,
                        job.cpus_per_task);
    // A last call before the time limit, should the program's own watch fail. B: to this script alone.
    if (!job.time.empty())
        text += fmt::format("#SBATCH --signal=B:USR1@{}\n", margin(checked_seconds(job.time)) * 2 / 5);
    return text;
}

std::string sweep_command(const SlurmJob& job) {
    std::string words = shell_word(program_of(job)) + " sweep";
    for (const auto& argument : job.sweep_arguments) words += " " + shell_word(argument);
    words += " --shard auto";
    if (!is_given(job, "--threads")) words += " --threads \"$SLURM_CPUS_PER_TASK\"";
    if (!job.time.empty() && !is_given(job, "--max-time")) {
        const unsigned long limit = checked_seconds(job.time);
        const unsigned long time = limit - margin(limit);
        words += time % 60 == 0 ? fmt::format(" --max-time {}m", time / 60) : fmt::format(" --max-time {}s", time);
    }
    return words;
}

/// Where the sweep was asked for: its file and its folder may be relative to it.
std::string change_folder() { return fmt::format("cd -- {} || exit 74\n", shell_word(fs::current_path().string())); }

// {0}: change_folder, {1}: most_restarts, {2}: sweep_command
constexpr std::string_view array_body = R"script(
# Computes one share of a sweep. `commonweal sweep --submit slurm` wrote this file.
# It may be submitted again at any time: what is computed already is not computed again.

{0}restarts=${{SLURM_RESTART_COUNT:-0}}
most_restarts={1}
say() {{ echo "task $SLURM_ARRAY_TASK_ID of $SLURM_ARRAY_TASK_COUNT, start $((restarts + 1)): $*"; }}

# Slurm's signals are passed on as one USR1, on which the program stops cleanly. USR1 comes to this script alone: the time
# is nearly over. TERM comes to the program too: Slurm ends the task (scancel, preemption), and decides itself whether it
# comes back. A second signal of a kind would stop the program at once.
signaled=false
asked=false
ended=false
ask() {{
    signaled=true
    [[ -z $! ]] || $asked || {{ asked=true; kill -s USR1 "$!" 2> /dev/null; }}
}}
trap ask USR1
trap 'ended=true; ask' TERM

say "begins on $SLURMD_NODENAME"
{2} &
program=$!
$signaled && ask
# A signal ends `wait` before the program has ended.
while
    signaled=false
    code=0
    wait "$program" || code=$?
    $signaled
do :; done
trap '' USR1
trap 'ended=true' TERM
say "exit code $code"

# 4: stopped in time, incomplete; 138: stopped by USR1 before the program listened, which loses nothing.
if ((code == 4 || code == 138)) && ! $ended; then
    if ((restarts >= most_restarts)); then
        say "is incomplete after $((restarts + 1)) starts and is given up; submit this script again to go on"
    elif scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_$SLURM_ARRAY_TASK_ID"; then
        say "is incomplete and goes back into the queue"
    else
        say "is incomplete and cannot go back into the queue; submit this script again to go on"
    fi
fi
exit "$code"
)script";

// {0}: change_folder, {1}: the command
constexpr std::string_view merge_body = R"script(
# Joins the shares of a sweep into results.h5. `commonweal sweep --submit slurm` wrote this file.
# Exit code 3: some runs failed; 4: runs are missing, and submitting array.sh again computes them.

{0}{1}
)script";

}  // namespace

std::string array_script(const SlurmJob& job) {
    if (job.tasks == 0) throw UsageError("a job array has at least 1 task");
    if (job.cpus_per_task == 0) throw UsageError("a task has at least 1 processor");
    return array_header(job) + fmt::format(array_body, change_folder(), most_restarts, sweep_command(job));
}

std::string merge_script(const SlurmJob& job) {
    const std::string command = shell_word(program_of(job)) + " merge " + shell_word(store_of(job).string());
    return header(job, "-merge", "merge_%j.log") + fmt::format(merge_body, change_folder(), command);
}

}  // namespace commonweal
