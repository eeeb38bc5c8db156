#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/catalog.hpp"
#include "sim/core/error.hpp"
#include "sim/scenario/scenario.hpp"

/// Scenarios of strategies: what goes together, and what is refused.
namespace commonweal {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string on_a_lattice = R"(seed = 1
[network]
kind = "square_lattice"
width = 10
height = 10
[agents.C]
strategy = "cooperator"
share = 0.5
[agents.D]
strategy = "defector"
share = 0.5
[update]
rule = "fermi"
)";

const std::string well_mixed = R"(seed = 1
[session]
agents = 50
[matching]
kind = "well_mixed"
group_size = 5
[agents.C]
strategy = "cooperator"
count = 1
[agents.D]
strategy = "defector"
[update]
rule = "fermi"
)";

Scenario parsed(const std::string& text, const std::vector<std::string>& overrides = {}) {
    return parse_scenario(text, "f.toml", overrides, models::catalog());
}

std::string refusal(const std::string& text, const std::vector<std::string>& overrides = {}) {
    try {
        (void)parsed(text, overrides);
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "no refusal";
}

TEST(StrategyScenario, MeetsNeighborsOnANetwork) {
    const Scenario scenario = parsed(on_a_lattice);
    EXPECT_EQ(scenario.play, Play::evolution);
    EXPECT_EQ(scenario.matching_kind(), MatchingKind::neighborhoods);
    EXPECT_THAT(scenario.resolved, HasSubstr("kind = \"neighborhoods\""));
    EXPECT_EQ(parsed(scenario.resolved).resolved, scenario.resolved);
    EXPECT_EQ(parsed(parsed(well_mixed).resolved).resolved, parsed(well_mixed).resolved);
}

TEST(StrategyScenario, LeavesOutAndRefusesWhatChangesNothing) {
    const std::string resolved = parsed(on_a_lattice).resolved;
    for (const char* key : {"mpcr", "endowment", "loner_payoff", "benefit", "group_size", "sessions", "nudge"})
        EXPECT_THAT(resolved, Not(HasSubstr(key)));
    const std::vector<std::pair<std::string, std::string>> cases{
        {"game.mpcr=0.5", "game.mpcr has no effect: game.enhancement says what a pot pays"},
        {"game.endowment=10", "game.endowment has no effect: strategies have no endowment"},
        {"game.loner_payoff=1", "game.loner_payoff has no effect: no strategy is a loner"},
        {"game.benefit=3", "game.benefit has no effect: it is for game.kind = \"donation\""},
        {"matching.group_size=5", "matching.group_size has no effect: an agent shares pots with its neighbors"},
        {"session.agents=50", "session.agents has no effect: [network] says how many agents there are"},
        {"session.sessions=2", "session.sessions has no effect: it is for sessions of a laboratory"},
        {"record.cascade=true", "record.cascade has no effect: strategies have no contribution to change"},
        {"counterfactual.nudge=2", "counterfactual.nudge has no effect: strategies have no twin runs"},
    };
    for (const auto& [key, message] : cases) EXPECT_THAT(refusal(on_a_lattice, {key}), HasSubstr(message));
    EXPECT_THAT(refusal(on_a_lattice, {"update.order=synchronous", "update.steps=1"}),
                HasSubstr("update.steps has no effect: all agents revise in a synchronous round"));
}

TEST(StrategyScenario, RefusesWhatDoesNotGoTogether) {
    EXPECT_THAT(refusal(on_a_lattice, {"matching.kind=strangers"}), HasSubstr("agents meet in \"neighborhoods\""));
    EXPECT_THAT(refusal(well_mixed, {"matching.kind=neighborhoods"}), HasSubstr("there is no [network]"));
    EXPECT_THAT(refusal(well_mixed, {"matching.kind=partners"}), HasSubstr("strategies spread on a [network]"));
    EXPECT_THAT(refusal(well_mixed, {"sanction.rule=hurdle_punishment"}),
                HasSubstr("no sanction stage among strategies"));
    EXPECT_THAT(refusal(well_mixed, {"matching.group_size=51"}),
                HasSubstr("groups of 51 are larger than the population"));
    EXPECT_THAT(refusal(well_mixed, {"matching.kind=splitting_groups"}),
                HasSubstr("update.rule must be \"birth_death\""));
    EXPECT_THAT(refusal(well_mixed, {"matching.kind=splitting_groups", "update.rule=birth_death"}),
                HasSubstr("play game.kind = \"donation\""));
    EXPECT_THAT(
        refusal(well_mixed, {"matching.kind=splitting_groups", "update.rule=birth_death", "game.kind=donation"}),
        HasSubstr("session.agents has no effect: matching.groups and group_size say how many"));
    EXPECT_THAT(refusal(on_a_lattice, {"update.rule=birth_death", "update.order=synchronous"}),
                HasSubstr("births come one by one"));
    EXPECT_THAT(refusal(on_a_lattice, {"game.cost_per=individual", "game.synergy=0.9"}),
                HasSubstr("game.synergy needs equal contributions"));
    EXPECT_THAT(refusal(on_a_lattice, {"record.every=11"}), HasSubstr("record.every is 11, more than session.rounds"));
    EXPECT_THAT(refusal(on_a_lattice, {"record.window=11"}),
                HasSubstr("record.window is 11, more than session.rounds"));
    EXPECT_THAT(refusal(on_a_lattice, {"agents.L.strategy=loner", "agents.L.share=0", "game.kind=donation"}),
                HasSubstr("a loner needs game.kind = \"public_goods\""));
    EXPECT_THAT(refusal(on_a_lattice + "[agents.B]\nbehavior = \"free_rider\"\n"),
                HasSubstr("some types have a behavior rule and some a strategy"));
    EXPECT_THAT(refusal(on_a_lattice, {"update.rule=ferni"}), HasSubstr("did you mean 'fermi'?"));
}

TEST(StrategyScenario, HasAFund) {
    const Scenario scenario = parsed(well_mixed, {"fund.scheme=carrot_then_stick", "fund.per_head=0.6",
                                                  "fund.switch_by=group", "game.own_share=false"});
    EXPECT_EQ(scenario.fund.per_head, 0.6);
    EXPECT_FALSE(scenario.game.own_share);
    EXPECT_THAT(scenario.resolved, HasSubstr("[fund]\nscheme = \"carrot_then_stick\"\nper_head = 0.6\n"));
    EXPECT_EQ(parsed(scenario.resolved).resolved, scenario.resolved);
    EXPECT_THAT(parsed(well_mixed).resolved, HasSubstr("[fund]\nscheme = \"none\"\n"));
    EXPECT_EQ(refusal(on_a_lattice, {"fund.scheme=punish", "update.order=synchronous"}), "no refusal");
}

TEST(StrategyScenario, RefusesAFundThatCannotBeHad) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"fund.per_head=1"}, "fund.per_head has no effect: fund.scheme is \"none\""},
        {{"fund.scheme=punish", "fund.bonus=2"}, "fund.bonus has no effect: fund.scheme is \"punish\""},
        {{"fund.scheme=reward", "fund.fine=2"}, "fund.fine has no effect: fund.scheme is \"reward\""},
        {{"fund.scheme=reward", "fund.switch_at=0.4"}, "fund.switch_at has no effect: fund.scheme is \"reward\""},
        {{"fund.scheme=punish", "fund.switch_by=group"}, "fund.switch_by has no effect: fund.scheme is \"punish\""},
        {{"fund.scheme=reward", "game.kind=donation"}, "game.kind must be \"public_goods\""},
        {{"fund.scheme=reward", "game.hosts=focal"}, "game.hosts must be \"all\""},
        {{"fund.scheme=carrot"}, "it must be one of 'none', 'punish', 'reward', 'carrot_then_stick'"},
        {{"fund.scheme=reward", "fund.per_head=-1"},
         "fund.per_head is -1; it must be a number in [0, 1000000] [payoff]"},
        {{"game.own_share=false", "game.synergy=0.9"}, "all contributions count alike: synergy must be 1"},
        {{"game.own_share=false", "game.kind=donation"}, "game.own_share has no effect: it is for pots"},
    };
    for (const auto& [overrides, message] : cases) EXPECT_THAT(refusal(on_a_lattice, overrides), HasSubstr(message));
    EXPECT_THAT(
        refusal(
            "seed = 1\n[session]\nrounds = 5\n[agents.B]\nbehavior = \"free_rider\"\n[fund]\nscheme = \"punish\"\n"),
        HasSubstr("fund.scheme has no effect: it is for strategies"));
}

