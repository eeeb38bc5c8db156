#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/cli/program.hpp"

/// What a person meets first: templates, help, messages, completion, manual, citation and protocol.
namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// What stands behind `begin` in the line of a text that has it.
std::string behind(const std::string& text, const std::string& begin) {
    const std::size_t at = text.find(begin);
    if (at == std::string::npos) return "";
    const std::size_t from = at + begin.size();
    return text.substr(from, text.find('\n', from) - from);
}

bool installed(const std::string& program) {
    return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

TEST_F(Cli, EveryTemplateRunsAsItsOwnTextSays) {
    const auto listed = lines_of(run({"config", "init"}).out);
    ASSERT_EQ(listed.size(), 5u);
    for (const std::string& line : listed) {
        const std::string name = line.substr(0, line.find(' '));
        SCOPED_TRACE(name);
        const Ran made = run({"config", "init", name});
        ASSERT_EQ(made.code, 0) << made.err;
        for (const std::string& file : lines_of(made.out)) EXPECT_TRUE(fs::exists(folder_ / file)) << file;
        const std::string scenario = name + "/" + name + ".toml", text = text_of(folder_ / scenario);
        EXPECT_THAT(text, StartsWith("# Question: "));
        EXPECT_THAT(text, HasSubstr("change this first"));
        EXPECT_EQ(run({"config", "check", scenario}).code, 0);
        const std::string command = behind(text, "# Run: ");
        EXPECT_EQ(behind(made.err, "to compute it: "), "cd " + name + " && " + command);
        EXPECT_EQ(behind(made.err, "change first: "), behind(text, "# Change first: "));
        fs::create_directories(folder_ / "bin");
        fs::remove(folder_ / "bin/commonweal");
        fs::create_symlink(binary_, folder_ / "bin/commonweal");
        const std::string shell = "cd " + quoted(folder_) + " && PATH=\"$PWD/bin:/usr/bin:/bin\" && " +
                                  behind(made.err, "to compute it: ") + " > ../out 2> ../err";
        EXPECT_EQ(code_of(std::system(shell.c_str())), 0) << text_of(folder_ / "err");
        const std::string output = command.substr(command.find(" -o ") + 4);
        EXPECT_TRUE(fs::exists(folder_ / name / output)) << output;
    }
}

TEST_F(Cli, ConfigInitReplacesNothingUnlessAsked) {
    ASSERT_EQ(run({"config", "init", "organization", "mine"}).code, 0);
    write("mine/people.csv", "mine\n");
    fs::remove(folder_ / "mine/ties.csv");
    const Ran again = run({"config", "init", "organization", "mine"});
    EXPECT_EQ(again.code, 6);
    EXPECT_THAT(again.err, HasSubstr("exists; --force replaces it"));
    EXPECT_FALSE(fs::exists(folder_ / "mine/ties.csv")) << "something was written before the refusal";
    EXPECT_EQ(text_of(folder_ / "mine/people.csv"), "mine\n");
    EXPECT_EQ(run({"config", "init", "organization", "mine", "--force"}).code, 0);
    EXPECT_THAT(text_of(folder_ / "mine/people.csv"), StartsWith("id,organization,"));
    EXPECT_THAT(refusal({"config", "init", "labratory"}), HasSubstr("(did you mean 'laboratory'?)"));
}

TEST_F(Cli, TheTemplateOfAnOrganizationHasTeamsAndRoles) {
    ASSERT_EQ(run({"config", "init", "organization"}).code, 0);
    const auto people = lines_of(text_of(folder_ / "organization/people.csv"));
    EXPECT_EQ(people.front(), "id,organization,unit,role,level");
    EXPECT_GE(people.size(), 21u);
    EXPECT_LE(people.size(), 41u);
    for (const std::string role : {"leader", "manager", "frontline", "citizen"})
        EXPECT_TRUE(std::ranges::any_of(people, [&](const auto& line) {
            return line.find("," + role + ",") != std::string::npos;
        })) << role;
    EXPECT_THAT(run({"network", "describe", "organization/organization.toml"}).out, HasSubstr("36 agents"));
}

TEST_F(Cli, EveryCommandShowsExamplesFirst) {
    for (const std::string command : {"",
                                      "run",
                                      "sweep",
                                      "compare",
                                      "status",
                                      "retry",
                                      "merge",
                                      "export",
                                      "verify",
                                      "replay",
                                      "list",
                                      "describe",
                                      "config",
                                      "config init",
                                      "config check",
                                      "config show",
                                      "config schema",
                                      "network",
                                      "network describe",
                                      "network write",
                                      "network draw",
                                      "odd",
                                      "cite",
                                      "version",
                                      "completion",
                                      "manual"}) {
        std::vector<std::string> words =
            lines_of(command.find(' ') == std::string::npos ? command : command.substr(0, command.find(' ')));
        if (command.find(' ') != std::string::npos) words.push_back(command.substr(command.find(' ') + 1));
        words.push_back("--help");
        const Ran help = run(words);
        EXPECT_EQ(help.code, 0) << command;
        const std::size_t examples = help.out.find("\nExamples:\n  "), usage = help.out.find("\nUsage: commonweal");
        EXPECT_NE(examples, std::string::npos) << command;
        EXPECT_LT(examples, usage) << command;
        for (const std::string& line : lines_of(help.out)) EXPECT_LE(line.size(), 125u) << line;
    }
}

TEST_F(Cli, HelpIsGroupedByWhatAPersonWants) {
    const std::string help = run({"--help"}).out;
    std::size_t last = 0;
    for (const std::string group :
         {"\nStart:\n  config", "\nCompute:\n  run", "\nLook at results and networks:\n", "\nCheck:\n", "\nShare:\n"}) {
        EXPECT_GT(help.find(group), last) << group;
        last = help.find(group);
    }
    EXPECT_NE(last, std::string::npos);
}

TEST_F(Cli, CommonMistakesAreExplained) {
    EXPECT_THAT(refusal({"run"}),
                AllOf(HasSubstr("FILE is required: scenario file"), HasSubstr("for example: commonweal run ")));
    EXPECT_THAT(refusal({"run", "x", "-o"}), HasSubstr("--output needs a value: --output FILE.h5"));
    EXPECT_THAT(refusal({"run", "x", "--replicates", "100"}),
                HasSubstr("values of the scenario are written without dashes: replicates=VALUE"));
    EXPECT_THAT(refusal({"run", "x", "--mpcr=0.5"}), HasSubstr("game.mpcr=VALUE"));
    EXPECT_THAT(refusal({"run", "x", "--seed", "5"}), HasSubstr("without dashes: seed=VALUE"));
    EXPECT_THAT(refusal({"run", "x", "--threads", "many"}),
                HasSubstr("--threads is 'many'; it must be a whole number from 1 to 4096"));
    EXPECT_THAT(refusal({"config"}), HasSubstr("`commonweal config` needs a command: init, check, show, schema"));
    EXPECT_THAT(run({"describe", "partners"}).err, HasSubstr("`commonweal describe matching`"));
    EXPECT_THAT(run({"describe", "degree of separation"}).err,
                HasSubstr("it is spoken of in `commonweal describe degree`"));
    write("mine.toml", scenario);
    EXPECT_THAT(refusal({"mine.toml"}), HasSubstr("`commonweal run mine.toml` computes it"));
    EXPECT_THAT(refusal({"export", "out", "--to", "csw"}),
                HasSubstr("--to is 'csw' (did you mean 'csv'?); it must be csv or salib"));
}

TEST_F(Cli, MistakesAboutFilesAreExplained) {
    EXPECT_THAT(refusal({"run", "fowler"}), HasSubstr("(did you mean 'experiments/fowler_christakis_2010'?)"));
    ASSERT_EQ(run({"config", "init", "laboratory"}).code, 0);
    EXPECT_THAT(refusal({"run", "laboratory"}),
                HasSubstr("is a folder, not a scenario file (did you mean 'laboratory/laboratory.toml'?)"));
    EXPECT_THAT(refusal({"run", "laboratory/"}), HasSubstr("laboratory.toml'?)"));
    EXPECT_THAT(refusal({"run", "regimes/contest"}),
                HasSubstr("is a regime, no scenario by itself; `commonweal compare FILE regimes/contest`"));
    EXPECT_THAT(refusal({"sweep", "laboratory/laboratory.toml"}), HasSubstr("-o FOLDER is missing"));
    EXPECT_THAT(refusal({"compare", "laboratory/laboratory.toml", "-o", "c"}),
                HasSubstr("`commonweal config init regimes`"));
    write("word.toml", scenario + "[game]\nmpcr = four\n");
    EXPECT_THAT(refusal({"run", "word.toml"}), AllOf(HasSubstr("word.toml:12:"), HasSubstr("a text stands in quotes")));
    write("comma.toml", scenario + "[game]\nmpcr = 0,4\n");
    EXPECT_THAT(refusal({"run", "comma.toml"}), HasSubstr("a decimal number has a point, as in 0.4"));
    write("percent.toml", scenario + "[game]\nmpcr = 15%\n");
    EXPECT_THAT(refusal({"run", "percent.toml"}), HasSubstr("15 percent is 0.15"));
    write("futures.toml", "[world.calm]\n[world.crisis]\ngame.endowment = 10\n");
    EXPECT_THAT(refusal({"config", "check", "futures.toml"}), HasSubstr("has regimes or worlds only"));
    EXPECT_EQ(behind(run({"config", "init", "sweep", "."}).err, "to compute it: "),
              "commonweal sweep sweep.toml -o results");
}

/// Files of a network are no part of the scenario's text: `config check` reads them too.
TEST_F(Cli, ConfigCheckReadsTheNetwork) {
    ASSERT_EQ(run({"config", "init", "organization"}).code, 0);
    EXPECT_EQ(run({"config", "check", "organization/organization.toml"}).code, 0);
    for (const auto& file : fs::directory_iterator(folder_ / "organization"))
        if (file.path().extension() == ".csv") write("organization/" + file.path().filename().string(), "a,b\n1,2\n");
    const Ran ran = run({"config", "check", "organization/organization.toml"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.out, Not(HasSubstr("correct")));
    EXPECT_THAT(ran.err, HasSubstr(".csv"));
}

TEST_F(Cli, DescribesSectionsOfStudiesAndMetrics) {
    EXPECT_THAT(run({"describe", "sweep"}).out,
                AllOf(HasSubstr("linspace(a,b,n)"), HasSubstr("saltelli"), HasSubstr("second_order")));
    EXPECT_THAT(run({"describe", "regime"}).out, HasSubstr("[[regime.grant.policy]]"));
    EXPECT_THAT(run({"describe", "world"}).out, HasSubstr("game.endowment = 16"));
    EXPECT_THAT(run({"describe", "free_rider"}).out,
                ContainsRegex("Used in\n.*scenarios/free_riders_among_cooperators"));
    for (const std::string& line : lines_of(run({"list", "metrics"}).out)) {
        std::string name;
        std::istringstream(line) >> name;
        EXPECT_THAT(run({"describe", name}).out,
                    AllOf(HasSubstr(name + ": variable of results files"), HasSubstr("Shape\n")))
            << name;
    }
}

/// The page of the results file tells every metric that the program knows.
TEST_F(Cli, ListsRegimesAndWorlds) {
    EXPECT_THAT(run({"list", "regimes"}).out, ContainsRegex("regimes/contest +[A-Za-z].*\\?"));
    EXPECT_THAT(run({"list", "worlds"}).out, ContainsRegex("worlds/austerity +[A-Za-z].*\\?"));
    EXPECT_THAT(run({"list", "experiments"}).out, Not(HasSubstr("regimes/")));
    EXPECT_THAT(refusal({"run", "regimes/contst"}),
                HasSubstr("no regime of that name (did you mean 'regimes/contest'?); `commonweal list regimes`"));
}

TEST_F(Cli, EveryMetricStandsInTheReference) {
    const std::string page = text_of(COMMONWEAL_SOURCE "/docs/reference/results_file.md");
    const auto metrics = lines_of(run({"list", "metrics"}).out);
    EXPECT_GT(metrics.size(), 50u);
    for (const std::string& line : metrics) {
        std::string name;
        std::istringstream(line) >> name;
        EXPECT_THAT(page, HasSubstr("`" + name + "`"));
    }
}

TEST_F(Cli, CitesItselfInThreeFormats) {
    const std::string file = text_of(COMMONWEAL_SOURCE "/CITATION.cff"), version = behind(file, "\nversion: ");
    const std::string commit = behind(run({"version"}).out, "(commit ");
    const std::string hash = commit.substr(0, commit.find(')'));
    const std::string bibtex = run({"cite"}).out;
    EXPECT_THAT(bibtex, AllOf(StartsWith("@software{commonweal,\n"), HasSubstr("version = {" + version + "}"),
                              HasSubstr(hash), HasSubstr("{{" + behind(file, "name: ") + "}}")));
    EXPECT_EQ(run({"cite", "--bibtex"}).out, bibtex);
    EXPECT_EQ(run({"cite", "--cff"}).out, file + "commit: " + hash + "\n");
    EXPECT_THAT(run({"cite", "--text"}).out, AllOf(HasSubstr("commonweal, version " + version), HasSubstr(hash)));
    EXPECT_THAT(refusal({"cite", "--cff", "--text"}), HasSubstr("one format at a time"));
}

TEST_F(Cli, CitesWhatAScenarioRestsOn) {
    const std::string bibtex = run({"cite", "experiments/fowler_christakis_2010"}).out;
    EXPECT_THAT(bibtex, AllOf(HasSubstr("@article{fischbacher2010,\n  author = {Fischbacher and Gaechter},\n  journal "
                                        "= {American Economic Review},\n"
                                        "  volume = {100},\n  pages = {541--556},\n  year = {2010}\n}"),
                              HasSubstr("; behavior rule belief_schedule"), HasSubstr("@article{fowler2010,")));
    EXPECT_EQ(std::ranges::count(bibtex, '{'), std::ranges::count(bibtex, '}'));
    const std::string text = run({"cite", "--text", "sweeps/public_service"}).out;
    EXPECT_THAT(text,
                AllOf(HasSubstr("policy contest"), HasSubstr("policy mandate"), HasSubstr("behavior rule free_rider"),
                      HasSubstr("policy see_itself: Construction of this program.")));
    ASSERT_EQ(run({"config", "init", "organization"}).code, 0);
    EXPECT_THAT(run({"cite", "organization/organization.toml"}).out, HasSubstr("data file ties.csv"));
    write("plain.toml", scenario);
    EXPECT_THAT(run({"cite", "--text", "plain.toml"}).out, Not(HasSubstr("Ballester")));
}

TEST_F(Cli, CitesWhatResultsRestOn) {
    ASSERT_EQ(run({"config", "init", "organization"}).code, 0);
    ASSERT_EQ(run({"run", "organization/organization.toml", "replicates=1", "-o", "mine.h5"}).code, 0);
    fs::remove_all(folder_ / "organization");  // results stand for themselves
    const std::string text = run({"cite", "--text", "mine.h5"}).out;
    EXPECT_THAT(text, AllOf(HasSubstr("behavior rule norm_incentive"), HasSubstr("policy matching_grant"),
                            HasSubstr("data file people.csv"), HasSubstr("data file ties.csv")));
    EXPECT_THAT(text, HasSubstr(behind(run({"cite", "--text"}).out, "commonweal, ")));
    write("regimes.toml", scenario + "[regime.plain]\n[regime.other]\nagents.all.behavior = \"conformist\"\n");
    ASSERT_EQ(run({"sweep", "regimes.toml", "-o", "swept"}).code, 0);
    EXPECT_THAT(run({"cite", "swept"}).out,
                AllOf(HasSubstr("% behavior rule linear_influence"), HasSubstr("% behavior rule conformist")));
    EXPECT_THAT(refusal({"cite", "swept", "game.mpcr=0.5"}), HasSubstr("results are what they are"));
    write("bad.h5", "no results");
    EXPECT_EQ(run({"cite", "bad.h5"}).code, 74);
}

TEST_F(Cli, ManualIsWellFormed) {
    const Ran pages = run({"manual", "--folder", "man"});
    ASSERT_EQ(pages.code, 0) << pages.err;
    const auto files = lines_of(pages.out);
    EXPECT_THAT(files, testing::Contains(EndsWith("commonweal-config-check.1")));
    for (const std::string& file : files) {
        const std::string page = text_of(folder_ / file);
        EXPECT_LT(page.find(".SH EXAMPLES"), page.find(".SH SYNOPSIS")) << file;
        EXPECT_THAT(page, HasSubstr(".SH EXIT STATUS")) << file;
        if (!installed("mandoc")) continue;
        EXPECT_EQ(std::system(
                      ("cd " + quoted(folder_) + " && mandoc -T lint -W warning " + cli::quoted(file) + " > lint 2>&1")
                          .c_str()),
                  0)
            << file << ": " << text_of(folder_ / "lint");
    }
    if (!installed("mandoc")) GTEST_SKIP() << "mandoc is not installed; pages were not checked by it";
}

TEST_F(Cli, ManualTellsOneCommand) {
    EXPECT_THAT(run({"manual", "network", "draw"}).out,
                AllOf(StartsWith(".TH COMMONWEAL\\-NETWORK\\-DRAW 1"), HasSubstr("file to write: .svg (required)")));
    EXPECT_THAT(run({"manual", "--format", "markdown", "run"}).out,
                AllOf(StartsWith("## commonweal run\n"), HasSubstr("| `--lanes N` |")));
    EXPECT_THAT(refusal({"manual", "rum"}), HasSubstr("(did you mean 'run'?)"));
}

TEST_F(Cli, EndsBySayingWhereThingsAreAndWhatIsNext) {
    write("small.toml", scenario);
    const Ran shown = run({"run", "small.toml"});
    EXPECT_THAT(shown.err, HasSubstr("nothing was written; -o results.h5 keeps every run"));
    EXPECT_THAT(run({"run", "small.toml", "--json"}).err, Not(HasSubstr("keeps every run")));
    EXPECT_THAT(run({"run", "small.toml", "-q"}).err, IsEmpty());
    EXPECT_THAT(run({"run", "small.toml", "-o", "a b.h5"}).err,
                AllOf(HasSubstr("results are in a b.h5"), HasSubstr("open_results(\"a b.h5\")"),
                      HasSubstr("`ncdump -h 'a b.h5'`")));
    EXPECT_EQ(run({"run", "small.toml", "-o", "b.h5", "-q"}).err, "");

    const Ran swept = run({"sweep", "small.toml", "game.mpcr=0.3,0.6", "-o", "swept"});
    EXPECT_EQ(swept.out, "swept/results.h5\n");
    EXPECT_THAT(swept.err,
                AllOf(HasSubstr("8 of 8 are complete"), HasSubstr("next: `commonweal export swept --to csv`")));
    EXPECT_EQ(run({"sweep", "small.toml", "game.mpcr=0.3,0.6", "-o", "swept", "-q"}).err, "");
    EXPECT_THAT(run({"merge", "swept"}).err, HasSubstr("next: "));
    EXPECT_EQ(run({"merge", "swept", "-q"}).err, "");
    EXPECT_THAT(run({"export", "swept", "--to", "csv"}).err,
                HasSubstr("data_dictionary.csv in swept/csv says what every column means"));
    EXPECT_THAT(run({"sweep", "small.toml", "game.mpcr=uniform(0.3,0.6)", "game.tokens=continuous",
                     "game.endowment=uniform(10,20)", "--design", "saltelli", "--points", "2", "-o", "sobol"})
                    .err,
                HasSubstr("next: `commonweal analyze --sobol sobol` tells which keys matter; "));
    write("regimes.toml", scenario + "[regime.plain]\n[regime.rich]\ngame.endowment = 30\n");
    EXPECT_THAT(run({"sweep", "regimes.toml", "-o", "regimes"}).err,
                HasSubstr("next: `commonweal report regimes` writes the report; "));
}

/// Nothing can be counted while the first runs are computed: a line tells so within five seconds all the same.
TEST_F(Cli, TheFirstLineOfALongRunComesWithinFiveSeconds) {
    write("long.toml", R"(replicates = 1
seed = 1
[session]
rounds = 1000000
[network]
kind = "square_lattice"
width = 300
height = 300
[agents.cooperators]
strategy = "cooperator"
share = 0.5
[agents.defectors]
strategy = "defector"
share = 0.5
[update]
rule = "fermi"
mutation = 0.1
[record]
every = 1000000
)");
    const auto began = std::chrono::steady_clock::now();
    const auto running = start({"run", "long.toml"});
    const auto told = [&] {
        return text_of(folder_ / "started.err").find("computing the first runs, ") != std::string::npos;
    };
    ASSERT_TRUE(eventually([&] { return told() || running->ended(); }));
    EXPECT_TRUE(told()) << text_of(folder_ / "started.err");
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

class Completion : public Cli {
protected:
    /// The words that bash offers behind these.
    std::vector<std::string> bash(const std::vector<std::string>& words) const {
        write("script.bash", run({"completion", "bash"}).out);
        std::string line = "source script.bash; COMP_WORDS=(commonweal";
        for (const auto& word : words) line += " " + cli::quoted(word);
        line += "); COMP_CWORD=" + std::to_string(words.size()) + "; _commonweal; printf '%s\\n' \"${COMPREPLY[@]}\"";
        EXPECT_EQ(std::system(("cd " + quoted(folder_) + " && bash -c " + cli::quoted(line) + " > reply").c_str()), 0);
        return lines_of(text_of(folder_ / "reply"));
    }
};

TEST_F(Completion, OfBashOffersCommandsOptionsAndNames) {
    using testing::Contains;
    using testing::ElementsAre;
    EXPECT_THAT(bash({"ru"}), ElementsAre("run"));
    EXPECT_THAT(bash({""}), AllOf(Contains("odd"), Contains("cite"), Contains("manual"), Contains("reproduce")));
    EXPECT_THAT(bash({"run", "experiments/fow"}), ElementsAre("experiments/fowler_christakis_2010"));
    EXPECT_THAT(bash({"run", "x", "--l"}), ElementsAre("--lanes"));
    EXPECT_THAT(bash({"run", "x", "--lanes", "6"}), ElementsAre("64"));
    EXPECT_THAT(bash({"run", "x", "game.mp"}), ElementsAre("game.mpcr="));
    EXPECT_THAT(bash({"sweep", "x", "--design", "s"}), ElementsAre("sobol", "saltelli"));
    EXPECT_THAT(bash({"compare", "x", "worlds/aus"}), ElementsAre("worlds/austerity"));
    EXPECT_THAT(bash({"config", ""}), ElementsAre("init", "check", "show", "schema"));
    EXPECT_THAT(bash({"config", "init", "lab"}), ElementsAre("laboratory"));
    EXPECT_THAT(bash({"config", "init", "--f"}), ElementsAre("--force"));
    EXPECT_THAT(bash({"network", "draw", "barabasi"}), ElementsAre("barabasi_albert"));
    EXPECT_THAT(bash({"describe", "free_r"}), ElementsAre("free_rider"));
    EXPECT_THAT(bash({"describe", "ledger"}), ElementsAre("ledger_gap"));
    EXPECT_THAT(bash({"list", "met"}), ElementsAre("metrics"));
    EXPECT_THAT(bash({"cite", "--b"}), ElementsAre("--bibtex"));
    fs::create_directories(folder_ / "outside");
    EXPECT_THAT(bash({"status", "outs"}), ElementsAre("outside"));
}

TEST_F(Completion, OfFishOffersCommandsOptionsAndNames) {
    if (!installed("fish")) GTEST_SKIP() << "fish is not installed";
    write("script.fish", run({"completion", "fish"}).out);
    const auto fish = [&](const std::string& line) {
        const std::string command = "source script.fish; complete -C " + cli::quoted(line);
        EXPECT_EQ(std::system(("cd " + quoted(folder_) + " && HOME=$PWD fish -N -c " + cli::quoted(command) +
                               " > reply 2> reply.err")
                                  .c_str()),
                  0)
            << text_of(folder_ / "reply.err");
        std::vector<std::string> words = lines_of(text_of(folder_ / "reply"));
        for (auto& word : words) word = word.substr(0, word.find('\t'));
        return words;
    };
    EXPECT_THAT(fish("commonweal ru"), testing::ElementsAre("run"));
    EXPECT_THAT(fish("commonweal config "), testing::UnorderedElementsAre("init", "check", "show", "schema"));
    EXPECT_THAT(fish("commonweal run experiments/fow"), testing::Contains("experiments/fowler_christakis_2010"));
    EXPECT_THAT(fish("commonweal sweep x --design so"), testing::ElementsAre("sobol"));
    EXPECT_THAT(fish("commonweal config init lab"), testing::Contains("laboratory"));
    EXPECT_THAT(fish("commonweal run x --la"), testing::ElementsAre("--lanes"));
}

TEST_F(Completion, OfZshOffersCommandsOptionsAndNames) {
    if (!installed("zsh")) GTEST_SKIP() << "zsh is not installed";
    write("_commonweal", run({"completion", "zsh"}).out);
    write("complete.zsh", R"(zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1= PROMPT= ; unsetopt zle_bracketed_paste 2> /dev/null; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D'
zpty -w shell 'zstyle ":completion:*" list-colors "" ; zstyle ":completion:*:default" list-prompt ""; LISTMAX=1000'
zpty -w shell 'bindkey "^I" complete-word; take() { print -r -- "GOT<$BUFFER>" ; BUFFER=; zle send-break }; zle -N take; bindkey "^X" take; print READY'
zpty -r -m shell all '*READY*READY*'
for line in "$@"; do
    zpty -w -n shell "$line"$'\t'$'\x18'
    zpty -r -m shell answer '*GOT<*>*'
    print -r -- "${${answer##*GOT<}%%>*}"
done
zpty -d shell
)");
    const std::string command =
        "cd " + quoted(folder_) +
        " && HOME=$PWD TERM=dumb timeout 60 zsh -f complete.zsh 'commonweal ru' 'commonweal config ini' " +
        "'commonweal run experiments/fow' 'commonweal sweep x --design sob' 'commonweal config init lab' > reply 2> "
        "reply.err";
    ASSERT_EQ(code_of(std::system(command.c_str())), 0) << text_of(folder_ / "reply.err");
    EXPECT_THAT(lines_of(text_of(folder_ / "reply")),
                testing::ElementsAre("commonweal run ", "commonweal config init ",
                                     "commonweal run experiments/fowler_christakis_2010 ",
                                     "commonweal sweep x --design sobol ", "commonweal config init laboratory "));
}

}  // namespace
}  // namespace commonweal::cli
