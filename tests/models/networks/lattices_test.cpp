#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "sim/network/clustering.hpp"
#include "sim/network/components.hpp"
#include "sim/network/degrees.hpp"
#include "sim/network/distances.hpp"
#include "tests/support/networks.hpp"

namespace commonweal::models {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Network lattice(const std::string& name, std::uint64_t width, std::uint64_t height,
                const std::string& neighborhood = "") {
    std::vector<std::pair<std::string, Value>> values{{"width", whole(width)}, {"height", whole(height)}};
    if (!neighborhood.empty()) values.emplace_back("neighborhood", neighborhood);
    return generated(name, values);
}

/// Agents at each distance from an agent: the same from everywhere in a vertex-transitive graph.
std::vector<std::uint64_t> shells(const Layer& layer, AgentId source) {
    std::vector<std::uint32_t> distance(layer.agents(), UINT32_MAX);
    std::vector<AgentId> queue{source};
    std::vector<std::uint64_t> count;
    distance[source] = 0;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const AgentId agent = queue[next];
        if (distance[agent] >= count.size()) count.push_back(0);
        ++count[distance[agent]];
        for (const AgentId other : layer.neighbors(agent))
            if (distance[other] == UINT32_MAX) distance[other] = distance[agent] + 1, queue.push_back(other);
    }
    return count;
}

void expect_lattice(const Layer& layer, AgentId agents, std::uint32_t degree, std::uint64_t triangles,
                    const std::string& what) {
    EXPECT_EQ(layer.agents(), agents) << what;
    EXPECT_EQ(degrees_of(layer).min, degree) << what;
    EXPECT_EQ(degrees_of(layer).max, degree) << what;
    EXPECT_EQ(clustering_of(layer).triangles, triangles) << what;
    EXPECT_EQ(components_of(layer).count, 1u) << what;
    const auto shape = shells(layer, 0);
    const auto corners = triangles_at(layer);
    for (AgentId agent = 1; agent < agents; agent += 7) {
        EXPECT_EQ(shells(layer, agent), shape) << what << " agent " << agent;
        EXPECT_EQ(corners[agent], corners[0]) << what << " agent " << agent;
    }
}

/// Length of the shortest cycle through an agent, by breadth-first search that remembers the first step.
std::uint32_t girth_at(const Layer& layer, AgentId source) {
    std::vector<std::uint32_t> distance(layer.agents(), UINT32_MAX);
    std::vector<AgentId> branch(layer.agents(), UINT32_MAX), queue{source};
    distance[source] = 0;
    std::uint32_t shortest = UINT32_MAX;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const AgentId agent = queue[next];
        for (const AgentId other : layer.neighbors(agent)) {
            if (other == source) continue;
            const AgentId own = agent == source ? other : branch[agent];
            if (distance[other] == UINT32_MAX) {
                distance[other] = distance[agent] + 1;
                branch[other] = own;
                queue.push_back(other);
            } else if (branch[other] != own) {
                shortest = std::min(shortest, distance[agent] + distance[other] + 1);
            }
        }
    }
    return shortest;
}

TEST(SquareLattice, HasFourOrEightNeighborsEverywhere) {
    expect_lattice(lattice("square_lattice", 7, 5).ties(), 35, 4, 0, "von Neumann");
    expect_lattice(lattice("square_lattice", 7, 5, "moore").ties(), 35, 8, 4 * 35,
                   "Moore: four triangles in each square of four, one square per site");
    EXPECT_THAT(lattice("square_lattice", 10, 10).ties().neighbors(0), ElementsAre(1, 9, 10, 90));
    EXPECT_THAT(lattice("square_lattice", 10, 10, "moore").ties().neighbors(55),
                ElementsAre(44, 45, 46, 54, 56, 64, 65, 66));
    EXPECT_EQ(lattice("square_lattice", 3, 3, "moore").ties().ties(), 36u) << "nine agents, all tied";
}

TEST(TriangularLattice, HasSixNeighborsAndTwoTrianglesPerSite) {
    expect_lattice(lattice("triangular_lattice", 6, 5).ties(), 30, 6, 60, "6 x 5");
    EXPECT_THAT(lattice("triangular_lattice", 10, 10).ties().neighbors(55), ElementsAre(44, 45, 54, 56, 65, 66));
    EXPECT_NEAR(clustering_of(lattice("triangular_lattice", 20, 20).ties()).transitivity, 0.4, 1e-12);
}

