#include "sim/network/agent_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;

/// The layer with agents who have been given new numbers by chance.
Layer shuffled(const Layer& layer, unsigned seed) {
    std::vector<AgentId> number(layer.agents());
    std::iota(number.begin(), number.end(), 0);
    std::shuffle(number.begin(), number.end(), std::mt19937(seed));
    std::vector<Tie> ties;
    for (AgentId agent = 0; agent < layer.agents(); ++agent)
        for (const AgentId other : layer.neighbors(agent))
            if (agent < other) ties.push_back({number[agent], number[other]});
    return layer_of(layer.agents(), std::move(ties));
}

Layer path(AgentId agents) {
    std::vector<Tie> ties;
    for (AgentId i = 1; i < agents; ++i) ties.push_back({i - 1, i});
    return layer_of(agents, std::move(ties));
}

Layer torus(AgentId side) {
    std::vector<Tie> ties;
    for (AgentId y = 0; y < side; ++y)
        for (AgentId x = 0; x < side; ++x) {
            ties.push_back({y * side + x, y * side + (x + 1) % side});
            ties.push_back({y * side + x, (y + 1) % side * side + x});
        }
    return layer_of(side * side, std::move(ties));
}

void expect_everybody_once(const AgentOrder& order, AgentId agents) {
    ASSERT_EQ(order.agent.size(), agents);
    ASSERT_EQ(order.place.size(), agents);
    for (AgentId agent = 0; agent < agents; ++agent) ASSERT_EQ(order.agent[order.place[agent]], agent);
}

/// The farthest that an agent stands from a neighbor.
AgentId bandwidth(const OrderedRows& rows) {
    AgentId most = 0;
    for (AgentId place = 0; place + 1 < rows.offsets.size(); ++place)
        for (std::uint64_t k = rows.offsets[place]; k < rows.offsets[place + 1]; ++k)
            most = std::max(most, place > rows.targets[k] ? place - rows.targets[k] : rows.targets[k] - place);
    return most;
}

/// From the middle of a path the two arms come by turns: at most two places apart. A torus of side n: levels of a ball
/// have up to 2 n agents.
TEST(ReverseCuthillMcKee, PutsNeighborsCloseTogether) {
    const Layer line = shuffled(path(1000), 1);
    const AgentOrder order = reverse_cuthill_mckee(line);
    expect_everybody_once(order, 1000);
    EXPECT_LE(bandwidth(rows_in_order(line, order)), 2u);
    const Layer plane = shuffled(torus(40), 2);
    EXPECT_LE(bandwidth(rows_in_order(plane, reverse_cuthill_mckee(plane))), 2u * 2 * 40);
}

TEST(ReverseCuthillMcKee, OrdersComponentsAndLonelyAgents) {
    const Layer parts = layer_of(9, {{0, 8}, {8, 4}, {1, 7}, {7, 3}, {3, 1}});  // 2, 5 and 6 are alone
    const AgentOrder order = reverse_cuthill_mckee(parts);
    expect_everybody_once(order, 9);
    EXPECT_LE(bandwidth(rows_in_order(parts, order)), 2u);
    expect_everybody_once(reverse_cuthill_mckee(layer_of(0, {})), 0);
}

/// Rows of places keep the order of the agents' own rows: sums run over neighbors as they always do.
TEST(RowsInOrder, KeepTheOrderOfNeighbors) {
    const Layer ties({4, {{0, 1}, {0, 2}, {0, 3}, {1, 3}}, {10, 20, 30, 40}});
    const OrderedRows rows = rows_in_order(ties, {{3, 1, 0, 2}, {2, 1, 3, 0}});
    EXPECT_THAT(rows.offsets, ElementsAre(0, 2, 4, 7, 8));
    EXPECT_THAT(rows.targets, ElementsAre(2, 1, 2, 0, 1, 3, 0, 2));
    EXPECT_THAT(rows.weights, ElementsAre(30, 40, 10, 40, 10, 20, 30, 20));
}

/// A line holds 16 agents, a cache 16384 lines: agents on a path read lines that they just read; where everybody's
/// neighbors lie anywhere among 16 times as many lines, nearly all are far.
TEST(FarShare, CountsLinesThatAreNotKept) {
    const AgentId agents = 1u << 18;
    EXPECT_LT(far_share(path(agents), 1), 0.51);  // each reads the line before, again, and one that is new
    EXPECT_LT(far_share(path(agents), 16), 0.04);
    EXPECT_GT(far_share(shuffled(path(agents), 3), 1), 0.9);
    EXPECT_LT(far_share(shuffled(path(1000), 3), 16), 0.01);  // all of them fit
    EXPECT_EQ(far_share(layer_of(0, {}), 1), 0);
    EXPECT_EQ(far_share(layer_of(5, {}), 1), 0);
}

TEST(OpenShare, IsSmallWhereNeighborsAreNeighborsOfNeighbors) {
    EXPECT_LT(open_share(shuffled(torus(300), 4)), 0.04);
    std::mt19937 words(5);
    std::vector<Tie> anywhere;  // a ring of 90000 agents, and three random partners of each
    for (AgentId agent = 0; agent < 90000; ++agent) anywhere.push_back({agent, (agent + 1) % 90000});
    for (int i = 0; i < 270000; ++i) {
        const auto a = static_cast<AgentId>(words() % 90000), b = static_cast<AgentId>(words() % 90000);
        if (a != b) anywhere.push_back({a, b});
    }
    EXPECT_GT(open_share(Layer({90000, std::move(anywhere), {}}, Duplicates::merge)), 0.6);
    EXPECT_EQ(open_share(layer_of(0, {})), 0);
}

}  // namespace
}  // namespace commonweal
