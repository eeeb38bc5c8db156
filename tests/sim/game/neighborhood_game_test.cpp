#include "sim/game/neighborhood_game.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonweal {
namespace {

using testing::ElementsAre;
using Hosts = NeighborhoodRules::Hosts;
using Kind = NeighborhoodRules::Kind;

struct Played {
    std::vector<float> seen, payoff;
};

/// One round in one lane.
Played play(const NeighborhoodRules& rules, const Layer& ties, const std::vector<float>& contributions) {
    const NeighborhoodGame game(rules, {ties.offsets(), ties.targets(), ties.weights()});
    Played played{std::vector<float>(ties.agents()), std::vector<float>(ties.agents())};
    std::vector<float> scratch(ties.agents() * game.scratch_planes<1>());
    game.see<1>(contributions.data(), played.seen.data(), scratch.data());
    game.pay<1>(contributions.data(), played.seen.data(), scratch.data(), played.payoff.data());
    return played;
}

/// 0 - 1 - 2; ties weigh 2 and 4 where weights count.
Layer path(bool weighted = false) {
    return Layer({3, {{0, 1}, {1, 2}}, weighted ? std::vector<float>{2, 4} : std::vector<float>{}});
}

/// Agent 0 in the middle of three others.
Layer star() { return Layer({4, {{0, 1}, {0, 2}, {0, 3}}, {}}); }

TEST(NeighborhoodGame, PaysTheOwnPotOnly) {
    const auto played = play({.hosts = Hosts::focal, .endowment = 16, .mpcr = 0.5}, path(), {4, 8, 16});
    EXPECT_THAT(played.seen, ElementsAre(8, 20, 8));
    EXPECT_THAT(played.payoff, ElementsAre(16 - 4 + 6, 16 - 8 + 14, 16 - 16 + 12));
}

TEST(NeighborhoodGame, SharesTheEnhancedOwnPotAmongItsMembers) {
    const auto played =
        play({.hosts = Hosts::focal, .endowment = 16, .enhancement = 6, .by_enhancement = true}, path(), {4, 8, 16});
    EXPECT_THAT(played.payoff, ElementsAre(16 - 4 + 3 * 12, 16 - 8 + 2 * 28, 16 - 16 + 3 * 24));
}

/// The average over one game is that game.
TEST(NeighborhoodGame, HasNothingToAverageWhenOnlyTheOwnPotIsPlayed) {
    NeighborhoodRules rules{.hosts = Hosts::focal, .endowment = 16, .mpcr = 0.5};
    const auto sum = play(rules, path(), {4, 8, 16});
    rules.average = true;
    EXPECT_EQ(play(rules, path(), {4, 8, 16}).payoff, sum.payoff);
}

/// Pots of 0, 1, 2: 12, 28, 24. Agents 0 and 2 play two games, agent 1 three.
TEST(NeighborhoodGame, PaysAllPotsAndTakesTheContributionForEach) {
    NeighborhoodRules rules{.endowment = 64, .mpcr = 0.5};
    const auto played = play(rules, path(), {4, 8, 16});
    EXPECT_THAT(played.seen, ElementsAre(8, 20, 8));
    EXPECT_THAT(played.payoff, ElementsAre(64 - 8 + 20, 64 - 24 + 32, 64 - 32 + 26));
    rules.average = true;
    EXPECT_THAT(play(rules, path(), {4, 8, 16}).payoff, ElementsAre(64 + 6, testing::FloatEq(64 + 8 / 3.0f), 64 - 3));
}

TEST(NeighborhoodGame, DividesTheEnhancementByTheSizeOfEachPot) {
    const auto played = play({.endowment = 64, .enhancement = 6, .by_enhancement = true}, path(), {4, 8, 16});
    // a = 3, 2, 3; what pots pay each member: 36, 56, 72
    EXPECT_THAT(played.payoff, ElementsAre(64 - 8 + 92, 64 - 24 + 164, 64 - 32 + 128));
}

/// On a star with contributions 8 of the middle and 4, 8, 12 of the others, each divided by its number of games:
/// gifts 2 and 2, 4, 6; pots 14 of the middle and 4, 6, 8 of the others.
TEST(NeighborhoodGame, DividesAContributionAmongAllGames) {
    NeighborhoodRules rules{.endowment = 16, .mpcr = 0.5, .per_individual = true};
    const auto played = play(rules, star(), {8, 4, 8, 12});
    EXPECT_THAT(played.seen, ElementsAre(24, 8, 8, 8));
    EXPECT_THAT(played.payoff, ElementsAre(16 - 8 + 16, 16 - 4 + 9, 16 - 8 + 10, 16 - 12 + 11));
    rules.average = true;
    EXPECT_THAT(play(rules, star(), {8, 4, 8, 12}).payoff, ElementsAre(16 + 2, 16 + 2.5f, 16 + 1, 16 - 0.5f));
}

/// Weights 2 and 4. W = 2, 6, 4.
TEST(NeighborhoodGame, ScalesGiftsAndSightByWeight) {
    NeighborhoodRules rules{.hosts = Hosts::focal, .endowment = 64, .mpcr = 0.5, .weighted = true};
    const auto focal = play(rules, path(true), {4, 8, 16});
    EXPECT_THAT(focal.seen, ElementsAre(16, 72, 32));
    EXPECT_THAT(focal.payoff, ElementsAre(64 - 4 + 10, 64 - 8 + 40, 64 - 16 + 24));
    rules.hosts = Hosts::all;  // pots: 20, 80, 48; costs (1 + W) c: 12, 56, 80
    EXPECT_THAT(play(rules, path(true), {4, 8, 16}).payoff, ElementsAre(64 - 12 + 50, 64 - 56 + 74, 64 - 80 + 64));
    rules.weighted = false;
    EXPECT_THAT(play(rules, path(true), {4, 8, 16}).payoff, ElementsAre(64 - 8 + 20, 64 - 24 + 32, 64 - 32 + 26));
}

/// Parts 1 : w. Agent 0 with W = 3 keeps a quarter in its own game, agent 1 with W = 3 + 4 = 7 an eighth.
TEST(NeighborhoodGame, DividesAContributionByWeight) {
    const Layer ties({3, {{0, 1}, {1, 2}}, {3, 4}});
    const NeighborhoodRules rules{.endowment = 64, .mpcr = 0.5, .per_individual = true, .weighted = true};
    // gifts: 0 gives 2 and 6; 1 gives 3 to 0, 1 to itself, 4 to 2; 2 gives 8 to 1 and 2 to itself
    const auto played = play(rules, ties, {8, 8, 10});
    EXPECT_THAT(played.payoff,
                ElementsAre(64 - 8 + (5 + 15) / 2.0f, 64 - 8 + (5 + 15 + 6) / 2.0f, 64 - 10 + (15 + 6) / 2.0f));
}

TEST(NeighborhoodGame, DonatesToEachNeighbor) {
    NeighborhoodRules rules{.kind = Kind::donation, .endowment = 16, .cost = 4, .benefit = 8};
    const auto played = play(rules, path(), {4, 8, 16});
    EXPECT_THAT(played.payoff, ElementsAre(16 - 1 + 4, 16 - 4 + 10, 16 - 4 + 4));
    rules.average = true;
    EXPECT_THAT(play(rules, path(), {4, 8, 16}).payoff, ElementsAre(16 - 1 + 4, 16 - 2 + 5, 16 - 4 + 4));
}

TEST(NeighborhoodGame, LeavesAnAgentWithoutNeighborsToItself) {
    const Layer ties({3, {{0, 1}}, {}});
    for (const Hosts hosts : {Hosts::all, Hosts::focal}) {
        const auto played = play({.hosts = hosts, .endowment = 16, .mpcr = 0.5, .average = true}, ties, {4, 4, 8});
        EXPECT_EQ(played.seen[2], 0);
        EXPECT_EQ(played.payoff[2], 16 - 8 + 4);
    }
    EXPECT_EQ(play({.kind = Kind::donation, .endowment = 16, .average = true}, ties, {4, 4, 8}).payoff[2], 16);
}

/// All modes: sum of (pi - e) + sum of costs = what pots paid. Powers of two make it exact.
TEST(NeighborhoodGame, PaysOutWhatPotsHold) {
    std::vector<Tie> ties;
    std::vector<float> weights;
    for (AgentId a = 0; a < 8; ++a) ties.push_back({a, (a + 1) % 8}), weights.push_back(1);
    for (AgentId a = 0; a < 4; ++a) ties.push_back({a, a + 4}), weights.push_back(1);
    const Layer cube({8, ties, weights});  // three neighbors each: four games
    const std::vector<float> c{1, 2, 4, 8, 16, 0, 32, 64};
    const double given = 127, e = 64;
    for (const bool per_individual : {false, true})
        for (const bool by_enhancement : {false, true})
            for (const bool weighted : {false, true}) {
                const NeighborhoodRules rules{.endowment = e,
                                              .mpcr = 0.5,
                                              .enhancement = 2,
                                              .by_enhancement = by_enhancement,
                                              .per_individual = per_individual,
                                              .weighted = weighted};
                double sum = 0;
                for (const float payoff : play(rules, cube, c).payoff) sum += static_cast<double>(payoff) - e;
                const double cost = per_individual ? given : 4 * given;  // of all games of all agents
                const double paid = cost * (by_enhancement ? 2.0 : 0.5 * 4);
                EXPECT_EQ(sum + cost, paid) << per_individual << by_enhancement << weighted;
            }
}

/// own_return is 1 + d pi / d c in every mode, found again by giving one token more.
TEST(NeighborhoodGame, KnowsWhatATokenBringsBack) {
    const Layer ties({5, {{0, 1}, {0, 2}, {0, 3}, {2, 3}, {3, 4}}, {1, 2, 0.5f, 1, 4}});
    for (const Kind kind : {Kind::public_goods, Kind::donation})
        for (const Hosts hosts : {Hosts::all, Hosts::focal})
            for (int mode = 0; mode < 16; ++mode) {
                const NeighborhoodRules rules{.kind = kind,
                                              .hosts = hosts,
                                              .endowment = 32,
                                              .enhancement = 3,
                                              .by_enhancement = (mode & 1) != 0,
                                              .average = (mode & 2) != 0,
                                              .per_individual = (mode & 4) != 0,
                                              .weighted = (mode & 8) != 0};
                const NeighborhoodGame game(rules, {ties.offsets(), ties.targets(), ties.weights()});
                std::vector<float> c{4, 9, 16, 2, 8};
                const auto before = play(rules, ties, c).payoff;
                for (AgentId agent = 0; agent < 5; ++agent) {
                    c[agent] += 1;
                    const float change = play(rules, ties, c).payoff[agent] - before[agent];
                    EXPECT_NEAR(game.own_return()[agent], 1 + change, 1e-4) << mode << " " << agent;
                    c[agent] -= 1;
                }
            }
}

TEST(NeighborhoodGame, NamesAnUpperBoundOfWhatItPays) {
    const Layer ties = star();
    const NeighborhoodGame game({.endowment = 16, .mpcr = 2}, {ties.offsets(), ties.targets(), {}});
    EXPECT_GE(game.largest(), play({.endowment = 16, .mpcr = 2}, ties, {0, 16, 16, 16}).payoff[0]);
}

}  // namespace
}  // namespace commonweal
