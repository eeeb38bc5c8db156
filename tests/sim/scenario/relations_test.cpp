#include "sim/scenario/relations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/toy_scenario.hpp"

namespace commonweal {
namespace {

using testing::HasSubstr;
using toy::parsed;
using toy::refusal;
using toy::small;

TEST(Relations, GroupsMustDivideTheAgents) {
    EXPECT_EQ(refusal(small, {"session.agents=25"}),
              "command line: 25 agents cannot be split into groups of 4; session.agents must be a multiple of "
              "matching.group_size; nearest: 24 or 28");
    EXPECT_THAT(refusal(small, {"session.agents=3"}),
                HasSubstr("3 agents cannot be split into groups of 4; session.agents must be a multiple of "
                          "matching.group_size; nearest: 4"));
    EXPECT_EQ(refusal(small, {"matching.group_size=5", "matching.kind=strangers"}),
              "configs/f.toml:2:10: 24 agents cannot be split into groups of 5; session.agents must be a multiple of "
              "matching.group_size; nearest: 20 or 25");
}

TEST(Relations, PerfectStrangersRunOut) {
    EXPECT_EQ(
        refusal(small, {"session.rounds=8"}),
        "command line: 24 agents in groups of 4 can play at most 7 perfect-stranger rounds; session.rounds is 8; use "
        "matching.kind = \"strangers\" or fewer rounds");
    EXPECT_EQ(refusal(small, {"session.rounds=7"}), "");
    EXPECT_EQ(refusal(small, {"session.rounds=8", "matching.kind=strangers"}), "");
    EXPECT_EQ(refusal(small, {"session.rounds=8", "matching.kind=partners"}), "");
}

TEST(Relations, APerfectStrangerScheduleMustFitMemory) {
    EXPECT_THAT(refusal(small, {"session.agents=1000000", "session.rounds=1000", "matching.group_size=2"}),
                HasSubstr("schedule of 1000000 agents and 1000 rounds is too large"));
}

TEST(Relations, ConditionsAreUniqueNames) {
    EXPECT_THAT(refusal(small, {"session.conditions=[]"}), HasSubstr("must name at least one treatment"));
    EXPECT_THAT(refusal(small, {"session.conditions=[\"a\", \"b\", \"a\"]"}),
                HasSubstr("condition \"a\" is listed twice"));
    EXPECT_THAT(refusal(small, {"session.conditions=[\"a b\"]"}), HasSubstr("condition \"a b\" is not a name"));
    EXPECT_THAT(refusal(small, {"session.conditions=[\"\"]"}), HasSubstr("condition \"\" is not a name"));
}

TEST(Relations, SanctionedConditionsAreConditionsOfTheSession) {
    const std::string text = small + "[sanction]\nrule = 'judge'\n";
    EXPECT_THAT(refusal(text, {"sanction.conditions=[\"punishmet\"]"}),
                HasSubstr("names \"punishmet\", which session.conditions does not have (did you mean 'punishment'?)"));
    EXPECT_THAT(refusal(text, {"sanction.conditions=[\"basic\", \"basic\"]"}), HasSubstr("listed twice"));
}

TEST(Relations, SharesAddUpToOne) {
    EXPECT_THAT(refusal(small, {"agents.zed.share=0.9"}),
                testing::AllOf(
                    HasSubstr("command line: shares add up to 0.9; they must add up to 1 (agents.zed.share = 0.9). "),
                    HasSubstr("They do with agents.zed.share=1")));
    const std::string three = small + "share = 0.1\n";  // of the seed table: no key of it
    EXPECT_THAT(refusal(three), HasSubstr("unknown key 'share' in [seed]"));
    EXPECT_EQ(refusal(small, {"agents.zed.share=0.1", "agents.b.behavior=giver", "agents.b.share=0.2",
                              "agents.c.behavior=giver", "agents.c.share=0.7"}),
              "")
        << "0.1 + 0.2 + 0.7 is one, up to rounding";
}

TEST(Relations, AtMost255Types) {
    std::string text = small;
    for (int i = 0; i < 255; ++i) text += "[agents.t" + std::to_string(i) + "]\nbehavior = 'giver'\nshare = 0\n";
    EXPECT_THAT(refusal(text), HasSubstr("256 types of agents; at most 255 fit"));
}

TEST(Relations, WholeTokensNeedAWholeEndowment) {
    EXPECT_THAT(refusal(small, {"game.endowment=20.5"}),
                HasSubstr("game.endowment is 20.5; with whole tokens it must be a whole number"));
    EXPECT_EQ(refusal(small, {"game.endowment=20.5", "game.tokens=continuous"}), "");
}

TEST(Relations, SubjectsNeedAWholeEndowmentOfModestSize) {
    const std::vector<std::string> actor{"agents.zed.behavior=actor", "agents.zed.gift=1", "game.tokens=continuous"};
    const auto with = [&](const std::string& endowment) {
        auto overrides = actor;
        overrides.push_back("game.endowment=" + endowment);
        return refusal(small, overrides);
    };
    EXPECT_EQ(with("1000"), "");
    EXPECT_THAT(with("1001"), HasSubstr("needs a whole number in [1, 1000]"));
    EXPECT_THAT(with("20.5"), HasSubstr("needs a whole number in [1, 1000]"));
    EXPECT_THAT(with("0.5"), HasSubstr("needs a whole number in [1, 1000]"));
}

TEST(Relations, TheNudgeLeavesARoundToAct) {
    EXPECT_EQ(refusal(small, {"record.cascade=true", "counterfactual.round=5"}), "");
    EXPECT_THAT(refusal(small, {"record.cascade=true", "counterfactual.round=6"}),
                HasSubstr("counterfactual.round is 6; it must be before the last round, and session.rounds is 6"));
    EXPECT_EQ(refusal(small, {"counterfactual.round=6"}), "") << "without twins it has no meaning";
}

TEST(Relations, TheNudgeChangesSomethingWithinTheEndowment) {
    EXPECT_THAT(refusal(small, {"record.cascade=true", "counterfactual.nudge=0"}), HasSubstr("nothing would change"));
    EXPECT_THAT(refusal(small, {"record.cascade=true", "counterfactual.nudge=-21"}),
                HasSubstr("must be within game.endowment, which is 20"));
    EXPECT_EQ(refusal(small, {"record.cascade=true", "counterfactual.nudge=-20"}), "");
    EXPECT_THAT(refusal(small, {"record.cascade=true", "counterfactual.nudge=0.5"}),
                HasSubstr("counterfactual.nudge is 0.5, and people give whole tokens; it must be a whole number"));
    EXPECT_EQ(refusal(small, {"record.cascade=true", "counterfactual.nudge=0.5", "game.tokens=continuous"}), "");
}

TEST(Relations, NumbersOfRoundsAndAgentsFitTheirFields) {
    std::string conditions = "session.conditions=[";
    for (int i = 0; i < 5000; ++i) conditions += "\"c" + std::to_string(i) + "\",";
    EXPECT_THAT(refusal(small, {conditions + "]", "session.rounds=1000000", "matching.kind=strangers"}),
                HasSubstr("1000000 rounds under 5000 conditions are more than 4294967295 rounds in all"));
    EXPECT_THAT(refusal(small, {"session.agents=10000000", "session.sessions=1000", "matching.kind=strangers"}),
                HasSubstr("1000 sessions of 10000000 agents are 10000000000 agents in a run"));
    EXPECT_THAT(refusal(small, {"session.agents=1000000", "matching.group_size=10000", "matching.kind=strangers",
                                "sanction.rule=judge"}),
                HasSubstr("groups of 10000 are too large for a sanction stage"));
}

TEST(Relations, PayoffsFitFixedPointSums) {
    EXPECT_THAT(refusal(small, {"game.endowment=1000000", "game.mpcr=1000"}),
                HasSubstr("payoffs or pots can reach 4001000000 tokens"));
    EXPECT_EQ(refusal(small, {"game.endowment=1000000", "game.mpcr=1"}), "");
    EXPECT_THAT(refusal(small, {"session.agents=10000000", "session.sessions=200", "game.endowment=1000000",
                                "matching.kind=strangers"}),
                HasSubstr("sums over 2000000000 agents are exact below"));
}

}  // namespace
}  // namespace commonweal
