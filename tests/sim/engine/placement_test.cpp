#include "sim/engine/placement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Where = TypePlace::Where;

const Randomness randomness{Seeds{1, 2, 3}};

/// A path of eight; agents 1 and 6 are nurses; 3 has two more neighbors than the others would give it.
Network ward() {
    TieList list{8, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {3, 7}, {0, 3}}, {}};
    TextColumnBuilder roles;
    for (AgentId a = 0; a < 8; ++a) roles.add(a == 1 || a == 6 ? "nurse" : "doctor");
    Attributes attributes;
    attributes.add({"role", roles.finish()});
    return Network(Layer(std::move(list)), std::move(attributes));
}

std::string refusal(std::vector<TypePlace> types) {
    const Network network = ward();
    try {
        Placement(std::move(types), 8, &network, &network.ties());
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "no refusal";
}

TEST(Placement, PutsExactNumbersAnywhereWithEqualChance) {
    const Placement placement({{.name = "few", .count = 3}, {.name = "rest"}}, 8, nullptr, nullptr);
    std::vector<int> times(8);
    constexpr int runs = 4000;
    for (std::uint32_t replicate = 0; replicate < runs; ++replicate) {
        const auto types = placement.draw(randomness, 0, replicate);
        EXPECT_EQ(std::ranges::count(types, 0), 3);
        for (std::size_t a = 0; a < 8; ++a) times[a] += types[a] == 0;
    }
    const double p = 3.0 / 8, se = std::sqrt(p * (1 - p) / runs);
    for (const int count : times) EXPECT_NEAR(count / double{runs}, p, 4 * se);
}

TEST(Placement, GivesACountOfZeroToNobody) {
    const Placement placement({{.name = "none", .count = 0}, {.name = "rest"}}, 8, nullptr, nullptr);
    EXPECT_EQ(std::ranges::count(placement.draw(randomness, 0, 0), 1), 8);
    EXPECT_THAT(refusal({{.name = "none", .count = 0}}), HasSubstr("8 of 8 agents have no type"));
}

TEST(Placement, DrawsTypesByShare) {
    constexpr AgentId agents = 40000;
    const Placement placement({{.name = "a", .share = 0.2}, {.name = "b", .share = 0.8}}, agents, nullptr, nullptr);
    const auto types = placement.draw(randomness, 0, 5);
    EXPECT_NEAR(static_cast<double>(std::ranges::count(types, 0)) / agents, 0.2, 4 * std::sqrt(0.16 / agents));
    EXPECT_EQ(types, placement.draw(randomness, 0, 5));
    EXPECT_NE(types, placement.draw(randomness, 0, 6));
    EXPECT_NE(types, placement.draw(randomness, 1, 5));
}

TEST(Placement, MakesAClusterOfAnAgentAndItsNeighbors) {
    const Network network = ward();
    // With as many as a neighborhood has, the cluster of any source is its neighborhood.
    for (std::uint32_t replicate = 0; replicate < 50; ++replicate) {
        const Placement one({{.name = "seed", .count = 1, .place = Where::cluster}, {.name = "rest"}}, 8, &network,
                            &network.ties());
        const auto single = one.draw(randomness, 0, replicate);
        const auto source = static_cast<AgentId>(std::ranges::find(single, 0) - single.begin());
        const Placement many(
            {{.name = "seed", .count = network.ties().degree(source) + 1, .place = Where::cluster}, {.name = "rest"}},
            8, &network, &network.ties());
        const auto types = many.draw(randomness, 0, replicate);
        EXPECT_EQ(types[source], 0);
        for (const AgentId neighbor : network.ties().neighbors(source)) EXPECT_EQ(types[neighbor], 0);
        EXPECT_EQ(std::ranges::count(types, 0), network.ties().degree(source) + 1);
    }
}

TEST(Placement, FindsHubsNamesAndAttributes) {
    const Network network = ward();
    const auto draw = [&](TypePlace place) {
        return Placement({std::move(place), {.name = "rest"}}, 8, &network, &network.ties()).draw(randomness, 0, 0);
    };
    EXPECT_THAT(draw({.name = "hub", .count = 1, .place = Where::hubs}), ElementsAre(1, 1, 1, 0, 1, 1, 1, 1));
    EXPECT_THAT(draw({.name = "two", .who = {"7", "2"}}), ElementsAre(1, 1, 0, 1, 1, 1, 1, 0));
    EXPECT_THAT(draw({.name = "nurses", .attribute = "role", .value = "nurse"}), ElementsAre(1, 0, 1, 1, 1, 1, 0, 1));
}

TEST(Placement, RefusesWhatCannotBe) {
    EXPECT_THAT(refusal({{.name = "a", .who = {"9"}}, {.name = "b"}}),
                HasSubstr("[agents.a]: the network has no agent"));
    EXPECT_THAT(refusal({{.name = "a", .who = {"1"}}, {.name = "b", .attribute = "role", .value = "nurse"}}),
                HasSubstr("agent 1 is of type a already"));
    EXPECT_THAT(refusal({{.name = "a", .attribute = "rolle", .value = "nurse"}, {.name = "b"}}),
                HasSubstr("no attribute \"rolle\" (did you mean 'role'?)"));
    EXPECT_THAT(refusal({{.name = "a", .attribute = "role", .value = "cook"}, {.name = "b"}}),
                HasSubstr("no agent of the network has role=cook"));
    EXPECT_THAT(refusal({{.name = "a", .attribute = "role", .value = "Nurse"}, {.name = "b"}}),
                HasSubstr("no agent of the network has role=Nurse (did you mean 'nurse'?)"));
    EXPECT_THAT(refusal({{.name = "a", .count = 9}, {.name = "b"}}), HasSubstr("9 agents by count, but only 8 of 8"));
    EXPECT_THAT(refusal({{.name = "a", .count = 3}}), HasSubstr("5 of 8 agents have no type"));
}

}  // namespace
}  // namespace commonweal
