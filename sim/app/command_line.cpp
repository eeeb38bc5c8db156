#include "sim/app/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <functional>

#include "sim/app/commands.hpp"
#include "sim/app/external_command.hpp"
#include "sim/app/output.hpp"
#include "sim/app/store_commands.hpp"
#include "sim/app/version.hpp"
#include "sim/core/error.hpp"
#include "sim/core/instruction_set.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/randomness.hpp"

namespace commonweal {

namespace {

/// A command: what it does, and how to call it.
struct Help {
    const char* name;
    const char* summary;
    const char* examples;
};

constexpr Help program_help{
    "commonweal", "Simulates how cooperation spreads, or collapses, among people who play public-goods games.",
    "  commonweal list                                          what there is to simulate with\n"
    "  commonweal run experiments/fowler_christakis_2010        one scenario: a table of results\n"
    "  commonweal run FILE replicates=100 game.mpcr=0.6 -o results.h5\n"
    "  commonweal describe belief_schedule                      equation, parameters, source\n"
    "  commonweal config show FILE > mine.toml                  a scenario with all its values\n"
    "  commonweal network describe erdos_renyi --seed 1         degrees, clustering, distances\n"
    "  commonweal reproduce fowler-christakis-2010              beside the published values\n"
    "  commonweal analyze dyads --data FILE.csv ...             influence in an experiment's data\n"};

constexpr Help run_help{"run", "Computes one scenario and prints a table of results",
                        "  commonweal run experiments/fowler_christakis_2010\n"
                        "  commonweal run mine.toml replicates=100 session.rounds=20 -o results.h5\n"
                        "  commonweal run mine.toml record.cascade=true --json\n"};

constexpr Help sweep_help{
    "sweep", "Computes a whole design into a folder that survives any kill; the same command again goes on",
    "  commonweal sweep mine.toml game.mpcr='linspace(0.2,0.8,25)' -o out\n"
    "  commonweal sweep mine.toml game.mpcr=0.3,0.5 matching.kind=partners,strangers replicates=64 -o out --dry-run\n"
    "  commonweal sweep mine.toml game.mpcr='uniform(0.2,0.9)' --design sobol --points 256 -o out\n"
    "  commonweal sweep mine.toml -o out --until 'ci(mean_contribution) < 0.1' --max-replicates 512\n"
    "  commonweal sweep mine.toml -o out --submit slurm --tasks 50 --time 01:00:00\n"};

constexpr Help compare_help{
    "compare", "Compares policy regimes in several worlds, and writes the report",
    "  commonweal compare sweeps/public_service -o out\n"
    "  commonweal compare sweeps/public_service network.agents=500 instances=4 replicates=16 -o out\n"
    "  commonweal compare mine.toml regimes/contest my_regime.toml worlds/austerity -o out --baseline nothing\n"};
constexpr Help status_help{"status", "Tells how far a sweep is, and which runs failed",
                           "  commonweal status out\n  commonweal status out --watch\n"};

constexpr Help retry_help{"retry", "Computes the failed runs of a sweep again, and those that are open",
                          "  commonweal retry out\n"};

constexpr Help merge_help{"merge", "Joins the shards of a sweep into results.h5, also of an unfinished one",
                          "  commonweal merge out\n"
                          "  commonweal merge machine_a machine_b -o all\n"};

constexpr Help export_help{
    "export", "Writes the runs of a sweep as CSV tables, also of an unfinished one",
    "  commonweal export out --to csv\n"
    "  commonweal export out --to csv --columns late_share,mean_payoff -o tables\n"
    "  commonweal export out --to salib -o sensitivity          (a command of the Python package)\n"};

constexpr Help verify_help{"verify", "Checks a sweep: bytes, values, and some runs computed anew",
                           "  commonweal verify out --sample 100\n"};

constexpr Help replay_help{"replay", "Computes one run of a sweep again, and compares it with what was recorded",
                           "  commonweal replay out 17\n"
                           "  commonweal replay out 17 --trace agents -o run_17.h5\n"};

constexpr Help list_help{"list", "Lists models and scenarios, one line on each", "  commonweal list behaviors\n"};

constexpr Help describe_help{"describe",
                             "Tells all about a model or a section: equation, parameters with ranges and units, source",
                             "  commonweal describe free_rider\n"
                             "  commonweal describe game\n"};

constexpr Help config_help{"config", "Checks and shows scenario files",
                           "  commonweal config check mine.toml\n"
                           "  commonweal config show experiments/fowler_christakis_2010 game.mpcr=0.6 > mine.toml\n"
                           "  commonweal config schema > scenario.schema.json\n"};

constexpr Help network_help{
    "network", "Describes, writes and draws networks: from a generator, a file, or a scenario",
    "  commonweal network describe barabasi_albert agents=1000 links=2 --seed 1\n"
    "  commonweal network describe friends.csv agents=people.csv source=from target=to\n"
    "  commonweal network write watts_strogatz agents=1000 rewiring=0.1 --seed 1 -o small_world.csv\n"
    "  commonweal network draw public_service agents=500 boards=3 --seed 1 -o service.svg\n"};

constexpr Help completion_help{"completion", "Prints a script that completes commands, names and scenarios",
                               "  source <(commonweal completion bash)\n"
                               "  commonweal completion fish > ~/.config/fish/completions/commonweal.fish\n"};

constexpr const char* lanes_help = "runs computed together: 1, 8, 16 or, of strategies, 64 (chosen); changes no value";
constexpr const char* file_help = "scenario file, or the name of one that comes with the program";
constexpr const char* overrides_help =
    "values that differ from the file: game.mpcr=0.6 (TOML; a plain word needs no quotes)";

/// The help of CLI11 with the examples, which are kept as the footer, before everything else.
class ExamplesFirst : public CLI::Formatter {
public:
    std::string make_usage(const CLI::App* app, std::string name) const override {
        const std::string examples = app->get_footer();
        return "\n" + (examples.empty() ? "" : "Examples:\n" + examples + "\n") + CLI::Formatter::make_usage(app, name);
    }
    std::string make_footer(const CLI::App*) const override { return ""; }
};

/// Takes words apart and remembers what they ask for; nothing is done before all of them are understood.
class Parser {
public:
    Parser() : app_(program_help.summary, program_help.name) {
        app_.formatter(std::make_shared<ExamplesFirst>());
        app_.get_formatter()->column_width(28);
        app_.footer(program_help.examples);
        app_.require_subcommand(1);
        app_.add_flag(
                "-V,--version", [this](std::int64_t) { command_ = [] { return version_command(false); }; },
                "the same as `version`")
            ->trigger_on_parse();
        add_run();
        add_sweep();
        add_compare();
        add_status();
        add_retry();
        add_merge();
        add_export();
        add_verify();
        add_replay();
        add_list();
        add_describe();
        add_config();
        add_network();
        add_version();
        add_completion();
    }

