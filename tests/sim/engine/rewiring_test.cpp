#include "sim/engine/rewiring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

const Randomness randomness({.network = 3, .initial = 3, .dynamics = 3});

/// A ring in which everybody is tied to `reach` agents on either side.
Layer ring(AgentId agents, AgentId reach = 2) {
    TieList list{agents, {}, {}};
    for (AgentId agent = 0; agent < agents; ++agent)
        for (AgentId step = 1; step <= reach; ++step) list.ties.push_back({agent, (agent + step) % agents});
    return Layer(std::move(list));
}

/// Every third agent defects.
std::vector<std::uint8_t> acts(AgentId agents) {
    std::vector<std::uint8_t> cooperated(agents);
    for (AgentId agent = 0; agent < agents; ++agent) cooperated[agent] = agent % 3 != 0;
    return cooperated;
}

TieRows rows_of(const ChangingTies& ties) {
    TieRows rows;
    ties.write(rows);
    return rows;
}

void expect_simple_graph(const ChangingTies& ties) {
    std::uint64_t ends = 0;
    for (AgentId agent = 0; agent < ties.agents(); ++agent) {
        const auto row = ties.neighbors(agent);
        ends += row.size();
        EXPECT_EQ(row.size(), ties.degree(agent));
        EXPECT_TRUE(std::ranges::is_sorted(row));
        EXPECT_EQ(std::ranges::adjacent_find(row), row.end()) << "tied twice";
        EXPECT_FALSE(ties.tied(agent, agent));
        for (const AgentId other : row) {
            EXPECT_TRUE(ties.tied(agent, other));
            EXPECT_TRUE(ties.tied(other, agent));
            EXPECT_TRUE(std::ranges::binary_search(ties.neighbors(other), agent));
        }
    }
    EXPECT_EQ(ends, 2 * ties.ties());
}

const RewiringRates of_the_experiment{
    .share = 0.3, .cut = {0.017, 0.608, 0.035, 0.25}, .make = {0.983, 0.392, 0.965, 0.75}};

TEST(ChangingTies, CutsAndMakesTies) {
    ChangingTies ties(ring(6, 1));
    EXPECT_TRUE(ties.make(0, 3));
    EXPECT_FALSE(ties.make(3, 0));
    EXPECT_FALSE(ties.make(2, 2));
    EXPECT_TRUE(ties.cut(5, 0));
    EXPECT_FALSE(ties.cut(0, 5));
    EXPECT_EQ(ties.ties(), 6u);
    EXPECT_EQ(ties.degree(0), 2u);
    EXPECT_TRUE(std::ranges::equal(ties.neighbors(0), std::vector<AgentId>{1, 3}));
    expect_simple_graph(ties);
}

TEST(ChangingTies, WritesTheRowsOfItsLayer) {
    const Layer layer = ring(50, 3);
    TieRows rows{{7, 7}, {7}};
    ChangingTies(layer).write(rows);
    EXPECT_TRUE(std::ranges::equal(rows.offsets, layer.offsets()));
    EXPECT_TRUE(std::ranges::equal(rows.targets, layer.targets()));
}

TEST(ChangingTies, RefusesWeights) { EXPECT_THROW(ChangingTies(Layer(TieList{3, {{0, 1}}, {2.0f}})), ConfigError); }

TEST(Rewiring, LeavesAnUndirectedSimpleGraphAndCountsItsChanges) {
    constexpr AgentId agents = 80;
    ChangingTies ties(ring(agents));
    for (Round round = 1; round <= 20; ++round) {
        const std::uint64_t before = ties.ties();
        const TieChanges done = rewire(ties, of_the_experiment, acts(agents), randomness, {round, 0, 0});
        EXPECT_EQ(ties.ties() + done.cut, before + done.made);
        EXPECT_GT(done.cut, 0u);
        EXPECT_GT(done.made, 0u);
        expect_simple_graph(ties);
    }
}

TEST(Rewiring, ChangesNothingWithoutOffersOrWithoutRates) {
    ChangingTies ties(ring(60));
    const TieRows before = rows_of(ties);
    RewiringRates rates = of_the_experiment;
    rates.share = 0;
    rewire(ties, rates, acts(60), randomness, {1, 0, 0});
    EXPECT_EQ(rows_of(ties).targets, before.targets);
    rewire(ties, {.share = 1}, acts(60), randomness, {1, 0, 0});
    EXPECT_EQ(rows_of(ties).targets, before.targets);
}

