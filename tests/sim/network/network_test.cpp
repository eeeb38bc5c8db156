#include "sim/network/network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::HasSubstr;

std::vector<NamedLayer> two_layers(const std::string& second = "work") {
    return {{"home", layer_of(3, {{0, 1}})}, {second, layer_of(3, {{1, 2}})}};
}

TEST(Network, FindsLayersByName) {
    const Network network(two_layers(), {}, nullptr);
    EXPECT_TRUE(network.layer("work").tied(1, 2));
    EXPECT_TRUE(network.ties().tied(0, 1));
    EXPECT_THAT(message_of([&] { (void)network.layer("wrok"); }),
                HasSubstr("no layer 'wrok' (did you mean 'work'?); layers: home, work"));
}

TEST(Network, RefusesPartsThatDoNotFit) {
    EXPECT_THAT(message_of([] { Network({}, {}, nullptr); }), HasSubstr("at least one layer"));
    EXPECT_THAT(message_of([] { Network(two_layers("home"), {}, nullptr); }), HasSubstr("two layers named 'home'"));
    EXPECT_THAT(message_of([] {
                    auto layers = two_layers();
                    layers.push_back({"other", layer_of(4, {})});
                    Network(std::move(layers), {}, nullptr);
                }),
                HasSubstr("layer 'other' has 4 agents, layer 'home' has 3"));
    EXPECT_THAT(message_of([] {
                    Attributes attributes;
                    attributes.add({"age", NumberColumn{1, 2}});
                    Network(layer_of(3, {}), std::move(attributes));
                }),
                HasSubstr("attribute 'age' has values of 2 agents; there are 3"));
    EXPECT_THAT(message_of([] {
                    Attributes attributes;
                    attributes.add({"age", NumberColumn{}});
                    attributes.add({"age", NumberColumn{}});
                }),
                HasSubstr("two agent attributes named 'age'"));
}

TEST(Network, CallsAgentsByNumberOrName) {
    EXPECT_EQ(Network(layer_of(12, {})).label(11), "11");
    auto labels = std::make_shared<AgentLabels>();
    labels->find_or_add("ann");
    labels->find_or_add("böb");
    EXPECT_EQ(Network({{"ties", layer_of(2, {})}}, {}, labels).label(1), "böb");
}

TEST(Network, HasADigestOfEverythingButLabels) {
    const std::uint64_t plain = digest_of(Network(layer_of(3, {{0, 1}})));
    EXPECT_EQ(digest_of(Network(layer_of(3, {{1, 0}}))), plain);
    EXPECT_NE(digest_of(Network(layer_of(3, {{0, 2}}))), plain);
    EXPECT_NE(digest_of(Network(layer_of(4, {{0, 1}}))), plain);
    EXPECT_NE(digest_of(Network(Layer({3, {{0, 1}}, {1.0f}}))), plain);
    EXPECT_NE(digest_of(Network({{"other", layer_of(3, {{0, 1}})}}, {}, nullptr)), plain);
    Attributes attributes;
    attributes.add({"age", NumberColumn{1, 2, 3}});
    EXPECT_NE(digest_of(Network(layer_of(3, {{0, 1}}), attributes)), plain);
}

TEST(AgentLabels, NumberNamesInOrderOfFirstAppearance) {
    AgentLabels labels;
    for (int round = 0; round < 2; ++round)
        for (AgentId agent = 0; agent < 5000; ++agent)
            EXPECT_EQ(labels.find_or_add("agent " + std::to_string(agent)), agent);
    EXPECT_EQ(labels.size(), 5000u);
    EXPECT_EQ(labels[4321], "agent 4321");
    EXPECT_EQ(labels.find("agent 77"), 77u);
    EXPECT_EQ(labels.find("agent 5000"), std::nullopt);
}

}  // namespace
}  // namespace commonweal