    std::vector<std::string> commands() {
        std::vector<std::string> names;
        for (const CLI::App* command : app_.get_subcommands([](CLI::App*) { return true; }))
            names.push_back(command->get_name());
        return names;
    }

    std::string help() { return app_.help(); }

    /// The command that the words ask for. Throws UsageError.
    std::function<int()> parse(std::vector<std::string> words) {
        if (!words.empty()) sweep_.words.assign(words.begin() + 1, words.end());
        compare_.words = sweep_.words;
        std::reverse(words.begin(), words.end());  // as CLI11 wants them
        try {
            app_.parse(std::move(words));
        } catch (const CLI::CallForHelp&) {
            return [text = app_.help()] { return print(text), 0; };
        } catch (const CLI::ParseError& error) {
            if (!command_ || !version_asked()) throw UsageError(explained(error));
        }
        return command_;
    }

private:
    CLI::App* add(const Help& help) {
        CLI::App* command = app_.add_subcommand(help.name, help.summary);
        command->footer(help.examples);
        return command;
    }

    void add_run() {
        CLI::App* run = add(run_help);
        run->add_option("FILE", run_.file, file_help)->required();
        run->add_option("KEY=VALUE", run_.overrides, overrides_help);
        run->add_option("-o,--output", run_.output, "results file (HDF5) to write")->type_name("FILE.h5");
        run->add_flag("-f,--force", run_.force, "replace the output when it exists");
        run->add_flag("--json", run_.json, "print one JSON object instead of tables");
        run->add_option("--threads", run_.threads, "threads (as many as cores); changes no value")
            ->check(CLI::Range(1, 4096))
            ->type_name("N");
        run->add_option("--lanes", run_.lanes, lanes_help)->check(CLI::IsMember({1, 8, 16, 64}))->type_name("N");
        run->add_flag("-q,--quiet", run_.quiet, "say nothing on stderr but errors");
        run->callback([this] { command_ = [this] { return run_command(run_); }; });
    }

