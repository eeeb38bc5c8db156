#include "sim/app/command_tree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "sim/app/command_help.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/parse_errors.hpp"
#include "sim/app/store_commands.hpp"
#include "sim/app/version.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/randomness.hpp"

namespace commonweal {

namespace {

using Texts = std::vector<std::string>;

constexpr const char* file_help = "scenario file, or the name of one that comes with the program";
constexpr const char* overrides_help =
    "values that differ from the file: game.mpcr=0.6 (TOML; a plain word needs no quotes)";
constexpr const char* sweep_folder_help = "folder of a sweep";

/// "1, 8, 16 or 64"
std::string one_of_them(const Texts& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return text;
}

/// An option or argument while it is described. CLI11 takes it apart; the description is for people.
class Told {
public:
    Told(CLI::Option* option, OptionInfo& info) : option_(option), info_(info) {}

    Told& required() {
        option_->required();
        info_.required = true;
        return *this;
    }

    /// What follows the option.
    Told& value(const std::string& name, Completes completes = Completes::nothing) {
        option_->type_name(name);
        info_.value = name;
        return this->completes(completes);
    }

    Told& completes(Completes what) {
        info_.completes = what;
        return *this;
    }

    Told& preset(const std::string& text) {
        info_.preset = text;
        return *this;
    }

    /// Only these words.
    Told& one_of(const Texts& words) {
        info_.choices = words;
        info_.completes = Completes::choice;
        info_.allowed = one_of_them(words);
        option_->check(CLI::Validator(
            [words](const std::string& text) -> std::string {
                if (std::ranges::find(words, text) != words.end()) return "";
                const bool names = words.front().front() > '9';
                return fmt::format("is '{}'{}; it must be {}", text, names ? did_you_mean(text, words) : "",
                                   one_of_them(words));
            },
            "", "one_of"));
        return *this;
    }

    /// The meaning tells which values there are.
    Told& told() {
        info_.allowed.clear();
        return *this;
    }

    Told& whole(std::uint64_t low, std::uint64_t high) {
        info_.allowed = fmt::format("{} to {}", low, high);
        return whole(low, high, fmt::format("a whole number from {} to {}", low, high));
    }

    Told& whole() { return whole(0, ~std::uint64_t{0}, "a whole number of at least 0"); }

    Told& number(double low, double high) {
        option_->check(CLI::Validator(
            [=](const std::string& text) -> std::string {
                double value = 0;
                const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
                const bool all = read.ec == std::errc() && read.ptr == text.data() + text.size();
                if (all && low <= value && value <= high) return "";
                if (std::isfinite(high))
                    return fmt::format("is '{}'; it must be a number from {} to {}", text, low, high);
                return fmt::format("is '{}'; it must be a number", text);
            },
            "", "number"));
        if (std::isfinite(high)) info_.allowed = fmt::format("{} to {}", low, high);
        return *this;
    }

    /// One value each time it is given.
    Told& one_each() {
        option_->allow_extra_args(false);
        return *this;
    }

    /// Values with commas between them.
    Told& with_commas() {
        option_->delimiter(',')->allow_extra_args(false);
        info_.repeats = false;
        return *this;
    }

private:
    Told& whole(std::uint64_t low, std::uint64_t high, const std::string& allowed) {
        option_->check(CLI::Validator(
            [=](const std::string& text) -> std::string {
                std::uint64_t value = 0;
                const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
                const bool all = read.ec == std::errc() && read.ptr == text.data() + text.size();
                return all && low <= value && value <= high ? "" : fmt::format("is '{}'; it must be {}", text, allowed);
            },
            "", "whole"));
        return *this;
    }

    CLI::Option* option_;
    OptionInfo& info_;
};

}  // namespace

class CommandTree::Parser {
public:
    Parser() : app_(help_of("").summary, "commonweal") {
        app_.require_subcommand(1);
        flag(
            &app_, "-V,--version", [this] { command_ = [] { return version_command(false); }; },
            "the same as `version`");
        add_config();
        add_list();
        add_describe();
        add_run();
        add_sweep();
        add_compare();
        add_retry();
        add_status();
        add_network();
        add_verify();
        add_replay();
        add_merge();
        add_export();
        add_odd();
        add_cite();
        add_version();
        add_completion();
        add_manual();
        info_ = described(app_, "");
    }

