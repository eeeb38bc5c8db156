#include "sim/network/layer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/draw_sequence.hpp"
#include "sim/core/parallel.hpp"
#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Layer, SortsTiesIntoRows) {
    const Layer layer = layer_of(5, {{3, 1}, {0, 3}, {1, 0}});
    EXPECT_EQ(layer.agents(), 5u);
    EXPECT_EQ(layer.ties(), 3u);
    EXPECT_THAT(layer.neighbors(0), ElementsAre(1, 3));
    EXPECT_THAT(layer.neighbors(1), ElementsAre(0, 3));
    EXPECT_THAT(layer.neighbors(3), ElementsAre(0, 1));
    EXPECT_THAT(layer.neighbors(2), IsEmpty());
    EXPECT_THAT(layer.offsets(), ElementsAre(0, 2, 4, 4, 6, 6));
    EXPECT_TRUE(layer.tied(3, 0));
    EXPECT_FALSE(layer.tied(0, 2));
    EXPECT_FALSE(layer.weighted());
}

TEST(Layer, KeepsAWeightWithItsTieAtBothEnds) {
    const Layer layer({4, {{2, 0}, {0, 1}, {3, 0}}, {2.5f, 0.5f, 7.0f}});
    EXPECT_THAT(layer.neighbors(0), ElementsAre(1, 2, 3));
    EXPECT_THAT(layer.weights(0), ElementsAre(0.5f, 2.5f, 7.0f));
    EXPECT_THAT(layer.weights(2), ElementsAre(2.5f));
}

TEST(Layer, HoldsNoAgentsOrNoTies) {
    EXPECT_EQ(Layer(TieList{}).agents(), 0u);
    EXPECT_EQ(layer_of(3, {}).ties(), 0u);
}

TEST(Layer, RefusesWhatIsNoSimpleGraph) {
    EXPECT_THAT(message_of([] { layer_of(3, {{1, 1}}); }), HasSubstr("agent 1 is tied to itself"));
    EXPECT_THAT(message_of([] { layer_of(3, {{1, 3}}); }), HasSubstr("agent 3; agents are 0 to 2"));
    EXPECT_THAT(message_of([] { Layer({2, {{0, 1}}, {std::nanf("")}}); }), HasSubstr("weight nan"));
    EXPECT_THAT(message_of([] { Layer({2, {{0, 1}}, {-1.0f}}); }), HasSubstr("weight -1"));
    EXPECT_THAT(message_of([] { Layer({3, {{0, 1}, {1, 2}}, {1.0f}}); }), HasSubstr("some ties have a weight"));
}

TEST(Layer, CountsPairsThatAreListedMoreThanOnce) {
    try {
        layer_of(9, {{5, 2}, {0, 1}, {7, 8}, {2, 5}, {8, 7}, {5, 2}});
        FAIL() << "no exception";
    } catch (const DuplicateTie& duplicate) {
        EXPECT_EQ(duplicate.a, 2u);
        EXPECT_EQ(duplicate.b, 5u);
        EXPECT_EQ(duplicate.pairs, 2u);
    }
}

TEST(Layer, MergesDuplicatesAndAddsTheirWeights) {
    const Layer layer({3, {{0, 1}, {1, 2}, {1, 0}, {0, 1}}, {1, 10, 2, 4}}, Duplicates::merge);
    EXPECT_EQ(layer.ties(), 2u);
    EXPECT_THAT(layer.neighbors(1), ElementsAre(0, 2));
    EXPECT_THAT(layer.weights(1), ElementsAre(7, 10));
    EXPECT_THAT(layer.offsets(), ElementsAre(0, 1, 3, 4));
}

/// Many agents, so that several blocks are sorted at once.
TEST(Layer, DoesNotDependOnThreadsNorOnTheOrderOfTies) {
    constexpr AgentId agents = 100'000;
    TieList list{agents, {}, {}};
    const Randomness randomness = seeded(3);
    DrawSequence draws(randomness, {.stream = Stream::network});
    for (int k = 0; k < 300'000; ++k) {
        const auto a = static_cast<AgentId>(draws.below(agents)), b = static_cast<AgentId>(draws.below(agents));
        if (a != b) list.ties.push_back({a, b});
    }
    const auto digest = [&](unsigned threads, bool reversed, bool one_less) {
        std::uint64_t value = 0;
        with_threads(threads, [&] {
            TieList copy = list;
            if (reversed) std::ranges::reverse(copy.ties);
            if (one_less) copy.ties.pop_back();
            value = digest_of(Network(Layer(std::move(copy), Duplicates::merge)));
        });
        return value;
    };
    const std::uint64_t one = digest(1, false, false);
    EXPECT_EQ(digest(2, false, false), one);
    EXPECT_EQ(digest(8, true, false), one);
    EXPECT_NE(digest(1, false, true), one) << "control: a tie less";
}

}  // namespace
}  // namespace commonweal