    void add_threads(CLI::App* command, unsigned& threads) {
        command->add_option("--threads", threads, "threads (as many as cores); changes no value")
            ->check(CLI::Range(1, 4096))
            ->type_name("N");
    }

    void add_compute(CLI::App* command, ComputeOptions& compute) {
        add_threads(command, compute.threads);
        command->add_option("--lanes", compute.lanes, lanes_help)->check(CLI::IsMember({1, 8, 16, 64}))->type_name("N");
        command
            ->add_option("--shard", compute.share, "the share I of N of the design; auto: from a job array's variables")
            ->type_name("I/N");
        command
            ->add_option("--max-time", compute.max_time,
                         "begin no run after so long, and stop with exit code 4: 55m, 1h30m")
            ->type_name("TIME");
        command
            ->add_option("--shard-seconds", compute.shard_seconds,
                         "publish what is computed after so long: what a kill can lose (2)")
            ->check(CLI::Range(0.0, 3600.0))
            ->type_name("S");
        command
            ->add_option_function<std::string>(
                "--on-failure", [&compute](const std::string& what) { compute.stop_on_failure = what == "stop"; },
                "continue (default): failed runs are rows with a message; stop: begin no run after one failed")
            ->check(CLI::IsMember({"continue", "stop"}))
            ->type_name("WHAT");
        command
            ->add_option_function<std::string>(
                "--progress",
                [&compute](const std::string& how) {
                    compute.progress = how == "json"    ? ProgressStyle::json
                                       : how == "plain" ? ProgressStyle::plain
                                       : how == "none"  ? ProgressStyle::none
                                                        : ProgressStyle::automatic;
                },
                "auto: a line on a terminal, else a line every ten seconds; plain; json: an object a second; none")
            ->check(CLI::IsMember({"auto", "plain", "json", "none"}))
            ->type_name("HOW");
        command->add_flag(
            "-q,--quiet", [&compute](std::int64_t) { compute.progress = ProgressStyle::none; },
            "say nothing on stderr but errors and what was not done");
    }

    /// Words with a sign of equality are values, the others files.
    void add_compare() {
        CLI::App* compare = add(compare_help);
        compare->add_option("FILE", compare_.file, file_help)->required();
        compare->add_option("FILE|KEY=VALUE", compare_words_,
                            "files of more regimes and worlds, and values as `sweep` takes them");
        compare->add_option("-o,--output", compare_.output, "folder of the comparison")->type_name("FOLDER");
        compare->add_option("--baseline", report_.baseline, "regime that the others are compared with (the first)")
            ->type_name("REGIME");
        compare->add_option("--target", report_.target, "welfare that is good enough (the baseline's in each world)")
            ->check(CLI::Number)
            ->type_name("TOKENS");
        compare->add_flag("--dry-run", compare_.dry_run, "tell runs, time, memory and disk, and compute nothing more");
        compare->add_flag("--extend", compare_.extend, "add to the folder's design: regimes, worlds, replicates");
        compare->add_flag("--no-report{false}", report_.wanted, "compute only; `commonweal report FOLDER` tells it");
        add_compute(compare, compare_.compute);
        compare->callback([this] {
            compare_.command = "compare";
            for (const std::string& word : compare_words_)
                (word.find('=') == std::string::npos ? compare_.more : compare_.overrides).push_back(word);
            command_ = [this] { return compare_command(compare_, report_); };
        });
    }

    /// A value of [sweep], given as an option of the command.
    void add_design_option(CLI::App* sweep, const std::string& option, const std::string& key, const std::string& type,
                           const std::string& help) {
        sweep
            ->add_option_function<std::string>(
                option,
                [this, key](const std::string& value) { design_words_.push_back("sweep." + key + "=" + value); }, help)
            ->type_name(type);
    }