    const CommandInfo& info() const { return info_; }

    std::function<int()> parse(Texts words) {
        if (!words.empty()) sweep_.words.assign(words.begin() + 1, words.end());
        compare_.words = sweep_.words;
        std::reverse(words.begin(), words.end());  // as CLI11 wants them
        try {
            app_.parse(std::move(words));
        } catch (const CLI::CallForHelp&) {
            return [text = help_text(asked_for())] { return print(text), 0; };
        } catch (const CLI::ParseError& error) {
            if (!command_ || app_.count("--version") == 0) throw UsageError(explained(failure_of(error), asked_for()));
        }
        return command_;
    }

private:
    /// The command of that name, below the one that its name says.
    CLI::App* add(const std::string& name, CLI::App* above = nullptr) {
        const std::string last = name.substr(name.rfind(' ') + 1);
        CLI::App* const command = (above ? above : &app_)->add_subcommand(last, help_of(name).summary);
        names_[command] = name;
        return command;
    }

    Told describe(CLI::Option* option, const std::string& names, const std::string& meaning, bool repeats) {
        OptionInfo& info = options_[option];
        for (std::size_t begin = 0; begin < names.size();) {
            const std::size_t end = std::min(names.find(',', begin), names.size());
            info.names.push_back(names.substr(begin, end - begin));
            begin = end + 1;
        }
        info.meaning = meaning;
        info.repeats = repeats;
        return {option, info};
    }

    template <class Target>
    Told option(CLI::App* command, const std::string& names, Target& target, const std::string& meaning) {
        constexpr bool list = requires { target.push_back({}); } && !std::is_same_v<Target, std::string>;
        return describe(command->add_option(names, target, meaning), names, meaning, list);
    }

    Told calling(CLI::App* command, const std::string& names, const std::function<void(const std::string&)>& take,
                 const std::string& meaning) {
        return describe(command->add_option_function<std::string>(names, take, meaning), names, meaning, false);
    }

    Told flag(CLI::App* command, const std::string& names, bool& target, const std::string& meaning) {
        return describe(command->add_flag(names, target, meaning), names, meaning, false);
    }

    Told flag(CLI::App* command, const std::string& names, const std::function<void()>& act,
              const std::string& meaning) {
        CLI::Option* const made = command->add_flag(names, [act](std::int64_t) { act(); }, meaning)->trigger_on_parse();
        return describe(made, names, meaning, false);
    }

    void does(CLI::App* command, const std::function<int()>& act) {
        command->callback([this, act] { command_ = act; });
    }

    void add_scenario(CLI::App* command, std::string& file, Texts& overrides) {
        option(command, "FILE", file, file_help).required().completes(Completes::scenario);
        option(command, "KEY=VALUE", overrides, overrides_help);
    }

    void add_output(CLI::App* command, std::filesystem::path& output, bool& force, const std::string& what) {
        option(command, "-o,--output", output, what).value("FILE.h5", Completes::file);
        flag(command, "-f,--force", force, "replace the output when it exists");
    }

    void add_threads(CLI::App* command, unsigned& threads) {
        option(command, "--threads", threads, "threads; changes no value")
            .whole(1, 4096)
            .value("N")
            .preset("as many as cores");
    }

    void add_lanes(CLI::App* command, std::size_t& lanes) {
        option(command, "--lanes", lanes, "runs computed together, 64 of strategies only; changes no value")
            .one_of({"1", "8", "16", "64"})
            .value("N", Completes::choice)
            .preset("chosen");
    }

    void add_run() {
        CLI::App* const run = add("run");
        add_scenario(run, run_.file, run_.overrides);
        add_output(run, run_.output, run_.force, "results file (HDF5) to write");
        flag(run, "--json", run_.json, "print one JSON object instead of tables");
        add_threads(run, run_.threads);
        add_lanes(run, run_.lanes);
        flag(run, "-q,--quiet", run_.quiet, "say nothing on stderr but errors");
        does(run, [this] { return run_command(run_); });
    }

