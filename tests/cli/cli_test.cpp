#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

/// Runs the program as a user does, and looks at stdout, stderr and the exit code.
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
    return text + "'";
}

struct Ran {
    int code;
    std::string out, err;
};

class Cli : public testing::Test {
protected:
    Cli() : folder_(fs::temp_directory_path() / ("commonweal_cli_" + std::to_string(getpid()))) {
        fs::create_directories(folder_ / "bin");
    }
    ~Cli() override { fs::remove_all(folder_); }

    /// Runs the program in the test's folder, with `before` in front of it, as a shell does.
    Ran run(const std::vector<std::string>& words, const std::string& before = "",
            const std::string& after = "") const {
        std::string command = "cd " + quoted(folder_) + " && COMMONWEAL_CONFIGS=" COMMONWEAL_SOURCE "/configs " +
                              before + " " + quoted(binary_);
        for (const auto& word : words) command += " " + quoted(word);
        command += " > out 2> err " + after;
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder_ / "out"), text_of(folder_ / "err")};
    }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }

    /// The stderr of a command that must end with exit code 2 and print no result.
    std::string refusal(const std::vector<std::string>& words) const {
        const Ran ran = run(words);
        EXPECT_EQ(ran.code, 2) << ran.err;
        EXPECT_EQ(ran.out, "");
        EXPECT_THAT(ran.err, StartsWith("commonweal: error: "));
        return ran.err;
    }

    fs::path folder_;
    fs::path binary_ = COMMONWEAL_BINARY;
};

const std::string scenario = R"(title = "Small"
replicates = 4
seed = 42

[session]
agents = 24
rounds = 6

[agents.all]
behavior = "linear_influence"
)";

class BadInput : public Cli {
protected:
    BadInput() { write("good.toml", scenario); }

    /// What `run` says of a scenario that ends with these lines.
    std::string refused(const std::string& lines, const std::vector<std::string>& overrides = {}) const {
        write("bad.toml", scenario + lines);
        std::vector<std::string> words{"run", "bad.toml", "-o", "results.h5"};
        words.insert(words.end(), overrides.begin(), overrides.end());
        const std::string text = refusal(words);
        EXPECT_FALSE(fs::exists(folder_ / "results.h5"));
        EXPECT_FALSE(fs::exists(folder_ / "results.h5.partial"));
        return text;
    }
};

TEST_F(BadInput, UnknownKey) {
    EXPECT_THAT(refused("[game]\nendowmet = 20\n"),
                HasSubstr("bad.toml:12:1: unknown key 'endowmet' in [game] (did you mean 'endowment'?)"));
    EXPECT_THAT(refused("", {"game.endowmet=20"}), HasSubstr("command line: unknown key 'endowmet'"));
    EXPECT_THAT(refused("", {"gmae.endowment=20"}),
                HasSubstr("command line: unknown key 'gmae.endowment' (did you mean 'game.endowment'?)"));
}

TEST_F(BadInput, WrongType) {
    EXPECT_THAT(refused("[game]\nendowment = \"20\"\n"),
                HasSubstr("bad.toml:12:13: game.endowment is \"20\"; it must be a number in"));
    EXPECT_THAT(refused("", {"session.rounds=2.5"}), HasSubstr("session.rounds is 2.5; it must be a whole number in"));
}

TEST_F(BadInput, NanAndInfinity) {
    EXPECT_THAT(refused("[game]\nmpcr = nan\n"),
                HasSubstr("bad.toml:12:8: game.mpcr is nan; it must be a number in [0, 1000]"));
    EXPECT_THAT(refused("", {"game.mpcr=inf"}), HasSubstr("game.mpcr is inf"));
}

TEST_F(BadInput, GroupsThatDoNotDivide) {
    EXPECT_THAT(refused("", {"session.agents=25"}),
                HasSubstr("25 agents cannot be split into groups of 4; nearest: 24 or 28"));
}

TEST_F(BadInput, TooManyPerfectStrangerRounds) {
    EXPECT_THAT(refused("", {"session.rounds=8"}),
                HasSubstr("24 agents in groups of 4 can play at most 7 perfect-stranger rounds; session.rounds is 8"));
}