TEST(StrategyScenario, NeedsAnUpdateRule) {
    EXPECT_THAT(refusal(on_a_lattice.substr(0, on_a_lattice.find("[update]"))),
                HasSubstr("[update] names no update rule; set update.rule to one of"));
    EXPECT_THAT(refusal("seed = 1\n[agents.B]\nbehavior = \"free_rider\"\n[update]\nrule = \"fermi\"\n"),
                HasSubstr("[update] has no effect: no type of agents has a strategy"));
}

TEST(StrategyScenario, SaysWhoIsOfAType) {
    EXPECT_EQ(refusal(on_a_lattice, {"agents.C.count=0", "agents.D.share=1"}), "no refusal");
    EXPECT_THAT(refusal(on_a_lattice + "[agents.E]\nstrategy = \"defector\"\nshare = 0\ncount = 3\n"),
                HasSubstr("agents.E.share has no effect: agents.E.count says how many agents are of this type"));
    EXPECT_EQ(refusal(well_mixed, {"agents.C.share=0.2", "agents.D.share=0.8"}), "no refusal");
    EXPECT_THAT(refusal(on_a_lattice, {"agents.C.count=3"}), HasSubstr("shares add up to 0.5; they must add up to 1"));
    EXPECT_EQ(refusal(on_a_lattice, {"agents.C.count=3", "agents.D.share=1"}), "no refusal");
    EXPECT_THAT(refusal(on_a_lattice, {"agents.C.count=3", "agents.C.who=[\"1\"]", "agents.D.share=1"}),
                HasSubstr("[agents.C] has more than one of count, who, where"));
    EXPECT_THAT(refusal(on_a_lattice, {"agents.C.where=nurse", "agents.D.share=1"}),
                HasSubstr("it must be attribute=value"));
    EXPECT_THAT(refusal(on_a_lattice, {"agents.C.place=hubs"}), HasSubstr("agents.C.place needs agents.C.count"));
    EXPECT_THAT(refusal(well_mixed, {"agents.C.who=[\"1\"]"}),
                HasSubstr("agents.C.who has no effect: it needs a [network]"));
}

}  // namespace
}  // namespace commonweal
