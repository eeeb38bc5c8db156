#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.hpp"

namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST_F(Cli, ConfigShowReadsBackAsItself) {
    write("good.toml", scenario);
    const Ran shown = run({"config", "show", "good.toml", "game.mpcr=0.3"});
    EXPECT_EQ(shown.code, 0);
    EXPECT_THAT(shown.out, HasSubstr("mpcr = 0.3\n"));
    write("shown.toml", shown.out);
    EXPECT_EQ(run({"config", "show", "shown.toml"}).out, shown.out);
}

TEST_F(Cli, DescribeShowsNoDefaultWhereThereIsNone) {
    EXPECT_THAT(run({"describe", "seed"}).out, HasSubstr("  all                whole, [0, "));
}

/// What a scenario rests on stays with it, and `cite` finds it in the copy.
TEST_F(Cli, ConfigShowKeepsTheHeaderAndSaysWhatWasChanged) {
    const std::string paper = "Fowler & Christakis (2010)";
    write("copy.toml", run({"config", "show", "experiments/fowler_christakis_2010", "game.mpcr=0.3"}).out);
    EXPECT_THAT(text_of(folder_ / "copy.toml"),
                AllOf(StartsWith("# Question: "), HasSubstr("# Changed: game.mpcr=0.3\n"), HasSubstr("mpcr = 0.3\n")));
    EXPECT_EQ(run({"config", "show", "copy.toml"}).out, text_of(folder_ / "copy.toml"));
    EXPECT_THAT(run({"cite", "copy.toml", "--text"}).out, HasSubstr(paper));
    write("bare.toml", "# only a comment");
    EXPECT_EQ(run({"config", "show", "bare.toml"}).code, 2);
}

TEST_F(Cli, PeopleOfATypeWithoutAnybodyAreNotNamed) {
    const std::vector<std::string> words{"run", "experiments/fowler_christakis_2010", "replicates=1"};
    auto others = words;
    others.insert(others.end(),
                  {"agents.subjects.share=0", "agents.giver.behavior=unconditional", "agents.giver.share=1"});
    EXPECT_THAT(run(words).out, HasSubstr("people: synthetic subjects"));
    const Ran ran = run(others);
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, testing::Not(HasSubstr("people:")));
}

TEST_F(Cli, ConfigSchemaIsJson) {
    EXPECT_EQ(nlohmann::json::parse(run({"config", "schema"}).out)["title"], "commonweal scenario");
}

TEST_F(Cli, ListsAndDescribesEveryName) {
    const Ran all = run({"list"});
    EXPECT_EQ(all.code, 0);
    EXPECT_THAT(all.out, AllOf(HasSubstr("behaviors\n"), HasSubstr("sanctions\n"), HasSubstr("subjects\n"),
                               HasSubstr("experiments/fowler_christakis_2010")));
    for (const std::string list : {"behaviors", "sanctions", "subjects", "networks"}) {
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

TEST_F(Cli, DescribesKeysAndWords) {
    const std::string mpcr = run({"describe", "game.mpcr"}).out;
    EXPECT_THAT(mpcr, AllOf(StartsWith("game.mpcr: key of scenario files\n"), HasSubstr("[game]  0.4"),
                            HasSubstr("`describe game`")));
    EXPECT_THAT(mpcr, Not(HasSubstr("policy")));
    EXPECT_THAT(run({"describe", "agents.people.noise"}).out,
                AllOf(HasSubstr("[agents.<type>] with behavior = \"unconditional\""), HasSubstr("[0, 1000000]")));
    EXPECT_THAT(run({"describe", "sweep.trajectories"}).out, HasSubstr("trajectories of morris"));
    EXPECT_THAT(run({"describe", "cost"}).out, AllOf(HasSubstr("[game]"), HasSubstr("[sanction]")));
    EXPECT_THAT(run({"describe", "twin", "run"}).out,
                StartsWith("twin run: word of the glossary\n  A run played again"));
    EXPECT_EQ(run({"describe", "Ego"}).out, run({"describe", "alter"}).out);
    EXPECT_THAT(run({"describe", "endowment"}).out,
                AllOf(StartsWith("endowment (e): word"), HasSubstr("\nendowment: key of scenario files\n")));
    EXPECT_THAT(run({"describe", "fowler_christakis_2010"}).out, HasSubstr("Expect: "));
    EXPECT_EQ(run({"list", "scenarios"}).out, run({"list", "experiments"}).out);
    EXPECT_THAT(refusal({"describe", "game.noise"}), HasSubstr("nothing is named 'game.noise'"));
}

TEST_F(Cli, TellsItsVersion) {
    EXPECT_THAT(run({"version"}).out, StartsWith("commonweal "));
    EXPECT_EQ(run({"--version"}).out, run({"version"}).out);
    const auto version = nlohmann::json::parse(run({"version", "--json"}).out);
    EXPECT_TRUE(version.contains("commit"));
    EXPECT_TRUE(version.contains("instructions"));
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
    EXPECT_THAT(refusal({"run", "x", "--lanes", "3"}), HasSubstr("--lanes is '3'; it must be 1, 8, 16 or 64"));
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
    EXPECT_THAT(ran.err, HasSubstr("commonweal's wheel has it"));
}

}  // namespace
}  // namespace commonweal::cli
