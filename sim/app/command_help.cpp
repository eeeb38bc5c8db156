#include "sim/app/command_help.hpp"

#include <algorithm>
#include <stdexcept>

namespace commonweal {

namespace {

constexpr const char* start = "Start";
constexpr const char* compute = "Compute";
constexpr const char* look = "Look at results and networks";
constexpr const char* check = "Check";
constexpr const char* share = "Share";
constexpr const char* itself = "The program itself";

constexpr const char* same_values =
    "Values do not depend on the number of threads, on how many runs are computed together, on shares, or on where a "
    "sweep was stopped and went on.";

std::vector<CommandHelp> all_helps() {
    return {
        {"",
         "",
         "Simulates how cooperation spreads, or collapses, among people who play public-goods games.",
         "  commonweal config init laboratory                        a scenario of your own to begin with\n"
         "  commonweal run experiments/fowler_christakis_2010        one scenario: a table of results\n"
         "  commonweal run FILE replicates=100 game.mpcr=0.6 -o results.h5\n"
         "  commonweal sweep FILE game.mpcr=0.2,0.4,0.6 -o out       many points; survives any kill\n"
         "  commonweal compare sweeps/public_service -o service      regimes in worlds, and a report\n"
         "  commonweal list                                          what there is to simulate with\n"
         "  commonweal describe belief_schedule                      equation, parameters, source\n"
         "  commonweal reproduce fowler-christakis-2010              beside the published values\n",
         {"A scenario is a file in TOML. Every value of it can be changed on the command line, as key=value or "
          "section.key=value.",
          "Results go to standard output, and progress and messages to standard error.",
          "A command that the program does not have is looked for on the PATH as commonweal-NAME. The Python package "
          "brings "
          "analyze, reproduce and report so."},
         {"config", "run", "sweep", "compare", "list", "describe"}},

        {"config",
         start,
         "Makes, checks and shows scenario files",
         "  commonweal config init organization my_organization\n"
         "  commonweal config check mine.toml\n"
         "  commonweal config show experiments/fowler_christakis_2010 game.mpcr=0.6 > mine.toml\n"
         "  commonweal config schema > scenario.schema.json\n",
         {},
         {"run", "describe"}},
        {"config init",
         "",
         "Writes a small scenario of your own to begin with, or lists those that there are",
         "  commonweal config init                             lists the templates\n"
         "  commonweal config init laboratory                  writes laboratory/laboratory.toml\n"
         "  commonweal config init organization my_team        writes into the folder my_team\n",
         {"A template runs as it is written. Comments in it say what to change first. Nothing that exists is replaced "
          "without "
          "--force."},
         {"config check", "run", "sweep", "compare"}},
        {"config check",
         "",
         "Says whether a scenario is right; if not: line, column, what is allowed",
         "  commonweal config check mine.toml\n"
         "  commonweal config check mine.toml game.mpcr=0.2,0.4 session.rounds=20\n",
         {},
         {"config show", "describe"}},
        {"config show",
         "",
         "Prints a scenario with all its values, defaults included",
         "  commonweal config show experiments/fowler_christakis_2010 > mine.toml\n"
         "  commonweal config show mine.toml game.mpcr=0.6\n",
         {},
         {"config check", "describe"}},
        {"config schema",
         "",
         "Prints the JSON Schema of scenario files, with which editors complete and check",
         "  commonweal config schema > scenario.schema.json\n",
         {},
         {"config check"}},
        {"list",
         start,
         "Lists models, metrics and scenarios, one line on each",
         "  commonweal list\n"
         "  commonweal list behaviors\n",
         {},
         {"describe"}},
        {"describe",
         start,
         "Tells all about a model, a metric, a section, a key or a word: equation, parameters with ranges and units, "
         "source",
         "  commonweal describe free_rider                     a model\n"
         "  commonweal describe game                           a section of scenario files\n"
         "  commonweal describe game.mpcr                      a key of scenario files\n"
         "  commonweal describe fowler_christakis_2010         a scenario that comes with the program\n"
         "  commonweal describe gini                           a metric of results files\n"
         "  commonweal describe twin run                       a word of this program\n",
         {},
         {"list", "config show"}},

        {"run",
         compute,
         "Computes one scenario and prints a table of results",
         "  commonweal run experiments/fowler_christakis_2010\n"
         "  commonweal run mine.toml replicates=100 session.rounds=20 -o results.h5\n"
         "  commonweal run mine.toml record.cascade=true --json\n",
         {same_values},
         {"config init", "sweep", "odd", "cite"}},
        {"sweep",
         compute,
         "Computes a whole design into a folder that survives any kill; the same command again goes on",
         "  commonweal sweep mine.toml game.mpcr='linspace(0.2,0.8,25)' -o out\n"
         "  commonweal sweep mine.toml game.mpcr=0.3,0.5 matching.kind=partners,strangers replicates=64 -o out "
         "--dry-run\n"
         "  commonweal sweep mine.toml game.mpcr='uniform(0.2,0.9)' --design sobol --points 256 -o out\n"
         "  commonweal sweep mine.toml -o out --until 'ci(mean_contribution) < 0.1' --max-replicates 512\n"
         "  commonweal sweep mine.toml -o out --submit slurm --tasks 50 --time 01:00:00\n",
         {same_values, "One Ctrl-C stops cleanly. Whatever ends a sweep, the same command goes on where it was."},
         {"status", "retry", "merge", "verify", "replay", "export", "describe"}},
        {"compare",
         compute,
         "Compares policy regimes in several worlds, and writes the report",
         "  commonweal compare sweeps/public_service -o out\n"
         "  commonweal compare sweeps/public_service network.agents=500 instances=4 replicates=16 -o out\n"
         "  commonweal compare mine.toml regimes/contest my_regime.toml worlds/austerity -o out --baseline nothing\n",
         {same_values},
         {"sweep", "report", "status"}},
        {"retry",
         compute,
         "Computes the failed runs of a sweep again, and those that are open",
         "  commonweal retry out\n",
         {},
         {"sweep", "status"}},

        {"status",
         look,
         "Tells how far a sweep is, and which runs failed",
         "  commonweal status out\n"
         "  commonweal status out --watch\n",
         {},
         {"sweep", "retry"}},
        {"report", look, "Writes the report of a comparison: HTML, tables, figures (Python package)",
         "  commonweal report out\n"},
        {"analyze", look, "Estimates influence, sensitivity and more from results or data (Python package)",
         "  commonweal analyze --sobol out --output-of mean_contribution\n"
         "  commonweal analyze dyads --data FILE.csv ...\n"},
        {"network",
         look,
         "Describes, writes and draws networks: from a generator, a file, or a scenario",
         "  commonweal network describe barabasi_albert agents=1000 links=2 --seed 1\n"
         "  commonweal network describe friends.csv agents=people.csv source=from target=to\n"
         "  commonweal network write watts_strogatz agents=1000 rewiring=0.1 --seed 1 -o small_world.csv\n"
         "  commonweal network draw public_service agents=500 boards=3 --seed 1 -o service.svg\n",
         {},
         {"list", "describe"}},
        {"network describe",
         "",
         "Tells a network's size, degrees, clustering, components, distances and mixing",
         "  commonweal network describe barabasi_albert agents=1000 links=2 --seed 1\n"
         "  commonweal network describe friends.csv agents=people.csv\n"
         "  commonweal network describe mine.toml --json\n",
         {},
         {"network write", "network draw"}},
        {"network write",
         "",
         "Writes a network to a file",
         "  commonweal network write watts_strogatz agents=1000 rewiring=0.1 --seed 1 -o small_world.csv\n"
         "  commonweal network write public_service agents=500 --seed 1 -o ties.csv --agents people.csv\n",
         {},
         {"network describe", "network draw"}},
        {"network draw",
         "",
         "Draws a network as a picture (SVG)",
         "  commonweal network draw friends.csv agents=people.csv -o friends.svg\n"
         "  commonweal network draw public_service agents=500 boards=3 --seed 1 -o service.svg\n",
         {},
         {"network describe", "network write"}},

        {"verify",
         check,
         "Checks a sweep: bytes, values, and some runs computed anew",
         "  commonweal verify out --sample 100\n",
         {},
         {"replay", "sweep"}},
        {"replay",
         check,
         "Computes one run of a sweep again, and compares it with what was recorded",
         "  commonweal replay out 17\n"
         "  commonweal replay out 17 --trace agents -o run_17.h5\n",
         {},
         {"verify", "sweep"}},
        {"reproduce", check, "Sets an experiment beside its published values (Python package)",
         "  commonweal reproduce fowler-christakis-2010\n"},

        {"merge",
         share,
         "Joins the shards of a sweep into results.h5, also of an unfinished one",
         "  commonweal merge out\n"
         "  commonweal merge machine_a machine_b -o all\n",
         {},
         {"sweep", "export"}},
        {"export",
         share,
         "Writes the runs of a sweep as CSV tables, also of an unfinished one",
         "  commonweal export out --to csv\n"
         "  commonweal export out --to csv --columns late_share,mean_payoff -o tables\n"
         "  commonweal export out --to salib -o sensitivity          (a command of the Python package)\n",
         {},
         {"sweep", "merge"}},
        {"odd",
         share,
         "Describes the model of a scenario by the ODD protocol, for a paper's appendix",
         "  commonweal odd experiments/fowler_christakis_2010\n"
         "  commonweal odd mine.toml game.mpcr=0.6 -o odd.md\n",
         {"The protocol is that of Grimm et al. (2020), Journal of Artificial Societies and Social Simulation 23(2) 7. "
          "The text is "
          "made from the scenario and from what the models say of themselves: equations, parameters with the values of "
          "this scenario, "
          "units and sources."},
         {"cite", "describe", "config show"}},
        {"cite",
         share,
         "Prints how to cite the program, and the publications that a scenario rests on",
         "  commonweal cite\n"
         "  commonweal cite --text experiments/fowler_christakis_2010\n"
         "  commonweal cite results.h5                         with the version that computed it\n"
         "  commonweal cite --cff > CITATION.cff\n",
         {},
         {"odd", "version"}},

        {"version", itself, "Prints the versions of the program, its compiler and its libraries",
         "  commonweal version\n"
         "  commonweal version --json\n"},
        {"completion", itself, "Prints a script that completes commands, options, names and scenarios",
         "  source <(commonweal completion bash)\n"
         "  commonweal completion zsh > ~/.zfunc/_commonweal             (a folder of zsh's fpath)\n"
         "  commonweal completion fish > ~/.config/fish/completions/commonweal.fish\n"},
        {"manual", itself, "Prints the manual of a command, or of all",
         "  commonweal manual run | man -l -\n"
         "  commonweal manual --format markdown > commands.md\n"
         "  commonweal manual --folder man1                              a page for each command\n"},
    };
}

}  // namespace

const std::vector<CommandHelp>& command_helps() {
    static const std::vector<CommandHelp> helps = all_helps();
    return helps;
}

const CommandHelp& help_of(const std::string& name) {
    const auto found =
        std::ranges::find_if(command_helps(), [&](const CommandHelp& help) { return help.name == name; });
    if (found == command_helps().end()) throw std::out_of_range("no help on the command " + name);
    return *found;
}

}  // namespace commonweal