TEST(Rewiring, DoesWhatLogicSaysAtProbabilitiesOfOne) {
    ChangingTies ties(ring(30, 1));
    const TieChanges all = rewire(ties, {.share = 1, .cut = {}, .make = {1, 1, 1, 1}}, acts(30), randomness, {1, 0, 0});
    EXPECT_EQ(all.made, 30u * 29 / 2 - 30);
    EXPECT_EQ(ties.ties(), 30u * 29 / 2);
    const TieChanges none =
        rewire(ties, {.share = 1, .cut = {1, 1, 1, 1}, .make = {}}, acts(30), randomness, {2, 0, 0});
    EXPECT_EQ(none.cut, 30u * 29 / 2);
    EXPECT_EQ(ties.ties(), 0u);
    // Only two defectors ever tie: 10 of 30 agents, 45 pairs.
    rewire(ties, {.share = 1, .cut = {}, .make = {0, 0, 0, 1}}, acts(30), randomness, {3, 0, 0});
    EXPECT_EQ(ties.ties(), 45u);
    for (AgentId agent = 0; agent < 30; ++agent) EXPECT_EQ(ties.degree(agent), agent % 3 == 0 ? 9u : 0u);
}

TEST(Rewiring, LeavesOneAgentAlone) {
    ChangingTies one(Layer(TieList{1, {}, {}}));
    EXPECT_EQ(rewire(one, {.share = 1, .cut = {}, .make = {1, 1, 1, 1}}, acts(1), randomness, {1, 0, 0}).made, 0u);
}

/// Pairs of a class: neither, one or both of which defected; mixed pairs change when the right one of them decides.
struct Class {
    int defectors;
    double decides;
};

/// One class alone has a probability; the share of its pairs that change is share * decides * probability, within 4
/// standard errors, and no other pair changes.
TEST(Rewiring, GivesEachClassItsOwnProbability) {
    constexpr AgentId agents = 90;
    constexpr std::uint32_t repeats = 40;
    constexpr double probability = 0.37, share = 0.6;
    constexpr std::array<Class, 4> classes{{{0, 1}, {1, 0.5}, {1, 0.5}, {2, 1}}};
    const auto cooperated = acts(agents);
    for (const bool cutting : {true, false})
        for (std::size_t which = 0; which < 4; ++which) {
            RewiringRates rates{.share = share};
            (cutting ? rates.cut : rates.make)[which] = probability;
            double pairs = 0, changed = 0;
            for (std::uint32_t replicate = 0; replicate < repeats; ++replicate) {
                ChangingTies ties(ring(agents, cutting ? agents / 2 - 1 : 1));
                const ChangingTies before = ties;
                const TieChanges done = rewire(ties, rates, cooperated, randomness, {1, 0, replicate});
                EXPECT_EQ(cutting ? done.made : done.cut, 0u);
                for (AgentId a = 0; a < agents; ++a)
                    for (AgentId b = a + 1; b < agents; ++b) {
                        const bool change = before.tied(a, b) != ties.tied(a, b);
                        const bool in_class = !cooperated[a] + !cooperated[b] == classes[which].defectors;
                        ASSERT_TRUE(in_class || !change);
                        if (!in_class || before.tied(a, b) != cutting) continue;
                        pairs += 1;
                        changed += change;
                    }
            }
            const double p = share * classes[which].decides * probability;
            EXPECT_NEAR(changed / pairs, p, 4 * std::sqrt(p * (1 - p) / pairs)) << cutting << " " << which;
        }
}

/// Every pair is offered with the same probability, first and last pairs too: within 4 standard errors.
TEST(Rewiring, OffersEveryPairAlike) {
    constexpr AgentId agents = 7;
    constexpr std::uint32_t repeats = 5000;
    std::array<std::array<double, agents>, agents> offered{};
    for (std::uint32_t replicate = 0; replicate < repeats; ++replicate) {
        ChangingTies ties(Layer(TieList{agents, {}, {}}));
        rewire(ties, {.share = 0.3, .cut = {}, .make = {1, 1, 1, 1}}, acts(agents), randomness, {1, 0, replicate});
        for (AgentId a = 0; a < agents; ++a)
            for (const AgentId b : ties.neighbors(a)) offered[a][b] += 1;
    }
    for (AgentId a = 0; a < agents; ++a)
        for (AgentId b = 0; b < agents; ++b)
            EXPECT_NEAR(offered[a][b] / repeats, a == b ? 0 : 0.3, a == b ? 0 : 4 * std::sqrt(0.3 * 0.7 / repeats));
}

