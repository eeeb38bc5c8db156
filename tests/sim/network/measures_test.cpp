#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/parallel.hpp"
#include "sim/network/clustering.hpp"
#include "sim/network/components.hpp"
#include "sim/network/degrees.hpp"
#include "sim/network/distances.hpp"
#include "sim/network/mixing.hpp"
#include "tests/support/networks.hpp"

/// Known answers of small graphs, by hand; those of the bull were checked against networkx 3.6 too.
namespace commonweal {
namespace {

/// A triangle 0 1 2 with a horn at 1 and one at 2.
Layer bull() { return layer_of(5, {{0, 1}, {0, 2}, {1, 2}, {1, 3}, {2, 4}}); }
Layer path(AgentId agents) {
    std::vector<Tie> ties;
    for (AgentId i = 1; i < agents; ++i) ties.push_back({i - 1, i});
    return layer_of(agents, std::move(ties));
}

TEST(Degrees, CountsNeighbors) {
    const Degrees degrees = degrees_of(bull());
    EXPECT_DOUBLE_EQ(degrees.mean, 2);
    EXPECT_DOUBLE_EQ(degrees.sd, std::sqrt(4.0 / 5));
    EXPECT_EQ(degrees.min, 1u);
    EXPECT_EQ(degrees.max, 3u);
    EXPECT_EQ(degrees.histogram, (std::map<std::uint32_t, std::uint64_t>{{1, 2}, {2, 1}, {3, 2}}));
}

TEST(Degrees, CorrelatesEndsOfTies) {
    // Ends have degrees 1 1 2 2 3 3 3 3 3 3: mean 2.4, squares 6.4. The ties 2-3 2-3 3-3 3-1 3-1 have products -1.8, at
    // both ends.
    EXPECT_NEAR(degree_assortativity(bull()), -3.6 / 6.4, 1e-12);
    EXPECT_NEAR(degree_assortativity(generated("star").ties()), -1, 1e-9);
    EXPECT_TRUE(std::isnan(degree_assortativity(generated("ring_lattice").ties())));
    EXPECT_TRUE(std::isnan(degree_assortativity(layer_of(2, {}))));
}

TEST(Clustering, CountsTriangles) {
    const Clustering clustering = clustering_of(bull());
    EXPECT_EQ(clustering.triangles, 1u);
    EXPECT_NEAR(clustering.transitivity, 3.0 / 7, 1e-12);
    EXPECT_NEAR(clustering.mean_local, (1 + 1.0 / 3 + 1.0 / 3) / 5, 1e-12);
    EXPECT_EQ(triangles_at(bull()), (std::vector<std::uint64_t>{1, 1, 1, 0, 0}));
    EXPECT_EQ(clustering_of(generated("complete", {{"agents", whole(10)}}).ties()).triangles, 120u);
    EXPECT_DOUBLE_EQ(clustering_of(generated("star").ties()).transitivity, 0);
    EXPECT_TRUE(std::isnan(clustering_of(layer_of(2, {{0, 1}})).transitivity));
}

TEST(Clustering, TakesTimeOfItsTiesAlsoAroundAHub) {
    const Network network = generated("star", {{"agents", whole(1'000'000)}});
    EXPECT_EQ(clustering_of(network.ties()).triangles, 0u);
}

TEST(Components, FindsPartsAndTheLargest) {
    const Components components = components_of(layer_of(7, {{0, 1}, {3, 4}, {4, 5}}));
    EXPECT_EQ(components.count, 4u);
    EXPECT_EQ(components.isolated, 2u);
    EXPECT_DOUBLE_EQ(components.giant_share, 3.0 / 7);
    EXPECT_EQ(components.of, (std::vector<std::uint32_t>{0, 0, 1, 2, 2, 2, 3}));
    EXPECT_EQ(components_of(path(200'000)).count, 1u) << "no recursion as deep as the graph";
}

TEST(Components, JoinPartsOfAllLayers) {
    std::vector<NamedLayer> layers;
    layers.push_back({"work", layer_of(7, {{0, 1}, {3, 4}})});
    EXPECT_EQ(components_of(layers).count, 5u);
    layers.push_back({"home", layer_of(7, {{1, 4}, {2, 3}, {3, 4}})});
    const Components together = components_of(layers);
    EXPECT_EQ(together.count, 3u);
    EXPECT_EQ(together.isolated, 2u);
    EXPECT_DOUBLE_EQ(together.giant_share, 5.0 / 7);
    EXPECT_EQ(together.of, (std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1, 2}));
}

TEST(Distances, AreExactInSmallGraphs) {
    const Distances path_of_4 = distances_of(path(4), seeded(1));
    EXPECT_DOUBLE_EQ(path_of_4.mean, 10.0 / 6);
    EXPECT_EQ(path_of_4.longest, 3u);
    EXPECT_TRUE(path_of_4.exact);
    EXPECT_DOUBLE_EQ(distances_of(layer_of(5, {{0, 1}, {2, 3}}), seeded(1)).mean, 1)
        << "pairs that do not reach each other are left out";
    EXPECT_TRUE(std::isnan(distances_of(layer_of(3, {}), seeded(1)).mean));
    EXPECT_DOUBLE_EQ(distances_of(generated("star", {{"agents", whole(5)}}).ties(), seeded(1)).mean,
                     (4 * 1 + 6 * 2) / 10.0);
}

TEST(Distances, OfASampleAreWithinItsStandardError) {
    const Network network = generated("barabasi_albert", {{"agents", whole(3000)}});
    const Distances all = distances_of(network.ties(), seeded(1));
    const Distances sample = distances_of(network.ties(), seeded(1), 200);
    ASSERT_TRUE(all.exact);
    EXPECT_FALSE(sample.exact);
    EXPECT_EQ(sample.sources, 200u);
    EXPECT_GT(sample.standard_error, 0);
    EXPECT_LT(std::abs(sample.mean - all.mean), 4 * sample.standard_error);
    EXPECT_LE(sample.longest, all.longest);
}

TEST(Distances, OfAVertexTransitiveGraphNeedOnlyOneSource) {
    const Network network = generated("square_lattice", {{"width", whole(20)}, {"height", whole(20)}});
    const Distances all = distances_of(network.ties(), seeded(1)), one = distances_of(network.ties(), seeded(1), 5);
    EXPECT_NEAR(all.mean, 10.0 * 400 / 399, 1e-12)
        << "mean of |dx| + |dy| on a ring of 20 is 5 + 5, the agent itself left out";
    EXPECT_NEAR(one.mean, all.mean, 1e-12);
    EXPECT_NEAR(one.standard_error, 0, 1e-12);
    EXPECT_EQ(all.longest, 20u);
}

TEST(Mixing, MeasuresCommunities) {
    // Two triangles joined by one tie.
    const Layer layer = layer_of(6, {{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}, {2, 3}});
    TextColumnBuilder texts;
    for (const char* text : {"a", "a", "a", "b", "b", "b"}) texts.add(text);
    const Mixing by_text = mixing_by(layer, {"side", texts.finish()});
    EXPECT_EQ(by_text.groups, 2u);
    EXPECT_NEAR(by_text.modularity, 6.0 / 7 - 0.5, 1e-12);
    EXPECT_NEAR(by_text.assortativity, (6.0 / 7 - 0.5) / 0.5, 1e-12);
    const Mixing by_number = mixing_by(layer, {"side", NumberColumn{1, 1, 1, 5, 5, 5}});
    EXPECT_NEAR(by_number.modularity, by_text.modularity, 1e-12);
    EXPECT_NEAR(by_number.assortativity, 5.0 / 7, 1e-12) << "7 of 7 ends each side: correlation 1 - 2 * 1/7";
    const Mixing alike = mixing_by(layer, {"side", NumberColumn{1, 1, 1, 1, 1, 1}});
    EXPECT_NEAR(alike.modularity, 0, 1e-12);
    EXPECT_TRUE(std::isnan(alike.assortativity));
    EXPECT_TRUE(std::isnan(mixing_by(layer_of(1, {}), {"x", NumberColumn{1}}).modularity));
}

TEST(Measures, DoNotDependOnThreads) {
    const auto measured = [](unsigned threads, std::uint64_t seed) {
        std::vector<double> values;
        with_threads(threads, [&] {
            const Network network =
                generated("barabasi_albert", {{"agents", whole(40'000)}, {"links", whole(3)}}, seed);
            const Clustering clustering = clustering_of(network.ties());
            const Distances distances = distances_of(network.ties(), seeded(seed), 20);
            values = {clustering.transitivity, clustering.mean_local, distances.mean, distances.standard_error};
        });
        return values;
    };
    EXPECT_EQ(measured(1, 5), measured(8, 5));
    EXPECT_NE(measured(1, 5), measured(1, 6)) << "control";
}

}  // namespace
}  // namespace commonweal