TEST_F(BadInput, NotToml) { EXPECT_THAT(refused("[game\n"), HasSubstr("bad.toml:11:")); }

TEST_F(BadInput, SubjectFileThatIsMissingOrLacksAColumn) {
    const std::vector<std::string> people{"agents.all.behavior=belief_schedule", "subjects=people.csv"};
    write("bad.toml", scenario);
    const Ran missing = run({"run", "bad.toml", people[0], people[1], "-o", "results.h5"});
    EXPECT_EQ(missing.code, 74) << missing.err;
    EXPECT_THAT(missing.err, HasSubstr("people.csv"));
    write("people.csv", "a,b\n1,2\n");
    EXPECT_THAT(refused("", people), HasSubstr("people.csv"));
}

TEST_F(BadInput, FileThatIsNotThere) {
    EXPECT_THAT(refusal({"run", "nothing.toml"}),
                HasSubstr("nothing.toml: there is no such file, and no scenario of that name"));
    EXPECT_THAT(refusal({"run", "experiments/fowler_christakis_2011"}),
                HasSubstr("(did you mean 'experiments/fowler_christakis_2010'?)"));
    EXPECT_THAT(refusal({"config", "check", "."}), HasSubstr("is a folder"));
}

TEST_F(BadInput, Sweeps) {
    EXPECT_THAT(refused("", {"game.mpcr=0.2,0.4"}),
                HasSubstr("sweeps over several (commonweal sweep) are not part of this version"));
}

TEST_F(BadInput, FullDisk) {
    const Ran full = run({"config", "schema"}, "", "> /dev/full");
    EXPECT_EQ(full.code, 74);
    EXPECT_THAT(full.err, HasSubstr("standard output: cannot be written"));
}

TEST_F(BadInput, OutputThatCannotBeWritten) {
    const Ran nowhere = run({"run", "good.toml", "-o", "no/such/folder/results.h5"});
    EXPECT_EQ(nowhere.code, 74);
    EXPECT_EQ(nowhere.out, "");
    EXPECT_THAT(nowhere.err, HasSubstr("no/such/folder/results.h5"));
    fs::create_directory(folder_ / "folder.h5");
    EXPECT_EQ(run({"run", "good.toml", "-o", "folder.h5", "--force"}).code, 74);
}

TEST_F(BadInput, FileTooLargeForTheDisk) {
    const Ran limited =
        run({"run", "good.toml", "record.agents=true", "-o", "results.h5"}, "ulimit -f 8 && trap '' XFSZ &&");
    EXPECT_EQ(limited.code, 74) << limited.err;
    EXPECT_EQ(limited.out, "");
    EXPECT_FALSE(fs::exists(folder_ / "results.h5"));
    EXPECT_FALSE(fs::exists(folder_ / "results.h5.partial"));
}

class Run : public BadInput {};