/// Alike pairs change alike in the long run: ties of a class are there with probability make / (make + cut), mixed
/// pairs with the means of both deciders. Ten rounds at share 0.5 forget the first network, whose last trace is 0.1 %.
TEST(Rewiring, EndsWhereCuttingAndMakingBalance) {
    constexpr AgentId agents = 90;
    const auto cooperated = acts(agents);
    RewiringRates rates = of_the_experiment;
    rates.share = 0.5;
    std::array<double, 3> tied{}, pairs{};
    for (std::uint32_t replicate = 0; replicate < 5; ++replicate) {
        ChangingTies ties(ring(agents));
        for (Round round = 1; round <= 15; ++round) rewire(ties, rates, cooperated, randomness, {round, 0, replicate});
        for (AgentId a = 0; a < agents; ++a)
            for (AgentId b = a + 1; b < agents; ++b) {
                const auto which = static_cast<std::size_t>(!cooperated[a] + !cooperated[b]);
                pairs[which] += 1;
                tied[which] += ties.tied(a, b);
            }
    }
    const std::array expected{0.983, (0.392 + 0.965) / 2, 0.75};
    for (std::size_t which = 0; which < 3; ++which) {
        const double p = expected[which];
        EXPECT_NEAR(tied[which] / pairs[which], p, 4 * std::sqrt(p * (1 - p) / pairs[which]) + 1e-4) << which;
    }
}

TEST(Rewiring, DependsOnItsKeyOnly) {
    const auto after = [](const RewiringKey& key, const Randomness& numbers) {
        ChangingTies ties(ring(100));
        rewire(ties, of_the_experiment, acts(100), numbers, key);
        return rows_of(ties).targets;
    };
    const auto first = after({1, 0, 0}, randomness);
    EXPECT_EQ(after({1, 0, 0}, randomness), first);
    EXPECT_NE(after({2, 0, 0}, randomness), first);
    EXPECT_NE(after({1, 1, 0}, randomness), first);
    EXPECT_NE(after({1, 0, 1}, randomness), first);
    EXPECT_NE(after({1, 0, 0}, Randomness({.network = 3, .initial = 3, .dynamics = 4})), first);
    EXPECT_EQ(after({1, 0, 0}, Randomness({.network = 4, .initial = 4, .dynamics = 3})), first);
}

/// Who is offered a change and who decides does not depend on what was done: one agent's act changes its own ties only.
TEST(Rewiring, TouchesOnlyTiesOfAnAgentThatActsOtherwise) {
    ChangingTies one(ring(60)), other(ring(60));
    auto cooperated = acts(60);
    rewire(one, of_the_experiment, cooperated, randomness, {1, 0, 0});
    cooperated[17] = !cooperated[17];
    rewire(other, of_the_experiment, cooperated, randomness, {1, 0, 0});
    std::uint32_t differ = 0;
    for (AgentId a = 0; a < 60; ++a)
        for (AgentId b = a + 1; b < 60; ++b) {
            if (one.tied(a, b) == other.tied(a, b)) continue;
            EXPECT_TRUE(a == 17 || b == 17);
            ++differ;
        }
    EXPECT_GT(differ, 0u);
}

TEST(Rewiring, IsFastForThousandsOfAgents) {
    constexpr AgentId agents = 5000;
    ChangingTies ties(ring(agents));
    RewiringRates rates = of_the_experiment;
    rates.make = {0.001, 0.001, 0.001, 0.001};
    const TieChanges done = rewire(ties, rates, acts(agents), randomness, {1, 0, 0});
    const double offered = 0.3 * agents * (agents - 1) / 2;
    EXPECT_NEAR(static_cast<double>(done.made), 0.001 * offered, 4 * std::sqrt(0.001 * offered) + 20);
    expect_simple_graph(ties);
}

TEST(Redrawn, ReplacesTheSeedOfNetworksOnly) {
    const Randomness first = redrawn(randomness, {1, 0, 0});
    EXPECT_EQ(first.seeds().network, redrawn(randomness, {1, 0, 0}).seeds().network);
    EXPECT_EQ(first.seeds().initial, 3u);
    EXPECT_EQ(first.seeds().dynamics, 3u);
    EXPECT_NE(first.seeds().network, 3u);
    for (const RewiringKey key : {RewiringKey{2, 0, 0}, RewiringKey{1, 1, 0}, RewiringKey{1, 0, 1}})
        EXPECT_NE(redrawn(randomness, key).seeds().network, first.seeds().network);
    const Randomness other_dynamics({.network = 3, .initial = 3, .dynamics = 9});
    EXPECT_EQ(redrawn(other_dynamics, {1, 0, 0}).seeds().network, first.seeds().network);
}

}  // namespace
}  // namespace commonweal
