#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/catalog.hpp"
#include "sim/core/error.hpp"
#include "sim/scenario/scenario.hpp"

/// Scenarios whose ties change: what goes together, and what is refused.
namespace commonweal {
namespace {

using testing::HasSubstr;

const std::string base = R"(seed = 1
[network]
kind = "erdos_renyi"
agents = 30
mean_degree = 4
[agents.all]
behavior = "logit_cooperation"
[rewiring]
share = 0.3
)";

Scenario parsed(const std::vector<std::string>& overrides = {}) {
    return parse_scenario(base, "f.toml", overrides, models::catalog());
}

std::string refusal(const std::vector<std::string>& overrides) {
    try {
        (void)parsed(overrides);
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "no refusal";
}

TEST(RewiringScenario, ChangesTiesWithAShareOrByRedrawing) {
    EXPECT_TRUE(parsed().ties_change());
    EXPECT_FALSE(parsed({"rewiring.share=0"}).ties_change());
    EXPECT_TRUE(parsed({"rewiring.share=0", "rewiring.redraw=true"}).ties_change());
    EXPECT_EQ(parsed({"rewiring.cut_cd=0.5"}).rewiring.cut_cd, 0.5);
}

TEST(RewiringScenario, RefusesTwoWaysToChangeTies) {
    EXPECT_THAT(refusal({"rewiring.redraw=true"}), HasSubstr("rewiring.share must be 0; it is 0.3"));
}

TEST(RewiringScenario, RefusesToRedrawWhatIsAlwaysTheSame) {
    const std::string lattice = R"(seed = 1
[network]
kind = "ring_lattice"
[agents.all]
behavior = "free_rider"
[rewiring]
redraw = true
)";
    EXPECT_THROW((void)parse_scenario(lattice, "f.toml", {}, models::catalog()), ConfigError);
    EXPECT_NO_THROW((void)parse_scenario(lattice, "f.toml", {"rewiring.redraw=false"}, models::catalog()));
}

TEST(RewiringScenario, RefusesWeightsAndTwinRuns) {
    EXPECT_THAT(refusal({"game.weighted=true"}), HasSubstr("ties that change have none"));
    EXPECT_THAT(refusal({"record.cascade=true"}), HasSubstr("along ties that stay"));
    EXPECT_EQ(refusal({"record.cascade=true", "rewiring.share=0"}), "no refusal");
}

TEST(RewiringScenario, RefusesProbabilitiesThatAreNone) {
    EXPECT_THAT(refusal({"rewiring.make_dd=1.5"}), HasSubstr("rewiring.make_dd"));
    EXPECT_THAT(refusal({"rewiring.share=-0.1"}), HasSubstr("rewiring.share"));
}

}  // namespace
}  // namespace commonweal