TEST_F(Run, PrintsATableAndWritesTheFile) {
    const Ran ran = run({"run", "good.toml", "-o", "results.h5"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out,
                AllOf(StartsWith("Small\n4 runs"), HasSubstr("condition  round  contribution"), HasSubstr("basic")));
    EXPECT_THAT(ran.err, AllOf(HasSubstr("4 runs, 576 decisions"), HasSubstr("results are in results.h5")));
    EXPECT_THAT(text_of(folder_ / "results.h5"), StartsWith("\x89HDF"));
}

TEST_F(Run, ReplacesAnOutputOnlyWhenForced) {
    write("results.h5", "mine");
    const Ran kept = run({"run", "good.toml", "-o", "results.h5"});
    EXPECT_EQ(kept.code, 6);
    EXPECT_THAT(kept.err, HasSubstr("results.h5 exists; --force replaces it"));
    EXPECT_EQ(text_of(folder_ / "results.h5"), "mine");
    EXPECT_EQ(run({"run", "good.toml", "-o", "results.h5", "--force"}).code, 0);
    EXPECT_THAT(text_of(folder_ / "results.h5"), StartsWith("\x89HDF"));
}

TEST_F(Run, PrintsOneJsonObject) {
    const Ran ran = run({"run", "good.toml", "--json", "--quiet", "record.cascade=true"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    const auto object = nlohmann::json::parse(ran.out);
    EXPECT_EQ(object["runs"], 4);
    EXPECT_EQ(object["rounds"].size(), 6u);
    EXPECT_EQ(object["rounds"][0]["condition"], "basic");
    EXPECT_TRUE(object["rounds"][0]["mean_contribution"]["mean"].is_number());
    EXPECT_FALSE(object["effects"].empty());
    EXPECT_FALSE(object["multipliers"].empty());
    EXPECT_THAT(object["configuration"].get<std::string>(), HasSubstr("cascade = true"));
}

TEST_F(Run, GivesTheSameBytesForAnyThreadsAndLanesButNotForAnotherSeed) {
    const auto result = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"run",    "good.toml", "record.agents=true", "-o", "results.h5", "--force",
                                       "--json", "-q"};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = run(words);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return ran.out + text_of(folder_ / "results.h5");
    };
    const std::string one = result({"--threads", "1"});
    EXPECT_EQ(result({"--threads", "2"}), one);
    EXPECT_EQ(result({"--lanes", "1"}), one);
    EXPECT_EQ(result({"--lanes", "16"}), one);
    EXPECT_NE(result({"seed=43"}), one);
}

TEST_F(Run, FindsScenariosThatComeWithTheProgram) {
    for (const char* name :
         {"experiments/fowler_christakis_2010", "experiments/fowler_christakis_2010.toml", "fowler_christakis_2010"})
        EXPECT_EQ(run({"config", "check", name}).code, 0) << name;
    fs::create_directories(folder_ / "own");
    write("own/mine.toml", scenario);
    EXPECT_EQ(run({"config", "check", "mine"}, "COMMONWEAL_CONFIGS=own").code, 0);
}

TEST_F(Run, FindsScenariosAboveItsOwnFolder) {
    fs::create_directories(folder_ / "configs/experiments");
    fs::create_directories(folder_ / "build/release/bin");
    fs::copy_file(binary_, folder_ / "build/release/bin/commonweal");
    binary_ = folder_ / "build/release/bin/commonweal";
    write("configs/experiments/own.toml", scenario);
    EXPECT_EQ(run({"config", "check", "experiments/own"}, "COMMONWEAL_CONFIGS=").code, 0);
    fs::rename(folder_ / "configs", folder_ / "elsewhere");
    EXPECT_EQ(run({"config", "check", "experiments/own"}, "COMMONWEAL_CONFIGS=").code, 2);
    fs::create_directories(folder_ / "build/release/share/commonweal");
    fs::rename(folder_ / "elsewhere", folder_ / "build/release/share/commonweal/configs");
    EXPECT_EQ(run({"config", "check", "experiments/own"}, "COMMONWEAL_CONFIGS=").code, 0)
        << "as cmake --install lays it out";
}

TEST_F(Run, StopsAtASignalAndLeavesNothing) {
    const Ran ran = run({"run", "good.toml", "replicates=4000000", "session.sessions=10", "-o", "results.h5"},
                        "timeout --preserve-status -s INT 1");
    EXPECT_EQ(ran.code, 130) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("interrupted after"));
    EXPECT_FALSE(fs::exists(folder_ / "results.h5"));
    EXPECT_FALSE(fs::exists(folder_ / "results.h5.partial"));
}

TEST_F(Cli, ConfigShowReadsBackAsItself) {
    write("good.toml", scenario);
    const Ran shown = run({"config", "show", "good.toml", "game.mpcr=0.3"});
    EXPECT_EQ(shown.code, 0);
    EXPECT_THAT(shown.out, HasSubstr("mpcr = 0.3\n"));
    write("shown.toml", shown.out);
    EXPECT_EQ(run({"config", "show", "shown.toml"}).out, shown.out);
}

TEST_F(Cli, ConfigSchemaIsJson) {
    EXPECT_EQ(nlohmann::json::parse(run({"config", "schema"}).out)["title"], "commonweal scenario");
}