    void add_sweep() {
        CLI::App* sweep = add(sweep_help);
        sweep->add_option("FILE", sweep_.file, file_help)->required();
        sweep->add_option("KEY=VALUES", sweep_.overrides,
                          "what varies: game.mpcr=0.2,0.4 or 'linspace(0.2,0.8,7)'; one value differs from the file");
        sweep->add_option("-o,--output", sweep_.output, "folder of the sweep")->type_name("FOLDER");
        add_design_option(sweep, "--design", "design", "KIND",
                          "grid (default), zip, lhs, sobol, saltelli, morris, table");
        add_design_option(sweep, "--points", "points", "N", "points of lhs and sobol, base points of saltelli");
        add_design_option(sweep, "--trajectories", "trajectories", "N", "trajectories of morris");
        add_design_option(sweep, "--levels", "levels", "N", "levels of morris (4)");
        add_design_option(sweep, "--second-order", "second_order", "true|false", "saltelli: points for pairs, too");
        add_design_option(sweep, "--design-seed", "seed", "N",
                          "seed of the points of lhs, sobol, saltelli, morris (0)");
        sweep
            ->add_option_function<std::string>(
                "--table",
                [this](const std::string& file) {
                    design_words_.push_back("sweep.design=table");
                    design_words_.push_back("sweep.file='" + file + "'");
                },
                "points from a CSV file, whose header names the keys")
            ->type_name("FILE.csv");
        sweep
            ->add_option("--until", sweep_.until,
                         "replicates until 'ci(COLUMN) < NUMBER' (also relative_ci, se), judged at 16, 32, 64, ...")
            ->type_name("CRITERION")
            ->allow_extra_args(false);
        sweep->add_option("--max-replicates", sweep_.max_replicates, "the most replicates, with --until")
            ->type_name("N");
        sweep->add_flag("--dry-run", sweep_.dry_run,
                        "counts, first and last point; time, memory and disk from a pilot");
        sweep->add_flag("--extend", sweep_.extend, "add to the folder's design: more values, points, replicates");
        sweep->add_flag("--no-merge", sweep_.no_merge, "leave results.h5 to `commonweal merge`");
        add_compute(sweep, sweep_.compute);
        sweep->add_option("--submit", sweep_.submit, "hand the sweep to a scheduler: slurm")
            ->check(CLI::IsMember({"slurm"}))
            ->type_name("WHERE");
        SlurmJob& job = sweep_.slurm;
        sweep->add_option("--tasks", job.tasks, "tasks of the job array (1)")
            ->check(CLI::Range(1, 100000))
            ->type_name("N");
        sweep->add_option("--time", job.time, "time limit of a task, as Slurm writes it: 01:00:00")->type_name("TIME");
        sweep->add_option("--partition", job.partition, "partition of the cluster")->type_name("NAME");
        sweep->add_option("--account", job.account, "account that pays")->type_name("NAME");
        sweep->add_option("--memory", job.memory, "memory of a task: 4G")->type_name("SIZE");
        sweep->add_option("--cpus-per-task", job.cpus_per_task, "threads of a task (1)")
            ->check(CLI::Range(1, 4096))
            ->type_name("N");
        sweep->add_option("--slurm-option", job.extra, "another option of sbatch: --slurm-option=--qos=long")
            ->type_name("OPTION")
            ->allow_extra_args(false);
        sweep->callback([this] {
            sweep_.overrides.insert(sweep_.overrides.end(), design_words_.begin(), design_words_.end());
            command_ = [this] { return sweep_command(sweep_); };
        });
    }

    void add_status() {
        CLI::App* status = add(status_help);
        status->add_option("FOLDER", status_.store, "folder of a sweep")->required();
        status->add_flag("--json", status_.json, "print JSON");
        status->add_flag("--watch", status_.watch, "again every two seconds, until the sweep is complete");
        status->callback([this] { command_ = [this] { return status_command(status_); }; });
    }

    void add_retry() {
        CLI::App* retry = add(retry_help);
        retry->add_option("FOLDER", retry_.store, "folder of a sweep")->required();
        add_compute(retry, retry_.compute);
        retry->callback([this] { command_ = [this] { return retry_command(retry_); }; });
    }

    void add_merge() {
        CLI::App* merge = add(merge_help);
        merge->add_option("FOLDER", merge_.stores, "folders of one sweep")->required();
        merge->add_option("-o,--output", merge_.output, "folder that takes the runs of all (the first)")
            ->type_name("FOLDER");
        merge->callback([this] { command_ = [this] { return merge_command(merge_); }; });
    }