TEST(HoneycombLattice, HasThreeNeighborsAndGirthSix) {
    for (const auto& [width, height] : {std::pair{3, 3}, {5, 4}, {9, 6}}) {
        const Network network =
            lattice("honeycomb_lattice", static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height));
        expect_lattice(network.ties(), static_cast<AgentId>(2 * width * height), 3, 0, "honeycomb");
        for (AgentId agent = 0; agent < network.agents(); ++agent) EXPECT_EQ(girth_at(network.ties(), agent), 6u);
    }
}

TEST(KagomeLattice, HasFourNeighborsAndTwoTrianglesAtEachSite) {
    expect_lattice(lattice("kagome_lattice", 6, 6).ties(), 108, 4, 72, "kagome");
    const Network network = lattice("kagome_lattice", 8, 5);
    EXPECT_EQ(triangles_at(network.ties()), std::vector<std::uint64_t>(120, 2));
    EXPECT_NEAR(clustering_of(network.ties()).transitivity, 1.0 / 3, 1e-12);
}

TEST(Lattices, HaveTheShellsOfTheInfiniteLattice) {
    // Agents at distance 0, 1, 2, 3 far from where the torus closes.
    EXPECT_EQ((std::vector{1u, 4u, 8u, 12u}), [] {
        auto s = shells(lattice("square_lattice", 20, 20).ties(), 0);
        return std::vector<unsigned>(s.begin(), s.begin() + 4);
    }());
    EXPECT_EQ((std::vector{1u, 6u, 12u, 18u}), [] {
        auto s = shells(lattice("triangular_lattice", 20, 20).ties(), 0);
        return std::vector<unsigned>(s.begin(), s.begin() + 4);
    }());
    EXPECT_EQ((std::vector{1u, 3u, 6u, 9u}), [] {
        auto s = shells(lattice("honeycomb_lattice", 20, 20).ties(), 0);
        return std::vector<unsigned>(s.begin(), s.begin() + 4);
    }());
    EXPECT_EQ((std::vector{1u, 4u, 8u, 14u}), [] {
        auto s = shells(lattice("kagome_lattice", 20, 20).ties(), 0);
        return std::vector<unsigned>(s.begin(), s.begin() + 4);
    }());
}

TEST(Lattices, RefuseSizesThatAreNoTorus) {
    for (const std::string name : {"square_lattice", "triangular_lattice", "honeycomb_lattice", "kagome_lattice"})
        EXPECT_THAT(message_of([&] { lattice(name, 2, 10); }),
                    HasSubstr("width is 2; it must be a whole number in [3, 10000]"))
            << name;
}

TEST(RingLattice, TiesTheNearestOnBothSides) {
    const Network network = generated("ring_lattice", {{"agents", whole(10)}, {"degree", whole(4)}});
    EXPECT_THAT(network.ties().neighbors(0), ElementsAre(1, 2, 8, 9));
    expect_lattice(generated("ring_lattice", {{"agents", whole(30)}, {"degree", whole(6)}}).ties(), 30, 6, 30 * 3,
                   "ring");
    for (const unsigned k : {2u, 4u, 8u, 12u}) {
        const double expected = 3.0 * (k - 2) / (4.0 * (k - 1));
        EXPECT_NEAR(
            clustering_of(generated("ring_lattice", {{"agents", whole(100)}, {"degree", whole(k)}}).ties()).mean_local,
            expected, 1e-12);
    }
    EXPECT_THAT(message_of([] { generated("ring_lattice", {{"degree", whole(3)}}); }),
                HasSubstr("degree is 3; it counts both sides"));
    EXPECT_THAT(message_of([] { generated("ring_lattice", {{"agents", whole(4)}, {"degree", whole(4)}}); }),
                HasSubstr("below the number of agents, which is 4"));
}

TEST(Complete, TiesEverybody) {
    expect_lattice(generated("complete", {{"agents", whole(12)}}).ties(), 12, 11, 220, "complete");
}

TEST(Star, TiesAllToTheMiddle) {
    const Network network = generated("star", {{"agents", whole(6)}});
    EXPECT_THAT(network.ties().neighbors(0), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(network.ties().ties(), 5u);
}

}  // namespace
}  // namespace commonweal::models
