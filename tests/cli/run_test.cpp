#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Run : public Cli {
protected:
    Run() { write("good.toml", scenario); }
};

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

TEST_F(Run, RefusesANameOfAnotherFormat) {
    write("small.toml", scenario);
    EXPECT_THAT(refusal({"run", "small.toml", "-o", "out.csv"}), HasSubstr("`commonweal export FOLDER --to csv`"));
    EXPECT_FALSE(fs::exists(folder_ / "out.csv"));
    EXPECT_EQ(run({"run", "small.toml", "-o", "out.hdf5"}).code, 0);
}

TEST_F(Run, WarnsOfKeysOfTwinRunsThatAreNotMade) {
    write("small.toml", scenario);
    const std::string warning = "counterfactual.nudge changes nothing: twin runs are made with record.cascade=true";
    EXPECT_THAT(run({"run", "small.toml", "counterfactual.nudge=2"}).err, HasSubstr(warning));
    EXPECT_THAT(run({"config", "check", "small.toml", "counterfactual.nudge=2"}).err, HasSubstr(warning));
    EXPECT_THAT(run({"run", "small.toml", "counterfactual.nudge=1"}).err, Not(HasSubstr(warning)));
    EXPECT_THAT(run({"run", "small.toml", "counterfactual.nudge=2", "record.cascade=true"}).err,
                Not(HasSubstr(warning)));
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

TEST_F(Run, PlaysBehaviorRulesOnANetwork) {
    write("people.csv", "id,gift\nann,20\nbob,0\neve,10\nzoe,0\n");
    write("ties.csv", "source,target,weight\nann,bob,1\nbob,eve,2\n");
    write("network.toml",
          "title = \"Four\"\nseed = 1\nreplicates = 2\n[session]\nrounds = 30\n[network]\nkind = \"network_file\"\n"
          "file = \"ties.csv\"\nagents = \"people.csv\"\nwithout_ties = \"keep\"\n[game]\ntokens = \"continuous\"\n"
          "[agents.all]\nbehavior = \"degroot\"\nfirst = \"gift\"\nfirst_sd = 0\n"
          "[record]\nadoption = true\ncascade = true\nagents = true\n");
    const Ran text = run({"run", "network.toml", "-o", "results.h5"});
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_THAT(text.out,
                AllOf(StartsWith("Four\n2 runs; each is 30 rounds of 4 agents with 2 ties\n"),
                      HasSubstr("\nbasic         30"), Not(HasSubstr("\nbasic         28")),
                      HasSubstr("Adoption: who gives at least 20 tokens\n0 of 2 runs tip"), HasSubstr("distance")));
    const auto object = nlohmann::json::parse(run({"run", "network.toml", "--json", "-q"}).out);
    EXPECT_EQ(object["agents"], 4);
    EXPECT_EQ(object["ties"], 2);
    EXPECT_EQ(object["rounds"].size(), 30u);
    EXPECT_EQ(object["adoption"]["tipped"], 0);
    EXPECT_TRUE(object["adoption"]["tip_round"].is_null());
    EXPECT_EQ(object["adoption"]["adopters"][0]["mean"], 0.25);
    EXPECT_FALSE(object["effects"].empty());
    EXPECT_THAT(run({"run", "network.toml", "network.without_ties=refuse"}).err,
                HasSubstr("1 of 4 agents have no neighbor whose contributions they could see, the first is agent zoe"));
    EXPECT_THAT(run({"run", "network.toml", "counterfactual.sources=5"}).err, HasSubstr("the network has 4 agents"));
    EXPECT_THAT(run({"run", "network.toml", "agents.all.first=gifts"}).err, HasSubstr("did you mean 'gift'?"));
}

TEST_F(Run, StopsAtASignalAndLeavesNothing) {
    const Ran ran = run({"run", "good.toml", "replicates=4000000", "session.sessions=10", "-o", "results.h5"},
                        "timeout --foreground --preserve-status -s INT 1");
    EXPECT_EQ(ran.code, 130) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("interrupted after"));
    EXPECT_FALSE(fs::exists(folder_ / "results.h5"));
    EXPECT_FALSE(fs::exists(folder_ / "results.h5.partial"));
}

}  // namespace
}  // namespace commonweal::cli
