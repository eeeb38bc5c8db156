#include "sim/game/fund.hpp"

#include <gtest/gtest.h>

#include "models/strategies/immoralist.hpp"
#include "models/strategies/loner.hpp"
#include "models/strategies/moralist.hpp"
#include "sim/core/draw_sequence.hpp"
#include "sim/game/hosted_games.hpp"
#include "sim/game/well_mixed_games.hpp"
#include "tests/support/strategies.hpp"

namespace commonweal {
namespace {

using Scheme = FundRules::Scheme;
using test::game_of;

TEST(Fund, SplitsTheBudgetAmongContributors) {
    const FundRules fund{.scheme = Scheme::reward, .per_head = 0.5, .bonus = 3};
    EXPECT_EQ(incentive_of(fund, {2, 5}), Incentive::reward);
    EXPECT_DOUBLE_EQ(spent_on(fund, Incentive::reward, true, {2, 5}), 5 * 0.5 / 2);
    EXPECT_EQ(spent_on(fund, Incentive::reward, false, {2, 5}), 0);
    EXPECT_DOUBLE_EQ(effect_of(fund, Incentive::reward, 1.25), 3.75);
}

TEST(Fund, SplitsFinesAmongTheOthers) {
    const FundRules fund{.scheme = Scheme::punish, .per_head = 0.5, .fine = 2};
    EXPECT_EQ(incentive_of(fund, {2, 5}), Incentive::punish);
    EXPECT_DOUBLE_EQ(spent_on(fund, Incentive::punish, false, {2, 5}), 5 * 0.5 / 3);
    EXPECT_EQ(spent_on(fund, Incentive::punish, true, {2, 5}), 0);
    EXPECT_DOUBLE_EQ(effect_of(fund, Incentive::punish, 1.25), -2.5);
}

TEST(Fund, SpendsNothingWhereThereIsNobodyToReach) {
    const FundRules fund{.scheme = Scheme::punish, .per_head = 0.5};
    EXPECT_EQ(spent_on(fund, Incentive::punish, false, {5, 5}), 0);
    EXPECT_EQ(spent_on(fund, Incentive::reward, true, {0, 5}), 0);
}

TEST(Fund, ShowsTheStickOnceTheShareIsReached) {
    const FundRules fund{.scheme = Scheme::carrot_then_stick, .per_head = 1, .switch_at = 0.4};
    EXPECT_EQ(incentive_of(fund, {1, 5}), Incentive::reward);
    EXPECT_EQ(incentive_of(fund, {2, 5}), Incentive::punish);
    EXPECT_EQ(incentive_of({.scheme = Scheme::carrot_then_stick, .per_head = 1, .switch_at = 0}, {0, 5}),
              Incentive::punish);
}

TEST(Fund, DoesNothingWithoutABudgetOrAScheme) {
    EXPECT_EQ(incentive_of({.scheme = Scheme::reward, .per_head = 0}, {2, 5}), Incentive::none);
    EXPECT_EQ(incentive_of({.scheme = Scheme::none, .per_head = 1}, {2, 5}), Incentive::none);
    EXPECT_EQ(spent_on({.per_head = 1}, Incentive::none, true, {2, 5}), 0);
}

/// A moralist contributes and is rewarded, an immoralist does not and is fined, a loner is left alone and not counted.
TEST(FundOfAGame, KnowsContributorsByWhatTheyGive) {
    const auto payoffs = [](const FundRules& fund, std::size_t own) {
        const auto game = game_of({.enhancement = 3, .fund = fund}, models::Cooperator{}, models::Defector{},
                                  models::Loner{}, models::Moralist{}, models::Immoralist{});
        const std::uint32_t counts[] = {1, 1, 2, 1, 1};
        const GroupCount group = game.count_of(counts);
        return game.payoff(own, group, counts, 6) - game.without_fund().payoff(own, group, counts, 6);
    };
    const FundRules reward{.scheme = Scheme::reward, .per_head = 0.5};
    const FundRules punish{.scheme = Scheme::punish, .per_head = 0.5};
    for (const std::size_t gives : {0u, 3u}) {
        EXPECT_NEAR(payoffs(reward, gives), 4 * 0.5 / 2, 1e-12);
        EXPECT_EQ(payoffs(punish, gives), 0);
    }
    for (const std::size_t keeps : {1u, 4u}) {
        EXPECT_EQ(payoffs(reward, keeps), 0);
        EXPECT_NEAR(payoffs(punish, keeps), -4 * 0.5 / 2, 1e-12);
    }
    EXPECT_EQ(payoffs(reward, 2), 0);
    EXPECT_EQ(payoffs(punish, 2), 0);
}

TEST(OthersOnlyGame, ReturnsAContributionToTheOthers) {
    const auto game = game_of({.enhancement = 3, .cost = 2, .own_share = false}, models::Cooperator{},
                              models::Defector{}, models::Loner{});
    const std::uint32_t counts[] = {2, 3, 1};
    const GroupCount group = game.count_of(counts);
    EXPECT_DOUBLE_EQ(game.payoff(0, group, counts, 6), 3 * 2 * 1.0 / 4 - 2);
    EXPECT_DOUBLE_EQ(game.payoff(1, group, counts, 6), 3 * 2 * 2.0 / 4);
    const std::uint32_t without[] = {1, 4, 1};
    EXPECT_DOUBLE_EQ(game.payoff(1, game.count_of(without), without, 6) - game.payoff(0, group, counts, 6), 2)
        << "giving costs c, whatever r";
}

TEST(OthersOnlyGame, LosesTheContributionOfWhoPlaysAlone) {
    const auto game = game_of({.enhancement = 3, .own_share = false}, models::Cooperator{}, models::Defector{});
    const std::uint32_t counts[] = {1, 0};
    EXPECT_EQ(game.payoff(0, game.count_of(counts), counts, 1), -1);
}

TEST(OthersOnlyGame, CountsUnevenContributionsOfTheOthers) {
    const Layer ties(TieList{3, {{0, 1}, {0, 2}}, {0.25f, 1}});
    const auto game =
        game_of({.enhancement = 2, .weighted = true, .own_share = false}, models::Cooperator{}, models::Defector{});
    const HostedGames games(game, ties, {0, 0, 1});
    EXPECT_DOUBLE_EQ(games.payoff(0), (2 * 0.25 / 2 - 1) + (2 * 1 - 0.25) + (0 - 1));
    EXPECT_DOUBLE_EQ(games.payoff(2), 2 * 1.25 / 2 + 2 * 1);
}

/// All funds that differ in kind.
std::vector<FundRules> funds() {
    return {{},
            {.scheme = Scheme::punish, .per_head = 0.5, .fine = 1.5},
            {.scheme = Scheme::reward, .per_head = 0.5, .bonus = 0.75},
            {.scheme = Scheme::carrot_then_stick, .per_head = 0.5, .switch_at = 0.4},
            {.scheme = Scheme::carrot_then_stick, .per_head = 0.5, .switch_at = 0.4, .by_group = true}};
}

/// Payoff less what it is without the fund, and spending, of one member, as the header of the fund states them.
struct Account {
    double change = 0, spent = 0;
};

Account account_of(const FundRules& fund, bool contributes, GroupCount group, GroupCount everybody) {
    const GroupCount asked = fund.by_group ? group : everybody;
    const bool carrot = fund.scheme == Scheme::reward || (fund.scheme == Scheme::carrot_then_stick &&
                                                          asked.contributors < fund.switch_at * asked.participants);
    if (fund.scheme == Scheme::none || carrot != contributes) return {};
    const double budget = group.participants * fund.per_head;
    if (carrot) return {fund.bonus * budget / group.contributors, budget / group.contributors};
    const double others = group.participants - group.contributors;
    return {-fund.fine * budget / others, budget / others};
}

/// Eight agents in groups of three: every group is formed, and every agent's payoff is the mean over its groups.
TEST(FundOfAWellMixedPopulation, IsTheMeanOverAllGroups) {
    const std::vector<std::vector<std::uint8_t>> populations{
        {0, 1, 2, 3, 0, 1, 1, 0}, {1, 1, 1, 1, 2, 1, 1, 0}, {0, 0, 0, 0, 3, 0, 0, 1}, {2, 2, 2, 2, 2, 2, 0, 1}};
    for (const FundRules& fund : funds())
        for (const auto& who : populations) {
            const auto game = game_of({.enhancement = 2.5, .loner_payoff = 0.3, .own_share = false, .fund = fund},
                                      models::Cooperator{}, models::Defector{}, models::Loner{}, models::Moralist{});
            const WellMixedGames games(game, 3, who);
            GroupCount everybody;
            for (const std::uint8_t s : who)
                everybody.contributors += s == 0 || s == 3, everybody.participants += s != 2;
            std::vector<double> payoff(8), spent(8);
            for (std::size_t a = 0; a < 8; ++a)
                for (std::size_t b = a + 1; b < 8; ++b)
                    for (std::size_t c = b + 1; c < 8; ++c) {
                        std::vector<std::uint32_t> counts(4);
                        for (const std::size_t member : {a, b, c}) ++counts[who[member]];
                        const GroupCount group{counts[0] + counts[3], counts[0] + counts[1] + counts[3]};
                        for (const std::size_t member : {a, b, c}) {
                            const std::size_t s = who[member];
                            const bool plays = s != 2 && group.participants > 1;
                            const Account account =
                                plays ? account_of(fund, s == 0 || s == 3, group, everybody) : Account{};
                            payoff[member] +=
                                (game.without_fund().payoff(s, group, counts.data(), 3) + account.change) / 21;
                            spent[member] += account.spent / 21;
                        }
                    }
            double cost = 0;
            for (AgentId a = 0; a < 8; ++a) {
                EXPECT_NEAR(games.payoff(a), payoff[a], 1e-12);
                cost += spent[a] / 8;
            }
            EXPECT_NEAR(games.fund_cost(), cost, 1e-12);
        }
}

/// Groups of 400: make-ups are summed one by one, not from a table. A budget is spent in full unless all are alike.
TEST(FundOfAWellMixedPopulation, IsPaidInLargeGroups) {
    std::vector<std::uint8_t> who(3000, 1);
    std::fill_n(who.begin(), 500, std::uint8_t{0});  // a sixth: groups are far from the switch
    for (const FundRules& fund : funds()) {
        const auto game = game_of({.enhancement = 5, .fund = fund}, models::Cooperator{}, models::Defector{});
        const auto plain = game.without_fund();
        const WellMixedGames games(game, 400, who), without(plain, 400, who);
        const bool reward = fund.scheme != Scheme::punish;
        const double budget = fund.scheme == Scheme::none ? 0 : 0.5;
        EXPECT_NEAR(games.fund_cost(), budget, 1e-9);
        const double all =
            500 * (games.expected(0) - without.expected(0)) + 2500 * (games.expected(1) - without.expected(1));
        EXPECT_NEAR(all, 3000 * budget * (reward ? fund.bonus : -fund.fine), 1e-6);
    }
}

TEST(FundOfAWellMixedPopulation, WidensTheSpanOfPayoffs) {
    const auto span = [](const FundRules& fund) {
        const auto game = game_of({.enhancement = 3, .fund = fund}, models::Cooperator{}, models::Defector{});
        WellMixedGames games(game, 5, std::vector<std::uint8_t>(20, 0));
        games.prepare_spans();
        return games.span(0, 1);
    };
    // A lone cooperator has 3/5 - 1 and the whole budget; a lone defector 12/5 less it; defectors alone 0, or -2.
    EXPECT_DOUBLE_EQ(span({.scheme = Scheme::reward, .per_head = 2}), (-0.4 + 10) - 0);
    EXPECT_DOUBLE_EQ(span({.scheme = Scheme::punish, .per_head = 2}), 2.0 - (2.4 - 10));
    EXPECT_DOUBLE_EQ(span({.scheme = Scheme::carrot_then_stick, .per_head = 2, .switch_at = 0.5}), 9.6 - (2.4 - 10));
}

Layer irregular() {
    TieList list{14, {}, {}};
    const Randomness randomness(Seeds{3, 3, 3});
    DrawSequence draws(randomness, {.stream = Stream::network});
    for (AgentId a = 0; a < 13; ++a)
        for (AgentId b = a + 1; b < 13; ++b)
            if (draws.uniform() < 0.3) list.ties.push_back({a, b});
    return Layer(std::move(list));
}

/// What an agent's account is over all groups that it plays in, counted anew.
Account hosted_account(const FundRules& fund, const Layer& ties, const std::vector<std::uint8_t>& who, AgentId agent,
                       bool average) {
    const auto gives = [&](AgentId a) { return who[a] == 0; };
    GroupCount everybody;
    for (AgentId a = 0; a < ties.agents(); ++a)
        everybody.contributors += gives(a), everybody.participants += who[a] != 2;
    std::vector<AgentId> hosts{agent};
    for (const AgentId b : ties.neighbors(agent)) hosts.push_back(b);
    Account sum;
    for (const AgentId host : hosts) {
        GroupCount group{gives(host), who[host] != 2};
        for (const AgentId b : ties.neighbors(host)) group.contributors += gives(b), group.participants += who[b] != 2;
        if (who[agent] == 2 || group.participants < 2) continue;
        const Account one = account_of(fund, gives(agent), group, everybody);
        sum.change += one.change, sum.spent += one.spent;
    }
    const double games = average ? static_cast<double>(hosts.size()) : 1.0;
    return {sum.change / games, sum.spent / games};
}

/// After any history of changes every payoff is that without the fund and the account of all groups, whichever way
/// payoffs are looked up; the same to the last bit as from a fresh start.
TEST(FundOfHostedGames, KeepsUpWithChanges) {
    const Layer ties = irregular();
    for (const FundRules& fund : funds())
        for (const bool average : {false, true})
            for (const bool individual : {false, true}) {
                const auto game =
                    game_of({.enhancement = 2, .average = average, .per_individual = individual, .fund = fund},
                            models::Cooperator{}, models::Defector{}, models::Loner{});
                const auto plain = game.without_fund();
                HostedGames games(game, ties, std::vector<std::uint8_t>(14, 1));
                const Randomness randomness(Seeds{1, 1, 1});
                DrawSequence draws(randomness, {.stream = Stream::behavior});
                for (int i = 0; i < 60; ++i) {
                    games.change(static_cast<AgentId>(draws.below(14)), static_cast<std::uint8_t>(draws.below(3)));
                    const HostedGames fresh(game, ties, games.strategy()), without(plain, ties, games.strategy());
                    double cost = 0;
                    for (AgentId a = 0; a < 14; ++a) {
                        const Account account = hosted_account(fund, ties, games.strategy(), a, average);
                        EXPECT_EQ(games.payoff(a), fresh.payoff(a));
                        EXPECT_NEAR(games.payoff(a), without.payoff(a) + account.change, 1e-12);
                        cost += account.spent / 14;
                    }
                    EXPECT_NEAR(games.fund_cost(), cost, 1e-12);
                }
            }
}

/// Cooperators and defectors: payoffs come from a table, whose row changes when the population's incentive turns.
TEST(FundOfHostedGames, LooksUpWhatTheGamePays) {
    const Layer rings[] = {irregular(), [] {
                               TieList list{14, {}, {}};
                               for (AgentId a = 0; a < 14; ++a) list.ties.push_back({a, (a + 1) % 14});
                               return Layer(std::move(list));
                           }()};
    for (const Layer& ties : rings)
        for (const FundRules& fund : funds()) {
            const auto game = game_of({.enhancement = 2, .fund = fund}, models::Cooperator{}, models::Defector{});
            HostedGames games(game, ties, std::vector<std::uint8_t>(14, 1));
            for (const AgentId next : {3u, 1u, 9u, 12u, 0u, 5u, 6u, 7u, 11u, 2u, 4u, 8u, 10u, 13u}) {
                games.change(next, 0);
                GroupCount everybody{static_cast<std::uint32_t>(games.having(0)), 14};
                const Incentive common = incentive_of(fund, everybody);
                for (AgentId a = 0; a < 14; ++a) {
                    double sum = 0;
                    const auto play = [&](AgentId host) {
                        GroupCount group{games.strategy(host) == 0, ties.degree(host) + 1};
                        for (const AgentId b : ties.neighbors(host)) group.contributors += games.strategy(b) == 0;
                        sum += game.payoff(games.strategy(a), group, nullptr, group.participants, common);
                    };
                    play(a);
                    for (const AgentId host : ties.neighbors(a)) play(host);
                    if (fund.pays()) {
                        EXPECT_EQ(games.payoff(a), sum);
                    } else {
                        EXPECT_NEAR(games.payoff(a), sum, 1e-12);  // shares are added before dues are taken
                    }
                }
            }
        }
}

/// When the population's share passes the switch, a change of one agent is a change for everybody.
TEST(FundOfHostedGames, TouchesEverybodyWhenItTurns) {
    TieList list{10, {}, {}};
    for (AgentId a = 0; a < 10; ++a) list.ties.push_back({a, (a + 1) % 10});
    const Layer ties(std::move(list));
    const auto game = game_of({.fund = {.scheme = Scheme::carrot_then_stick, .per_head = 0.5}}, models::Cooperator{},
                              models::Defector{});
    HostedGames games(game, ties, {0, 0, 0, 1, 1, 1, 1, 1, 1, 1});
    std::vector<AgentId> touched;
    games.change(5, 0);
    games.touched(5, touched);
    EXPECT_EQ(touched.size(), 5u) << "four of ten: still the carrot";
    games.change(6, 0);
    games.touched(6, touched);
    EXPECT_EQ(touched.size(), 10u);
    games.change(7, 0);
    games.touched(7, touched);
    EXPECT_EQ(touched.size(), 5u);
}

/// No payoff of any state lies outside the span.
TEST(FundOfHostedGames, WidensTheSpanOfPayoffs) {
    TieList list{5, {{0, 1}, {0, 2}, {0, 3}, {3, 4}}, {}};
    const Layer ties(std::move(list));
    for (const FundRules& fund : funds()) {
        const auto game = game_of({.enhancement = 1.5, .fund = fund}, models::Cooperator{}, models::Defector{});
        std::vector<double> best(5, -1e300), worst(5, 1e300);
        for (unsigned state = 0; state < 32; ++state) {
            std::vector<std::uint8_t> who;
            for (unsigned a = 0; a < 5; ++a) who.push_back(state >> a & 1u);
            const HostedGames games(game, ties, who);
            for (AgentId a = 0; a < 5; ++a) {
                best[a] = std::max(best[a], games.payoff(a));
                worst[a] = std::min(worst[a], games.payoff(a));
            }
        }
        HostedGames games(game, ties, std::vector<std::uint8_t>(5, 0));
        games.prepare_spans();
        for (AgentId a = 0; a < 5; ++a)
            for (AgentId b = 0; b < 5; ++b)
                EXPECT_GE(games.span(a, b), std::max(best[a], best[b]) - std::min(worst[a], worst[b]) - 1e-12);
    }
}

}  // namespace
}  // namespace commonweal