    void add_compute(CLI::App* command, ComputeOptions& compute) {
        add_threads(command, compute.threads);
        add_lanes(command, compute.lanes);
        option(command, "--shard", compute.share, "the share I of N of the design; auto: from a job array's variables")
            .value("I/N");
        option(command, "--max-time", compute.max_time,
               "begin no run after so long, and stop with exit code 4: 55m, 1h30m")
            .value("TIME");
        option(command, "--shard-seconds", compute.shard_seconds,
               "publish what is computed after so long: what a kill can lose")
            .number(0, 3600)
            .value("S")
            .preset("2");
        calling(
            command, "--on-failure", [&compute](const std::string& what) { compute.stop_on_failure = what == "stop"; },
            "continue: failed runs are rows with a message; stop: begin no run after one failed")
            .one_of({"continue", "stop"})
            .told()
            .value("WHAT", Completes::choice)
            .preset("continue");
        const std::map<std::string, ProgressStyle> styles{{"auto", ProgressStyle::automatic},
                                                          {"plain", ProgressStyle::plain},
                                                          {"json", ProgressStyle::json},
                                                          {"none", ProgressStyle::none}};
        calling(
            command, "--progress", [&compute, styles](const std::string& how) { compute.progress = styles.at(how); },
            "auto: a line on a terminal, else one within five seconds and every ten; plain: such lines; json: an "
            "object a "
            "second; none")
            .one_of({"auto", "plain", "json", "none"})
            .told()
            .value("HOW", Completes::choice)
            .preset("auto");
        flag(
            command, "-q,--quiet", [&compute] { compute.progress = ProgressStyle::none; },
            "say nothing on stderr but errors and what was not done");
    }

    /// Texts with a sign of equality are values, the others files.
    void add_compare() {
        CLI::App* const compare = add("compare");
        option(compare, "FILE", compare_.file, file_help).required().completes(Completes::scenario);
        option(compare, "FILE|KEY=VALUE", compare_words_,
               "files of more regimes and worlds, and values as `sweep` takes them")
            .completes(Completes::variant);
        option(compare, "-o,--output", compare_.output, "folder of the comparison").value("FOLDER", Completes::folder);
        option(compare, "--baseline", report_.baseline, "regime that the others are compared with")
            .value("REGIME")
            .preset("the first");
        option(compare, "--target", report_.target, "welfare that is good enough")
            .number(-INFINITY, INFINITY)
            .value("TOKENS")
            .preset("the baseline's in each world");
        flag(compare, "--dry-run", compare_.dry_run, "tell runs, time, memory and disk, and compute nothing more");
        flag(compare, "--extend", compare_.extend, "add to the folder's design: regimes, worlds, replicates");
        flag(
            compare, "--no-report", [this] { report_.wanted = false; },
            "compute only; `commonweal report FOLDER` tells it");
        add_compute(compare, compare_.compute);
        does(compare, [this] {
            compare_.command = "compare";
            for (const std::string& word : compare_words_)
                (word.find('=') == std::string::npos ? compare_.more : compare_.overrides).push_back(word);
            return compare_command(compare_, report_);
        });
    }

    /// A value of [sweep], given as an option of the command.
    Told design_option(CLI::App* sweep, const std::string& name, const std::string& key, const std::string& meaning) {
        return calling(
            sweep, name,
            [this, key](const std::string& value) { design_words_.push_back("sweep." + key + "=" + value); }, meaning);
    }

    void add_design(CLI::App* sweep) {
        design_option(sweep, "--design", "design", "which points are visited")
            .one_of({"grid", "zip", "lhs", "sobol", "saltelli", "morris", "table"})
            .value("KIND", Completes::choice)
            .preset("grid");
        design_option(sweep, "--points", "points", "points of lhs and sobol, base points of saltelli")
            .whole(1, 2147483647)
            .value("N");
        design_option(sweep, "--trajectories", "trajectories", "trajectories of morris").whole(1, 1000000).value("N");
        design_option(sweep, "--levels", "levels", "levels of morris").whole(2, 65536).value("N").preset("4");
        design_option(sweep, "--second-order", "second_order", "saltelli: points for pairs, too")
            .one_of({"true", "false"})
            .told()
            .value("true|false", Completes::choice);
        design_option(sweep, "--design-seed", "seed", "seed of the points of lhs, sobol, saltelli, morris")
            .whole()
            .value("N")
            .preset("0");
        calling(
            sweep, "--table",
            [this](const std::string& file) {
                design_words_.push_back("sweep.design=table");
                design_words_.push_back("sweep.file='" + file + "'");
            },
            "points from a CSV file, whose header names the keys")
            .value("FILE.csv", Completes::file);
    }