    void add_export() {
        CLI::App* command = add(export_help);
        command->add_option("FOLDER", export_.store, "folder of a sweep")->required();
        command->add_option("--to", export_.format, "csv; salib: what its own --help tells")
            ->type_name("FORMAT")
            ->required();
        command->add_option("-o,--output", export_.output, "folder that takes the tables (csv in the sweep's folder)")
            ->type_name("FOLDER");
        command->add_option("--columns", export_.columns, "only these columns, besides what tells runs apart")
            ->type_name("A,B,...")
            ->delimiter(',')
            ->allow_extra_args(false);
        command->add_flag("-f,--force", export_.force, "replace tables that exist");
        command->callback([this] { command_ = [this] { return export_command(export_); }; });
    }

    void add_verify() {
        CLI::App* verify = add(verify_help);
        verify->add_option("FOLDER", verify_.store, "folder of a sweep")->required();
        verify->add_option("--sample", verify_.sample, "runs that are computed anew (32)")
            ->check(CLI::NonNegativeNumber)
            ->type_name("N");
        add_threads(verify, verify_.threads);
        verify->add_flag("--json", verify_.json, "print one JSON object");
        verify->add_flag("-q,--quiet", verify_.quiet, "say nothing on stderr but errors");
        verify->callback([this] { command_ = [this] { return verify_command(verify_); }; });
    }

    void add_replay() {
        CLI::App* replay = add(replay_help);
        replay->add_option("FOLDER", replay_.store, "folder of a sweep")->required();
        replay->add_option("RUN", replay_.run, "number of the run, as results.h5 and `status` show it")->required();
        replay->add_option("--trace", replay_.trace, "agents: record every agent in every round")
            ->check(CLI::IsMember({"agents"}))
            ->type_name("WHAT");
        replay->add_option("-o,--output", replay_.output, "results file (HDF5) to write")->type_name("FILE.h5");
        replay->add_flag("-f,--force", replay_.force, "replace the output when it exists");
        replay->callback([this] { command_ = [this] { return replay_command(replay_); }; });
    }

    void add_list() {
        CLI::App* list = add(list_help);
        list->add_option(
            "WHAT", word_,
            "behaviors, sanctions, subjects, networks, strategies, updates or experiments; all when left out");
        list->callback([this] { command_ = [this] { return list_command(word_); }; });
    }

    void add_describe() {
        CLI::App* describe = add(describe_help);
        describe->add_option("NAME", word_, "a name that `list` shows, or a section: study, session, game, ...")
            ->required();
        describe->callback([this] { command_ = [this] { return describe_command(word_); }; });
    }

    void add_config() {
        CLI::App* config = add(config_help);
        config->require_subcommand(1);
        add_config_part(*config, "check", "Says whether a scenario is right; if not: line, column, what is allowed",
                        check_command);
        add_config_part(*config, "show", "Prints a scenario with all its values, defaults included", show_command);
        config
            ->add_subcommand("schema",
                             "Prints the JSON Schema of scenario files, with which editors complete and check")
            ->footer("")
            ->callback([this] { command_ = schema_command; });
    }

    void add_config_part(CLI::App& config, const std::string& name, const std::string& help,
                         int (*command)(const std::string&, const std::vector<std::string>&)) {
        CLI::App* part = config.add_subcommand(name, help)->footer("");
        part->add_option("FILE", run_.file, file_help)->required();
        part->add_option("KEY=VALUE", run_.overrides, overrides_help);
        part->callback([this, command] { command_ = [this, command] { return command(run_.file, run_.overrides); }; });
    }

    void add_network() {
        CLI::App* network = add(network_help);
        network->require_subcommand(1);
        CLI::App* describe = add_network_part(
            *network, "describe", "Tells a network's size, degrees, clustering, components, distances and mixing");
        describe->add_flag("--json", network_.json, "print one JSON object instead of tables");
        describe->callback([this] { command_ = [this] { return network_describe_command(network_); }; });
        CLI::App* write = add_network_part(*network, "write", "Writes a network to a file");
        write->add_option("-o,--output", network_.output, "file to write: .csv, .tsv or .graphml")
            ->type_name("FILE")
            ->required();
        write->add_option("--agents", network_.agents_output, "table of agents with their attributes to write")
            ->type_name("FILE");
        write->add_flag("-f,--force", network_.force, "replace outputs that exist");
        write->callback([this] { command_ = [this] { return network_write_command(network_); }; });
        CLI::App* draw = add_network_part(*network, "draw", "Draws a network as a picture (SVG)");
        draw->add_option("-o,--output", network_.output, "file to write: .svg")->type_name("FILE")->required();
        draw->add_flag("-f,--force", network_.force, "replace an output that exists");
        draw->callback([this] { command_ = [this] { return network_draw_command(network_); }; });
    }

