#include "sim/game/neighbor_sums.hpp"

#include <gtest/gtest.h>

#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

/// Numbers whose sums depend on the order in which they are added.
std::vector<float> uneven(std::size_t size) {
    std::vector<float> plane;
    for (std::size_t i = 0; i < size; ++i) plane.push_back(1.0f + static_cast<float>(i * 7919 % 1013) / 1013.0f);
    return plane;
}

/// Added one neighbor after the other, agent by agent, in every lane.
std::vector<float> added(const Layer& ties, const std::vector<float>& start, const std::vector<float>& plane,
                         std::size_t width) {
    std::vector<float> out(start);
    for (AgentId agent = 0; agent < ties.agents(); ++agent)
        for (const AgentId other : ties.neighbors(agent))
            for (std::size_t lane = 0; lane < width; ++lane) out[agent * width + lane] += plane[other * width + lane];
    return out;
}

template <std::size_t width>
void expect_sums_in_order(const Layer& ties) {
    const NeighborSums sums({ties.offsets(), ties.targets(), ties.weights()});
    const std::size_t size = ties.agents() * width;
    const std::vector<float> plane = uneven(size), nothing(size), ones(size, 1);
    // In one piece, and in pieces that cut through agents who follow each other.
    for (const AgentId piece : {ties.agents(), AgentId{37}, AgentId{16}, AgentId{5}}) {
        std::vector<float> out(size, -1), started(size, -1);
        for (AgentId begin = 0; begin < ties.agents(); begin += piece) {
            const AgentId end = std::min(begin + piece, ties.agents());
            sums.add<width>(begin, end, nullptr, plane.data(), out.data());
            sums.add<width>(begin, end, ones.data(), plane.data(), started.data());
        }
        EXPECT_EQ(out, added(ties, nothing, plane, width)) << "pieces of " << piece;
        EXPECT_EQ(started, added(ties, ones, plane, width)) << "pieces of " << piece;
    }
}

void expect_sums_in_order(const Layer& ties) {
    expect_sums_in_order<1>(ties);
    expect_sums_in_order<8>(ties);
    expect_sums_in_order<16>(ties);
}

void expect_sums_in_order(const std::string& generator, const std::vector<std::pair<std::string, Value>>& values) {
    expect_sums_in_order(generated(generator, values).layers()[0].layer);
}

TEST(NeighborSums, AddNeighborsInOrderOnLattices) {
    expect_sums_in_order("square_lattice", {{"width", whole(40)}, {"height", whole(7)}});
    expect_sums_in_order("square_lattice", {{"width", whole(5)}, {"height", whole(5)}});
    expect_sums_in_order("ring_lattice", {{"agents", whole(100)}, {"degree", whole(10)}});
    expect_sums_in_order("honeycomb_lattice", {{"width", whole(40)}, {"height", whole(8)}});
}

TEST(NeighborSums, AddNeighborsInOrderWhereNothingRepeats) {
    expect_sums_in_order("barabasi_albert", {{"agents", whole(200)}, {"links", whole(3)}});
}

/// Degrees up to 16 have loops of their own.
TEST(NeighborSums, AddNeighborsInOrderWhereAllHaveEquallyMany) {
    for (const std::uint64_t degree : {1, 2, 3, 7, 10, 16, 17, 30})
        expect_sums_in_order("random_regular", {{"agents", whole(60)}, {"degree", whole(degree)}});
}

TEST(NeighborSums, LeaveAgentsWithoutNeighborsAtTheirStart) {
    expect_sums_in_order(Layer({50, {{0, 49}}, {}}));
    expect_sums_in_order(Layer({3, {}, {}}));
}

}  // namespace
}  // namespace commonweal