    void add_slurm(CLI::App* sweep) {
        option(sweep, "--submit", sweep_.submit, "hand the sweep to a scheduler")
            .one_of({"slurm"})
            .value("WHERE", Completes::choice);
        SlurmJob& job = sweep_.slurm;
        option(sweep, "--tasks", job.tasks, "tasks of the job array").whole(1, 100000).value("N").preset("1");
        option(sweep, "--time", job.time, "time limit of a task, as Slurm writes it: 01:00:00").value("TIME");
        option(sweep, "--partition", job.partition, "partition of the cluster").value("NAME");
        option(sweep, "--account", job.account, "account that pays").value("NAME");
        option(sweep, "--memory", job.memory, "memory of a task: 4G").value("SIZE");
        option(sweep, "--cpus-per-task", job.cpus_per_task, "threads of a task").whole(1, 4096).value("N").preset("1");
        option(sweep, "--slurm-option", job.extra, "another option of sbatch: --slurm-option=--qos=long")
            .value("OPTION")
            .one_each();
    }

    void add_sweep() {
        CLI::App* const sweep = add("sweep");
        option(sweep, "FILE", sweep_.file, file_help).required().completes(Completes::scenario);
        option(sweep, "KEY=VALUES", sweep_.overrides,
               "what varies: game.mpcr=0.2,0.4 or 'linspace(0.2,0.8,7)'; one value differs from the file");
        option(sweep, "-o,--output", sweep_.output, "folder of the sweep").value("FOLDER", Completes::folder);
        add_design(sweep);
        option(sweep, "--until", sweep_.until,
               "replicates until 'ci(COLUMN) < NUMBER' (also relative_ci, se), judged at 16, 32, 64, ...")
            .value("CRITERION")
            .one_each();
        option(sweep, "--max-replicates", sweep_.max_replicates, "the most replicates, with --until")
            .whole(1, 4294967295)
            .value("N");
        flag(sweep, "--dry-run", sweep_.dry_run, "counts, first and last point; time, memory and disk from a pilot");
        flag(sweep, "--extend", sweep_.extend, "add to the folder's design: more values, points, replicates");
        flag(sweep, "--no-merge", sweep_.no_merge, "leave results.h5 to `commonweal merge`");
        add_compute(sweep, sweep_.compute);
        add_slurm(sweep);
        does(sweep, [this] {
            sweep_.overrides.insert(sweep_.overrides.end(), design_words_.begin(), design_words_.end());
            return sweep_command(sweep_);
        });
    }

    void add_status() {
        CLI::App* const status = add("status");
        option(status, "FOLDER", status_.store, sweep_folder_help).required().completes(Completes::folder);
        flag(status, "--json", status_.json, "print JSON");
        flag(status, "--watch", status_.watch, "again every two seconds, until the sweep is complete");
        does(status, [this] { return status_command(status_); });
    }

    void add_retry() {
        CLI::App* const retry = add("retry");
        option(retry, "FOLDER", retry_.store, sweep_folder_help).required().completes(Completes::folder);
        add_compute(retry, retry_.compute);
        does(retry, [this] { return retry_command(retry_); });
    }

    void add_merge() {
        CLI::App* const merge = add("merge");
        option(merge, "FOLDER", merge_.stores, "folders of one sweep").required().completes(Completes::folder);
        option(merge, "-o,--output", merge_.output, "folder that takes the runs of all")
            .value("FOLDER", Completes::folder)
            .preset("the first");
        flag(merge, "-q,--quiet", merge_.quiet, "say nothing on stderr but errors and what is missing");
        does(merge, [this] { return merge_command(merge_); });
    }

