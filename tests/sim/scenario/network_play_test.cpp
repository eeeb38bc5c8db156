#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/catalog.hpp"
#include "sim/core/error.hpp"
#include "sim/scenario/scenario.hpp"

/// Scenarios of behavior rules on networks: which keys they have, and which they refuse.
namespace commonweal {
namespace {

using testing::HasSubstr;

const std::string network = R"(
seed = 1
[session]
rounds = 5
[network]
kind = "ring_lattice"
agents = 20
degree = 4
[agents.crowd]
behavior = "threshold"
)";

const std::string laboratory = R"(
seed = 1
[session]
rounds = 5
[agents.crowd]
behavior = "threshold"
)";

/// What the scenario is refused with; "" when it is taken.
std::string refusal(const std::string& text, const std::vector<std::string>& overrides) {
    try {
        parse_scenario(text, "f.toml", overrides, models::catalog());
        return "";
    } catch (const ConfigError& error) {
        return error.what();
    }
}

TEST(NetworkPlay, TakesWhatBelongsToNetworks) {
    for (const std::string key :
         {"counterfactual.sources=3", "record.cascade=true", "record.adoption=true", "agents.crowd.first=gift",
          "game.hosts=focal", "game.payoff=average", "game.cost_per=individual", "game.enhancement=3",
          "network.without_ties=keep", "network.play_on=friends"})
        EXPECT_EQ(refusal(network, {key}), "") << key;
    EXPECT_EQ(refusal(network, {"game.kind=donation", "game.cost=1", "game.benefit=3"}), "");
    EXPECT_EQ(refusal(network, {"record.adoption=true", "adoption.sources=crowd", "adoption.tip=0.1"}), "");
}

TEST(NetworkPlay, RefusesWhatBelongsToLaboratories) {
    EXPECT_THAT(refusal(network, {"session.sessions=2"}), HasSubstr("it is for sessions of a laboratory"));
    EXPECT_THAT(refusal(network, {"matching.group_size=3"}), HasSubstr("an agent shares pots with its neighbors"));
    EXPECT_THAT(refusal(network, {"game.benefit=3"}), HasSubstr("it is for game.kind = \"donation\""));
    EXPECT_THAT(refusal(network, {"record.cascade=true", "counterfactual.round=5"}),
                HasSubstr("it must be before the last round"));
}

TEST(NetworkPlay, RefusesInALaboratoryWhatBelongsToNetworks) {
    EXPECT_THAT(refusal(laboratory, {"counterfactual.sources=3"}),
                HasSubstr("every member of a laboratory session is a source"));
    EXPECT_THAT(refusal(laboratory, {"agents.crowd.first=gift"}), HasSubstr("it is for behavior rules on a [network]"));
    EXPECT_THAT(refusal(laboratory, {"record.adoption=true"}), HasSubstr("it is for behavior rules on a network"));
}

TEST(NetworkPlay, NeedsAdoptionForItsKeys) {
    EXPECT_THAT(refusal(network, {"adoption.tip=0.1"}), HasSubstr("record.adoption is false"));
    EXPECT_THAT(refusal(network, {"record.adoption=true", "adoption.sources=crowds"}),
                HasSubstr("there is no [agents.crowds] (did you mean 'crowd'?)"));
}

}  // namespace
}  // namespace commonweal
