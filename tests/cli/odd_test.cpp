#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

/// `commonweal odd`: a scenario, or the experiment around it, by the ODD protocol.
namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(Cli, OddHasAllElementsForEveryKindOfPlay) {
    for (const std::string name :
         {"experiments/fowler_christakis_2010", "scenarios/watts_cascade", "experiments/rand_2011",
          "experiments/santos_2008", "experiments/traulsen_nowak_2006", "experiments/hauert_2002",
          "scenarios/self_managed_learning", "sweeps/public_service", "sweeps/what_drives_giving"}) {
        SCOPED_TRACE(name);
        const Ran ran = run({"odd", name});
        ASSERT_EQ(ran.code, 0) << ran.err;
        std::size_t last = 0;
        for (const std::string part : {"## 1. Purpose and patterns",
                                       "## 2. Entities, state variables, and scales",
                                       "## 3. Process overview and scheduling",
                                       "## 4. Design concepts",
                                       "**Basic principles.**",
                                       "**Emergence.**",
                                       "**Adaptation.**",
                                       "**Objectives.**",
                                       "**Learning.**",
                                       "**Prediction.**",
                                       "**Sensing.**",
                                       "**Interaction.**",
                                       "**Stochasticity.**",
                                       "**Collectives.**",
                                       "**Observation.**",
                                       "## 5. Initialization",
                                       "## 6. Input data",
                                       "## 7. Submodels",
                                       "## Experiment",
                                       "## References"}) {
            EXPECT_GT(ran.out.find("\n" + part), last) << part;
            ASSERT_NE(ran.out.find("\n" + part), std::string::npos) << part;
            last = ran.out.find("\n" + part);
        }
        EXPECT_THAT(ran.out,
                    AllOf(HasSubstr("The model is to answer: "),
                          HasSubstr("| parameter | value | default | unit | meaning |"), HasSubstr("| `mean_")));
        EXPECT_THAT(ran.out, Not(HasSubstr("{}")));
    }
}

TEST_F(Cli, OddTellsTheValuesOfThisScenario) {
    write("plain.toml", scenario);
    const std::string before = run({"odd", "plain.toml"}).out, after = run({"odd", "plain.toml", "game.mpcr=0.65"}).out;
    EXPECT_THAT(before, HasSubstr("| `mpcr` | 0.4 | 0.4 |"));
    EXPECT_THAT(after, AllOf(HasSubstr("| `mpcr` | 0.65 | 0.4 |"), HasSubstr("with `game.mpcr=0.65`")));
    EXPECT_THAT(before, HasSubstr("The scenario file states no question."));
    EXPECT_THAT(run({"odd", "sweeps/what_drives_giving"}).out,
                HasSubstr("agents.people.belief_others = uniform(0.3,0.5)"));
    EXPECT_THAT(run({"odd", "sweeps/public_service"}).out,
                AllOf(HasSubstr("### policy `contest`"), HasSubstr("regime competition"), HasSubstr("| 1 | act |"),
                      HasSubstr("| 3 | lead |"), HasSubstr("which units are in a pilot")));
    EXPECT_THAT(run({"odd", "experiments/santos_2008"}).out,
                HasSubstr("A round is one revision of all agents, who revise at once."));
    EXPECT_THAT(after, HasSubstr("To compute it: `commonweal run plain.toml game.mpcr=0.65 -o results.h5`"));
    EXPECT_THAT(run({"odd", "plain.toml", "game.mpcr=linspace(0.2, 0.8, 3)"}).out,
                HasSubstr("`commonweal sweep plain.toml 'game.mpcr=linspace(0.2, 0.8, 3)' -o results`"));
    const Ran written = run({"odd", "plain.toml", "-o", "odd.md"});
    EXPECT_EQ(written.code, 0);
    EXPECT_THAT(written.out, IsEmpty());
    EXPECT_EQ(text_of(folder_ / "odd.md"), before);
    EXPECT_EQ(run({"odd", "plain.toml", "-o", "odd.md"}).code, 6);
    EXPECT_EQ(run({"odd", "plain.toml", "-o", "-"}).out, before);
    EXPECT_FALSE(fs::exists(folder_ / "-"));
}

TEST_F(Cli, OddMarksWhatVariesBetweenCells) {
    write("plain.toml", scenario);
    const std::vector<std::string> words{"plain.toml", "game.mpcr=0.3,0.5", "session.rounds=2,3"};
    EXPECT_THAT(run({"odd", words[0], words[1], words[2]}).out,
                AllOf(HasSubstr("| `mpcr` | varies: 0.3, 0.5 | 0.4 |"), HasSubstr("varies: 2, 3 rounds")));
    EXPECT_THAT(run({"odd", "plain.toml", "game.mpcr=linspace(0.1,0.9,9)"}).out,
                HasSubstr("varies: 0.1, 0.2, 0.3, 0.4, 0.5, ... (9 values)"));
    EXPECT_THAT(run({"odd", "plain.toml"}).out, Not(HasSubstr("varies")));
}

TEST_F(Cli, OddNamesTheNetworksOfAllCells) {
    const std::string lattice = "experiments/square_lattice_pgg";
    const std::string one = run({"odd", lattice, "record.every=5"}).out;
    EXPECT_THAT(one,
                AllOf(HasSubstr("1 network instance: each is that of `square_lattice` (see submodels)."),
                      HasSubstr("| `every` | 5 |"), HasSubstr("| `window` | 1000 |"), Not(HasSubstr("cells, first"))));
    const Ran both = run({"odd", lattice, "network.kind=square_lattice,watts_strogatz"});
    ASSERT_EQ(both.code, 0) << both.err;
    EXPECT_THAT(both.out,
                HasSubstr("1 network instance: as the cell says, each is that of `square_lattice` or drawn by "
                          "the generator `watts_strogatz` (see submodels)."));
    EXPECT_THAT(both.out, AllOf(HasSubstr("In 1 of 2 cells, first point 0 (network.kind = \"square_lattice\")."),
                                HasSubstr("In 1 of 2 cells, first point 1 (network.kind = \"watts_strogatz\").")));
}

TEST_F(Cli, OddOfAFileWithoutATitleIsCalledLikeTheFile) {
    write("plain.toml", scenario.substr(scenario.find('\n') + 1));
    EXPECT_THAT(run({"odd", (folder_ / "plain.toml").string()}).out, HasSubstr("# plain.toml: ODD protocol"));
}

/// The folder of a sweep says what was computed: its file may be gone, and the working folder another one.
TEST_F(Cli, OddTakesTheFolderOfASweep) {
    write("plain.toml", scenario);
    ASSERT_EQ(run({"sweep", "plain.toml", "game.mpcr=0.3,0.5", "-o", "there", "-q"}).code, 0);
    const std::string of_file = run({"odd", "plain.toml", "game.mpcr=0.3,0.5"}).out;
    fs::remove(folder_ / "plain.toml");
    const Ran ran = run({"odd", "there"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("| `mpcr` | varies: 0.3, 0.5 | 0.4 |"));
    const auto upto = [](const std::string& text) { return text.substr(0, text.find("To compute it")); };
    EXPECT_EQ(upto(ran.out), upto(of_file));
    EXPECT_THAT(refusal({"odd", "there", "game.mpcr=0.7"}), HasSubstr("a sweep is what it is"));
}

}  // namespace
}  // namespace commonweal::cli
