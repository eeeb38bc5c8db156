#include "sim/app/command_line.hpp"

#include <CLI/CLI.hpp>

#include <functional>

#include "sim/app/commands.hpp"
#include "sim/app/external_command.hpp"
#include "sim/app/output.hpp"
#include "sim/app/version.hpp"
#include "sim/core/error.hpp"
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
    "network", "Describes and writes networks: from a generator, or from a file",
    "  commonweal network describe barabasi_albert agents=1000 links=2 --seed 1\n"
    "  commonweal network describe friends.csv agents=people.csv source=from target=to\n"
    "  commonweal network write watts_strogatz agents=1000 rewiring=0.1 --seed 1 -o small_world.csv\n"};

constexpr Help completion_help{"completion", "Prints a script that completes commands, names and scenarios",
                               "  source <(commonweal completion bash)\n"
                               "  commonweal completion fish > ~/.config/fish/completions/commonweal.fish\n"};

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
        run->add_option("--lanes", run_.lanes, "runs computed together: 1, 8 or 16 (chosen); changes no value")
            ->check(CLI::IsMember({1, 8, 16}))
            ->type_name("N");
        run->add_flag("-q,--quiet", run_.quiet, "say nothing on stderr but errors");
        run->callback([this] { command_ = [this] { return run_command(run_); }; });
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
    }

    CLI::App* add_network_part(CLI::App& network, const std::string& name, const std::string& help) {
        CLI::App* part = network.add_subcommand(name, help)->footer("");
        part->add_option("WHAT", network_.what,
                         "a generator that `commonweal list networks` shows, or a file (.csv, .tsv, .graphml)")
            ->required();
        part->add_option("KEY=VALUE", network_.settings,
                         "values of the generator's or the reader's parameters: agents=1000");
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
    return parser.parse(arguments)();
}

}  // namespace commonweal
