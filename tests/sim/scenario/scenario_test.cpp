#include "sim/scenario/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "models/catalog.hpp"
#include "tests/sim/scenario/toy_scenario.hpp"

namespace commonweal {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using toy::parsed;
using toy::refusal;
using toy::small;

TEST(Scenario, FillsInDefaults) {
    const Scenario scenario = parsed(small);
    EXPECT_EQ(scenario.session.agents, 24u);
    EXPECT_EQ(scenario.session.sessions, 1u);
    EXPECT_EQ(scenario.game.endowment, 20);
    EXPECT_EQ(scenario.game.mpcr, 0.4);
    EXPECT_EQ(scenario.study.replicates, 16u);
    EXPECT_FALSE(scenario.sanction_rule);
    EXPECT_THAT(scenario.sanctioned, ElementsAre(false, false));
    EXPECT_FALSE(scenario.subjects);
}

TEST(Scenario, BuildsTypesInTheOrderOfTheFile) {
    const Scenario scenario =
        parsed(small + "[agents.abe]\nbehavior = 'giver'\nshare = 0.25\n", {"agents.zed.share=0.75"});
    ASSERT_EQ(scenario.types.size(), 2u);
    EXPECT_EQ(scenario.types[0].name, "zed");
    EXPECT_EQ(scenario.types[1].name, "abe");
    EXPECT_EQ(scenario.types[1].settings.share, 0.25);
    EXPECT_EQ(scenario.types[0].behavior->draws(), 0u);
}

TEST(Scenario, BuildsTheSanctionStage) {
    const Scenario scenario = parsed(small + "[sanction]\nrule = 'judge'\nconditions = ['punishment']\ncap = 5\n");
    EXPECT_TRUE(scenario.sanction_rule);
    EXPECT_THAT(scenario.sanctioned, ElementsAre(false, true));
    EXPECT_EQ(scenario.sanction.cap, 5);
}

TEST(Scenario, SanctionsEveryConditionWhenNoneIsListed) {
    EXPECT_THAT(parsed(small + "[sanction]\nrule = 'judge'\n").sanctioned, ElementsAre(true, true));
}

TEST(Scenario, AnEmptyRuleTurnsTheStageOff) {
    const std::string text = small + "[sanction]\nrule = 'judge'\nseverity = 2\n";
    EXPECT_FALSE(parsed(text, {"sanction.rule=\"\""}).sanction_rule);
    EXPECT_FALSE(parsed(text, {"sanction.rule=none"}).sanction_rule);
    EXPECT_THAT(refusal(text, {"sanction.rule=\"\"", "sanction.severty=3"}),
                HasSubstr("unknown key 'severty' in [sanction] (did you mean"));
    EXPECT_THAT(refusal(small + "[sanction]\ncap = 5\n"),
                HasSubstr("[sanction] names no sanction rule; set sanction.rule to one of 'judge'"));
}

TEST(Scenario, AnotherModelOfALaterLayerNeedsNoKeysOfTheFormer) {
    const std::string base = "[session]\nrounds = 6\n[seed]\nall = 42\n[agents.zed]\n";
    const std::string giver = base + "behavior = 'giver'\nmood = 'sad'\n";
    const std::string resolved = parsed(giver, {"agents.zed.behavior=actor"}).resolved;
    EXPECT_THAT(resolved, AllOf(HasSubstr("behavior = \"actor\""), Not(HasSubstr("mood"))));
    EXPECT_THAT(refusal(giver, {"agents.zed.behavior=actor", "agents.zed.mood=sad"}), HasSubstr("unknown key 'mood'"));
    EXPECT_THAT(refusal(giver + "modo = 'sad'\n", {"agents.zed.behavior=actor"}), HasSubstr("unknown key 'modo'"))
        << "no behavior rule has it";
    const std::string actor = base + "behavior = 'actor'\n[subjects]\nkind = 'made_up'\n";
    EXPECT_EQ(refusal(actor), "");
    EXPECT_EQ(refusal(actor, {"agents.zed.behavior=giver"}), "") << "nobody needs subjects any more";
    EXPECT_THAT(refusal(actor, {"agents.zed.behavior=giver", "subjects.kind=made_up"}),
                HasSubstr("no behavior rule of this scenario needs people"));
    EXPECT_THAT(refusal(giver + "[subjects]\nkind = 'made_up'\n"),
                HasSubstr("no behavior rule of this scenario needs"));
}

TEST(Scenario, TakesSeedsForEachClassOrForAll) {
    EXPECT_EQ(parsed(small).seeds.dynamics, 42u);
    const Scenario own = parsed(small, {"seed.network=1"});
    EXPECT_EQ(own.seeds.network, 1u);
    EXPECT_EQ(own.seeds.initial, 42u);
    EXPECT_EQ(parsed("seed = 5\n[agents.a]\nbehavior = 'giver'\n[session]\nrounds = 7\n").seeds.initial, 5u);
}

TEST(Scenario, HasNoDefaultSeed) {
    const std::string text = "[session]\nrounds = 7\n[agents.a]\nbehavior = 'giver'\n";
    EXPECT_THAT(refusal(text), HasSubstr("there is no default seed"));
    EXPECT_THAT(refusal(text), HasSubstr("[seed]\nall = 42"));
    EXPECT_THAT(refusal(text, {"seed.network=1", "seed.initial=2"}), HasSubstr("there is no default seed"));
    EXPECT_EQ(refusal(text, {"seed.network=1", "seed.initial=2", "seed.dynamics=0"}), "");
    EXPECT_THAT(refusal(text, {"seed.network=1", "seed.initial=2", "seed.dynamics=0", "seed=4"}),
                HasSubstr("seed.all has no effect"));
}

TEST(Scenario, MakesSubjectsOnlyForRulesThatNeedThem) {
    const std::vector<std::string> actor{"agents.zed.behavior=actor", "agents.zed.gift=1"};
    EXPECT_EQ(parsed(small, actor).subjects->origin(), "synthetic 2 20");
    EXPECT_THAT(refusal(small, {"subjects=people.csv"}),
                HasSubstr("command line: [subjects] is set, but no behavior rule of this scenario needs people"));
    EXPECT_THAT(refusal(small + "[subjects]\n"), HasSubstr("configs/f.toml:12:2: [subjects] is set"));
}

TEST(Scenario, PicksTheSourceOfSubjectsByItsKeys) {
    const std::string text = small + "[agents.abe]\nbehavior = 'actor'\nshare = 0\n";
    EXPECT_TRUE(parsed(text, {"subjects=people.csv"}).subjects->has_rows());
    EXPECT_FALSE(parsed(text, {"subjects.spread=3"}).subjects->has_rows());
    EXPECT_FALSE(parsed(text, {"subjects=\"\""}).subjects->has_rows());
    EXPECT_TRUE(parsed(text, {"subjects.kind=from_file", "subjects.file=a.csv"}).subjects->has_rows());
    EXPECT_THAT(refusal(text, {"subjects.kind=made_up", "subjects=a.csv"}),
                HasSubstr("unknown key 'file' in [subjects]"));
    EXPECT_THAT(refusal(text, {"subjects.kind=mad_up"}), HasSubstr("(did you mean 'made_up'?)"));
    EXPECT_THAT(refusal(text, {"subjects=3"}), HasSubstr("subjects.file is 3; it must be a text"));
}

TEST(Scenario, StartsRelativePathsWhereTheyWereWritten) {
    const std::string text = small + "[agents.abe]\nbehavior = 'actor'\nshare = 0\n";
    EXPECT_EQ(parsed("subjects = 'data/../people.csv'\n" + text).subjects->origin(), "configs/people.csv");
    EXPECT_EQ(parsed(text, {"subjects=data/people.csv"}).subjects->origin(), "data/people.csv");
    EXPECT_EQ(parsed(text, {"subjects=/data/people.csv"}).subjects->origin(), "/data/people.csv");
    EXPECT_THAT(parsed("subjects = 'people.csv'\n" + text).resolved, HasSubstr("file = \"people.csv\""));
    EXPECT_THAT(parsed(text, {"subjects=people.csv"}).resolved, HasSubstr("file = \"../people.csv\""));
}

TEST(Scenario, NamesTheNearestKeyTableAndModel) {
    EXPECT_EQ(
        refusal(small + "[game]\nendowmet = 3\n"),
        "configs/f.toml:13:1: unknown key 'endowmet' in [game] (did you mean 'endowment'?); known: endowment, "
        "mpcr, tokens, kind, enhancement, cost, benefit, loner_payoff, synergy, threshold, hosts, payoff, cost_per, "
        "weighted, own_share, local_enhancement, system_enhancement");
    EXPECT_EQ(refusal("replicats = 3\n" + small),
              "configs/f.toml:1:1: unknown key 'replicats' in the top level (did you mean 'replicates'?); known: "
              "title, replicates, instances");
    EXPECT_THAT(refusal("rounds = 3\n" + small),
                HasSubstr("unknown key 'rounds' at the top level (did you mean 'session.rounds'?)"));
    EXPECT_THAT(refusal(small + "[gmae]\nmpcr = 1\n"),
                HasSubstr("configs/f.toml:12:2: unknown table [gmae] (did you mean [game]?)"));
    EXPECT_THAT(refusal(small + "[game.inner]\n"), HasSubstr("unknown table [game.inner]; known: session,"));
    EXPECT_EQ(refusal(small, {"sesion.rounds=3"}),
              "command line: unknown key 'sesion.rounds' (did you mean 'session.rounds'?)");
    EXPECT_THAT(refusal(small, {"agents.zed.behavior=givr"}),
                HasSubstr("must be one of 'giver', 'actor' (did you mean 'giver'?)"));
}

TEST(Scenario, ListsTheKeysOfTheHouseAndOfTheModel) {
    EXPECT_EQ(
        refusal(small, {"agents.zed.giftt=1"}),
        "command line: unknown key 'giftt' in [agents.zed] (did you mean 'gift'?); known: behavior, strategy, share, "
        "count, place, who, where, first, endowment_share, gift, mood, low, high");
}

TEST(Scenario, RefusesValuesWithPlaceAndRange) {
    EXPECT_EQ(refusal(small + "[game]\nmpcr = -1\n"),
              "configs/f.toml:13:8: game.mpcr is -1; it must be a number in [0, 1000]");
    EXPECT_THAT(refusal(small + "[game]\nmpcr = nan\n"), HasSubstr("game.mpcr is nan; it must be a number"));
    EXPECT_THAT(refusal(small + "[game]\nmpcr = '1'\n"), HasSubstr("game.mpcr is \"1\"; it must be a number"));
    EXPECT_THAT(refusal(small, {"agents.zed.gift=200"}),
                HasSubstr("agents.zed.gift is 200; it must be a number in [0, 100] [tokens]"));
    EXPECT_THAT(refusal(small, {"agents.zed.mood=gladd"}), HasSubstr("(did you mean 'glad'?)"));
}

TEST(Scenario, PassesTheChecksOfAModelOn) {
    EXPECT_EQ(refusal(small, {"agents.zed.low=1", "agents.zed.high=0.5"}),
              "configs/f.toml:6:9: [agents.zed]: low is above high");
}

TEST(Scenario, RefusesValuesInPlaceOfTables) {
    EXPECT_EQ(refusal("session = 3\n"), "configs/f.toml:1:11: session is 3; it must be a table: [session]");
    EXPECT_THAT(refusal("agents = 3\n"), HasSubstr("agents is 3; it must be a table: [agents]"));
    EXPECT_THAT(refusal("[agents]\nshare = 1\n"), HasSubstr("[agents] has a table for each type of agent"));
}

TEST(Scenario, NeedsAgents) {
    EXPECT_THAT(refusal("seed = 1\n"), HasSubstr("nobody plays; add a table [agents.<type>]"));
    EXPECT_THAT(refusal("seed = 1\n[agents]\n"), HasSubstr("nobody plays"));
    EXPECT_THAT(refusal("seed = 1\n[agents.a]\n"),
                HasSubstr("[agents.a] names no behavior rule; set agents.a.behavior to one of"));
}

TEST(Resolved, IsCompleteAndReadsBackAsItself) {
    const std::string text =
        "title = \"a \\\"b\\\" \\\\ \\n c\"\nsubjects = 'p.csv'\n" + small +
        "[agents.abe]\nbehavior = 'actor'\nshare = 0\n[sanction]\nrule = 'judge'\nconditions = ['basic']\n";
    const Scenario scenario = parsed(text, {"game.mpcr=0.30000000000000004", "agents.zed.gift=1e-7", "seed.network=9"});
    EXPECT_EQ(parsed(scenario.resolved).resolved, scenario.resolved);
    for (const char* line :
         {"mpcr = 0.30000000000000004\n", "gift = 1e-07\n", "network = 9\ninitial = 42\n", "severity = 1\n",
          "kind = \"from_file\"\n", "order = \"fixed\"\n", "[record]\nagents = false\n"})
        EXPECT_THAT(scenario.resolved, HasSubstr(line));
}

TEST(Resolved, KeepsTheOrderOfTypes) {
    const std::string text =
        small + "[agents.abe]\nbehavior = 'giver'\nshare = 0\n[agents.mia]\nbehavior = 'giver'\nshare = 0\n";
    const std::string resolved = parsed(text).resolved;
    EXPECT_LT(resolved.find("[agents.zed]"), resolved.find("[agents.abe]"));
    EXPECT_LT(resolved.find("[agents.abe]"), resolved.find("[agents.mia]"));
}

TEST(ReadScenario, NamesTheFile) {
    const std::string path = testing::TempDir() + "read_scenario_test.toml";
    std::ofstream(path) << small << "[game]\nmpcr = 'x'\n";
    try {
        read_scenario(path, {}, toy::catalog());
        FAIL();
    } catch (const ConfigError& error) {
        EXPECT_THAT(error.what(), StartsWith(path + ":13:8: "));
    }
    EXPECT_EQ(read_scenario(path, {"game.mpcr=0.5"}, toy::catalog()).game.mpcr, 0.5);
    std::remove(path.c_str());
}

TEST(ReadScenario, ThrowsIoErrorForAFileThatCannotBeRead) {
    EXPECT_THROW(read_scenario("/nonexistent/f.toml", {}, toy::catalog()), IoError);
    EXPECT_THROW(read_scenario(testing::TempDir(), {}, toy::catalog()), IoError);
}

TEST(ReadScenario, ReadsEveryScenarioThatComesWithTheProgram) {
    std::size_t count = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(COMMONWEAL_SOURCE "/configs")) {
        const auto folder = file.path().parent_path().filename();
        const bool one = folder != "sweeps" && folder != "sweep" && folder != "regimes" && folder != "worlds";
        if (file.path().extension() != ".toml" || !one) continue;
        SCOPED_TRACE(file.path().string());
        const Scenario scenario = read_scenario(file.path(), {}, models::catalog());
        EXPECT_EQ(parse_scenario(scenario.resolved, file.path().string(), {}, models::catalog()).resolved,
                  scenario.resolved);
        ++count;
    }
    EXPECT_GT(count, 0u);
}

}  // namespace
}  // namespace commonweal