    void add_export() {
        CLI::App* const command = add("export");
        option(command, "FOLDER", export_.store, sweep_folder_help).required().completes(Completes::folder);
        option(command, "--to", export_.format, "csv: tables of the runs; salib: what its own --help tells")
            .one_of({"csv", "salib"})
            .told()
            .value("FORMAT", Completes::choice)
            .required();
        option(command, "-o,--output", export_.output, "folder that takes the tables")
            .value("FOLDER", Completes::folder)
            .preset("csv in the sweep's folder");
        option(command, "--columns", export_.columns, "only these columns, besides what tells runs apart")
            .value("A,B,...")
            .with_commas();
        flag(command, "-f,--force", export_.force, "replace tables that exist");
        flag(command, "-q,--quiet", export_.quiet, "say nothing on stderr but errors and what is missing");
        does(command, [this] { return export_command(export_); });
    }

    void add_verify() {
        CLI::App* const verify = add("verify");
        option(verify, "FOLDER", verify_.store, sweep_folder_help).required().completes(Completes::folder);
        option(verify, "--sample", verify_.sample, "runs that are computed anew").whole().value("N").preset("32");
        add_threads(verify, verify_.threads);
        flag(verify, "--json", verify_.json, "print one JSON object");
        flag(verify, "-q,--quiet", verify_.quiet, "say nothing on stderr but errors");
        does(verify, [this] { return verify_command(verify_); });
    }

    void add_replay() {
        CLI::App* const replay = add("replay");
        option(replay, "FOLDER", replay_.store, sweep_folder_help).required().completes(Completes::folder);
        option(replay, "RUN", replay_.run,
               "number of the run, as results.h5 and `status` show it; or what it is: point=3 replicate=2, "
               "game.mpcr=0.4 regime=punishment")
            .required();
        option(replay, "--trace", replay_.trace, "agents: record every agent in every round")
            .one_of({"agents"})
            .told()
            .value("WHAT", Completes::choice);
        add_output(replay, replay_.output, replay_.force, "results file (HDF5) to write");
        flag(replay, "-q,--quiet", replay_.quiet, "say nothing on stderr but errors");
        does(replay, [this] { return replay_command(replay_); });
    }

    void add_list() {
        CLI::App* const list = add("list");
        option(list, "WHAT", word_, fmt::format("{}; all when left out", fmt::join(list_names(), ", ")))
            .completes(Completes::list);
        does(list, [this] { return list_command(word_); });
    }

    void add_describe() {
        CLI::App* const describe = add("describe");
        option(
            describe, "NAME", described_,
            "a name that `list` shows, a section (session, game, sweep, ...), a key (game.mpcr) or a word (twin run)")
            .required()
            .completes(Completes::model);
        does(describe, [this] { return describe_command(fmt::format("{}", fmt::join(described_, " "))); });
    }

    void add_config() {
        CLI::App* const config = add("config");
        config->require_subcommand(1);
        CLI::App* const init = add("config init", config);
        option(init, "TEMPLATE", init_.name, "a template; all are listed when it is left out")
            .completes(Completes::template_name);
        option(init, "FOLDER", init_.folder, "folder that takes the files; the template's name when left out")
            .completes(Completes::folder);
        flag(init, "-f,--force", init_.force, "replace files that exist");
        does(init, [this] { return init_command(init_); });
        CLI::App* const check = add("config check", config);
        add_scenario(check, run_.file, run_.overrides);
        does(check, [this] { return check_command(run_.file, run_.overrides); });
        CLI::App* const show = add("config show", config);
        add_scenario(show, run_.file, run_.overrides);
        does(show, [this] { return show_command(run_.file, run_.overrides); });
        does(add("config schema", config), schema_command);
    }