TEST_F(Cli, ListsAndDescribesEveryName) {
    const Ran all = run({"list"});
    EXPECT_EQ(all.code, 0);
    EXPECT_THAT(all.out, AllOf(HasSubstr("behaviors\n"), HasSubstr("sanctions\n"), HasSubstr("subjects\n"),
                               HasSubstr("experiments/fowler_christakis_2010")));
    for (const std::string list : {"behaviors", "sanctions", "subjects"}) {
        std::istringstream lines(run({"list", list}).out);
        for (std::string line, name; std::getline(lines, line);) {
            std::istringstream(line) >> name;
            const Ran described = run({"describe", name});
            EXPECT_EQ(described.code, 0) << name;
            EXPECT_THAT(described.out, AllOf(StartsWith(name), HasSubstr("Equation"), HasSubstr("Source"))) << name;
        }
    }
    for (const std::string section :
         {"study", "session", "matching", "game", "sanction", "agents", "subjects", "seed", "record", "counterfactual"})
        EXPECT_EQ(run({"describe", section}).code, 0) << section;
    EXPECT_THAT(refusal({"describe", "free_ridr"}), HasSubstr("(did you mean 'free_rider'?)"));
    EXPECT_THAT(refusal({"list", "behaviours"}), HasSubstr("(did you mean 'behaviors'?)"));
}

TEST_F(Cli, TellsItsVersion) {
    EXPECT_THAT(run({"version"}).out, StartsWith("commonweal "));
    EXPECT_EQ(run({"--version"}).out, run({"version"}).out);
    const auto version = nlohmann::json::parse(run({"version", "--json"}).out);
    EXPECT_TRUE(version.contains("commit"));
    EXPECT_TRUE(version["libraries"].contains("HDF5"));
}

TEST_F(Cli, HelpShowsExamplesFirst) {
    const Ran bare = run({});
    EXPECT_EQ(bare.code, 2);
    const Ran help = run({"--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_EQ(help.out, bare.out);
    EXPECT_LT(help.out.find("Examples:"), help.out.find("Usage:"));
    EXPECT_THAT(run({"help", "run"}).out, AllOf(HasSubstr("Usage: commonweal run"), HasSubstr("--lanes")));
    EXPECT_EQ(run({"run", "--help"}).out, run({"help", "run"}).out);
}

TEST_F(Cli, RefusesUnknownWordsWithTheNearest) {
    EXPECT_THAT(refusal({"rnu"}), HasSubstr("there is no command 'rnu' (did you mean 'run'?)"));
    EXPECT_THAT(refusal({"run", "x", "--thread", "2"}),
                HasSubstr("'--thread' is not understood (did you mean '--threads'?)"));
    EXPECT_THAT(refusal({"config", "chek"}), HasSubstr("(did you mean 'check'?)"));
    EXPECT_THAT(refusal({"run", "x", "--lanes", "3"}), HasSubstr("--lanes: 3 not in {1,8,16}"));
    EXPECT_THAT(refusal({"run"}), HasSubstr("FILE is required"));
    EXPECT_THAT(refusal({"../run"}), HasSubstr("there is no command '../run'"));
}

TEST_F(Cli, BecomesTheCommandOfThatNameOnThePath) {
    write("bin/commonweal-greet", "#!/bin/sh\necho \"$@\"; test -x \"$COMMONWEAL_BINARY\" && exit 7\n");
    fs::permissions(folder_ / "bin/commonweal-greet", fs::perms::owner_all);
    const Ran ran = run({"greet", "a b", "--json"}, "PATH=\"$PWD/bin:$PATH\"");
    EXPECT_EQ(ran.code, 7) << ran.err;
    EXPECT_EQ(ran.out, "a b --json\n");
}

TEST_F(Cli, SaysHowToGetAMissingPythonCommand) {
    const Ran ran = run({"reproduce", "fowler-christakis-2010"}, "PATH=/nonexistent");
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("`pip install ./analysis` gives it"));
}

TEST_F(Cli, CompletionScriptsAreValid) {
    for (const std::string shell : {"bash", "zsh", "fish"})
        EXPECT_THAT(run({"completion", shell}).out, HasSubstr("commonweal")) << shell;
    write("check.sh", run({"completion", "bash"}).out +
                          "COMP_WORDS=(commonweal ru) COMP_CWORD=1 && _commonweal && echo \"${COMPREPLY[@]}\"\n");
    EXPECT_EQ(std::system(("bash " + quoted(folder_ / "check.sh") + " > " + quoted(folder_ / "reply")).c_str()), 0);
    EXPECT_EQ(text_of(folder_ / "reply"), "run\n");
}

}  // namespace