    CLI::App* add_network_part(CLI::App& network, const std::string& name, const std::string& help) {
        CLI::App* part = network.add_subcommand(name, help)->footer("");
        part->add_option(
                "WHAT", network_.what,
                "a generator that `commonweal list networks` shows, a file (.csv, .tsv, .graphml), or a scenario "
                "file (.toml)")
            ->required();
        part->add_option(
            "KEY=VALUE", network_.settings,
            "values of the generator's or the reader's parameters: agents=1000; of a scenario: network.agents=1000");
        part->add_option("--seed", network_.seed, "seed of the random numbers; needed by what draws by chance")
            ->type_name("N");
        part->add_option("--instance", network_.instance, "which of the networks of that seed (0)")
            ->check(CLI::Range(0u, max_instances - 1))
            ->type_name("I");
        part->add_option("--threads", network_.threads, "threads (as many as cores); changes no value")
            ->check(CLI::Range(1, 4096))
            ->type_name("N");
        return part;
    }

    void add_version() {
        CLI::App* version =
            app_.add_subcommand("version", "Prints the versions of the program, its compiler and its libraries")
                ->footer("");
        version->add_flag("--json", run_.json, "as JSON");
        version->callback([this] { command_ = [this] { return version_command(run_.json); }; });
    }

    void add_completion() {
        CLI::App* completion = add(completion_help);
        completion->add_option("SHELL", word_, "bash, zsh or fish")->required();
        completion->callback([this] { command_ = [this] { return completion_command(word_, commands()); }; });
    }

    /// The innermost command that was named.
    CLI::App* asked_for() {
        CLI::App* app = &app_;
        while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
        return app;
    }

    bool version_asked() { return app_.count("--version") > 0; }

    /// What is wrong, with the nearest option or command.
    std::string explained(const CLI::ParseError& error) {
        CLI::App* app = asked_for();
        const std::vector<std::string> left = app->remaining();
        if (left.empty()) return error.what();
        std::vector<std::string> known;
        for (const CLI::Option* option : app->get_options())
            for (const auto& name : option->get_lnames()) known.push_back("--" + name);
        for (const CLI::App* command : app->get_subcommands([](CLI::App*) { return true; }))
            known.push_back(command->get_name());
        return "'" + left.front() + "' is not understood" + did_you_mean(left.front(), known);
    }

    CLI::App app_;
    RunOptions run_;
    SweepCommandOptions sweep_, compare_;
    ReportOptions report_;
    std::vector<std::string> compare_words_;
    std::vector<std::string> design_words_;  ///< options of the design as values of [sweep]
    StatusOptions status_;
    RetryOptions retry_;
    MergeOptions merge_;
    ExportOptions export_;
    VerifyOptions verify_;
    ReplayOptions replay_;
    NetworkOptions network_;
    std::string word_;
    std::function<int()> command_;
};

/// `help run` means `run --help`.
std::vector<std::string> help_words(const std::vector<std::string>& arguments) {
    std::vector<std::string> words(arguments.begin() + 1, arguments.end());
    words.emplace_back("--help");
    return words;
}

}  // namespace

int command_line(const std::vector<std::string>& arguments) {
    if (const char* wanted = std::getenv("COMMONWEAL_INSTRUCTIONS"); wanted && *wanted)
        use_instruction_set(instruction_set_named(wanted));
    Parser parser;
    if (arguments.empty()) {
        print(parser.help());
        return 2;
    }
    const auto known = parser.commands();
    if (arguments[0] == "help") return command_line(help_words(arguments));
    const bool is_option = arguments[0].starts_with("-");
    if (!is_option && std::find(known.begin(), known.end(), arguments[0]) == known.end())
        run_external(arguments, known);
    if (is_external_export(arguments)) run_external(arguments, known);
    return parser.parse(arguments)();
}

}  // namespace commonweal