    void add_network() {
        CLI::App* const network = add("network");
        network->require_subcommand(1);
        CLI::App* const describe = add_network_part(network, "network describe");
        flag(describe, "--json", network_.json, "print one JSON object instead of tables");
        does(describe, [this] { return network_describe_command(network_); });
        CLI::App* const write = add_network_part(network, "network write");
        option(write, "-o,--output", network_.output, "file to write: .csv, .tsv or .graphml")
            .value("FILE", Completes::file)
            .required();
        option(write, "--agents", network_.agents_output, "table of agents with their attributes to write")
            .value("FILE", Completes::file);
        flag(write, "-f,--force", network_.force, "replace outputs that exist");
        does(write, [this] { return network_write_command(network_); });
        CLI::App* const draw = add_network_part(network, "network draw");
        option(draw, "-o,--output", network_.output, "file to write: .svg").value("FILE", Completes::file).required();
        flag(draw, "-f,--force", network_.force, "replace an output that exists");
        does(draw, [this] { return network_draw_command(network_); });
    }

    CLI::App* add_network_part(CLI::App* network, const std::string& name) {
        CLI::App* const part = add(name, network);
        option(part, "WHAT", network_.what,
               "a generator that `commonweal list networks` shows, a file (.csv, .tsv, .graphml), or a scenario file "
               "(.toml)")
            .required()
            .completes(Completes::network);
        option(part, "KEY=VALUE", network_.settings,
               "values of the generator's or the reader's parameters: agents=1000; of a scenario: network.agents=1000");
        option(part, "--seed", network_.seed, "seed of the random numbers; needed by what draws by chance")
            .whole()
            .value("N");
        option(part, "--instance", network_.instance, "which of the networks of that seed")
            .whole(0, max_instances - 1)
            .value("I")
            .preset("0");
        add_threads(part, network_.threads);
        flag(part, "-q,--quiet", network_.quiet, "say nothing on stderr but errors");
        return part;
    }

    void add_odd() {
        CLI::App* const odd = add("odd");
        option(odd, "FILE", odd_.file, fmt::format("{}; or the folder of a sweep", file_help))
            .required()
            .completes(Completes::scenario);
        option(odd, "KEY=VALUE", odd_.overrides, overrides_help);
        option(odd, "-o,--output", odd_.output, "Markdown file to write")
            .value("FILE.md", Completes::file)
            .preset("standard output");
        flag(odd, "-f,--force", odd_.force, "replace the output when it exists");
        does(odd, [this] { return odd_command(odd_); });
    }

    void add_cite() {
        CLI::App* const cite = add("cite");
        option(cite, "FILE", cite_.file,
               "scenario, results file (.h5) or folder of a sweep whose models and data are cited too")
            .completes(Completes::scenario);
        option(cite, "KEY=VALUE", cite_.overrides, overrides_help);
        flag(
            cite, "--bibtex", [this] { cite_.formats.emplace_back("bibtex"); },
            "for LaTeX and reference managers: what is printed without an option");
        flag(cite, "--cff", [this] { cite_.formats.emplace_back("cff"); }, "Citation File Format, for repositories");
        flag(cite, "--text", [this] { cite_.formats.emplace_back("text"); }, "a list to read");
        does(cite, [this] { return cite_command(cite_); });
    }

    void add_version() {
        CLI::App* const version = add("version");
        flag(version, "--json", run_.json, "as JSON");
        does(version, [this] { return version_command(run_.json); });
    }

    void add_completion() {
        CLI::App* const completion = add("completion");
        option(completion, "SHELL", word_, "the shell").one_of({"bash", "zsh", "fish"}).required();
        does(completion, [this] { return completion_command(word_, info_); });
    }

    void add_manual() {
        CLI::App* const manual = add("manual");
        option(manual, "COMMAND", manual_.command, "the command, as `config check`; all when left out")
            .completes(Completes::command);
        option(manual, "--format", manual_.format, "man: source for man; markdown: for a web page")
            .one_of({"man", "markdown"})
            .told()
            .value("FORMAT", Completes::choice)
            .preset("man");
        option(manual, "--folder", manual_.folder, "write a page for each command into this folder")
            .value("FOLDER", Completes::folder);
        does(manual, [this] { return manual_command(manual_, info_); });
    }

    std::string name_of(const CLI::App& app) const {
        const auto found = names_.find(&app);
        return found == names_.end() ? "" : found->second;
    }

    CommandInfo words_on(const std::string& name) const {
        const CommandHelp& help = help_of(name);
        CommandInfo info;
        info.name = name;
        info.group = help.group;
        info.summary = help.summary;
        info.examples = help.examples;
        info.more.assign(help.more.begin(), help.more.end());
        info.see_also.assign(help.see_also.begin(), help.see_also.end());
        return info;
    }

    /// A command with all below it, in the order of command_helps().
    CommandInfo described(const CLI::App& app, const std::string& name) const {
        CommandInfo info = words_on(name);
        for (const CLI::Option* const option : app.get_options()) {
            const auto found = options_.find(option);
            if (found == options_.end()) continue;  // --help, which stands at the end
            (option->get_positional() ? info.arguments : info.options).push_back(found->second);
        }
        info.options.push_back({.names = {"-h", "--help"},
                                .value = "",
                                .meaning = "print this text",
                                .allowed = "",
                                .preset = "",
                                .choices = {}});
        const std::string prefix = name.empty() ? "" : name + " ";
        for (const CommandHelp& help : command_helps()) {
            const std::string inner = help.name;
            if (inner.empty() || !inner.starts_with(prefix) || inner.find(' ', prefix.size()) != std::string::npos)
                continue;
            const auto found = std::ranges::find_if(names_, [&](const auto& named) { return named.second == inner; });
            info.commands.push_back(found == names_.end() ? words_on(inner) : described(*found->first, inner));
            info.commands.back().external = found == names_.end();
        }
        return info;
    }

    /// The innermost command that was named.
    const CommandInfo& asked_for() {
        const CLI::App* app = &app_;
        while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
        const std::string name = name_of(*app);
        return name.empty() ? info_ : *find_command(info_, name);
    }

    ParseFailure failure_of(const CLI::ParseError& error) {
        using Kind = ParseFailure::Kind;
        ParseFailure failure{.kind = Kind::other, .option = "", .message = error.what(), .left = left()};
        const std::string kind = error.get_name();
        const bool extra =
            failure.message.starts_with("The following argument");  // named by the command in some versions
        if (!failure.left.empty() && (extra || kind == "RequiredError"))
            failure.kind = Kind::unknown_word;
        else if (kind == "RequiredError" && failure.message.starts_with("A subcommand"))
            failure.kind = Kind::missing_command;
        else if (kind == "RequiredError")
            failure.kind = Kind::missing_argument;
        else if (kind == "ArgumentMismatch" && failure.message.ends_with("missing"))
            failure.kind = Kind::missing_value;
        else if (kind == "ValidationError")
            failure.kind = Kind::wrong_value;
        const std::size_t end =
            failure.kind == Kind::missing_argument ? failure.message.find(" is required") : failure.message.find(": ");
        if (end != std::string::npos) failure.option = failure.message.substr(0, end);
        if (failure.kind == Kind::wrong_value && end != std::string::npos) failure.message.erase(0, end + 2);
        return failure;
    }

    Texts left() {
        CLI::App* app = &app_;
        while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
        return app->remaining();
    }

    CLI::App app_;
    CommandInfo info_;
    std::map<const CLI::App*, std::string> names_;
    std::map<const CLI::Option*, OptionInfo> options_;
    RunOptions run_;
    SweepCommandOptions sweep_, compare_;
    ReportOptions report_;
    Texts compare_words_;
    Texts described_;     ///< words of one name
    Texts design_words_;  ///< options of the design as values of [sweep]
    StatusOptions status_;
    RetryOptions retry_;
    MergeOptions merge_;
    ExportOptions export_;
    VerifyOptions verify_;
    ReplayOptions replay_;
    NetworkOptions network_;
    InitOptions init_;
    OddOptions odd_;
    CiteOptions cite_;
    ManualOptions manual_;
    std::string word_;
    std::function<int()> command_;
};

CommandTree::CommandTree() : parser_(std::make_unique<Parser>()) {}
CommandTree::~CommandTree() = default;

const CommandInfo& CommandTree::info() const { return parser_->info(); }

std::function<int()> CommandTree::parse(std::vector<std::string> words) { return parser_->parse(std::move(words)); }

}  // namespace commonweal
