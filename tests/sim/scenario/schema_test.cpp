#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "models/catalog.hpp"
#include "tests/sim/scenario/toy_scenario.hpp"

namespace commonweal {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;

Json toy_schema() { return Json::parse(scenario_schema(toy::catalog())); }

TEST(Schema, ClosesEveryTable) {
    const Json schema = toy_schema();
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(schema["additionalProperties"], false);
    for (const char* table : {"session", "matching", "game", "record", "counterfactual"})
        EXPECT_EQ(schema["properties"][table]["additionalProperties"], false) << table;
    EXPECT_EQ(schema["required"], Json({"agents", "seed"}));
}

TEST(Schema, SaysRangeDefaultAndMeaningOfEachKey) {
    const Json game = toy_schema()["properties"]["game"]["properties"];
    EXPECT_EQ(game["mpcr"]["type"], "number");
    EXPECT_EQ(game["mpcr"]["minimum"], 0);
    EXPECT_EQ(game["mpcr"]["maximum"], 1000);
    EXPECT_EQ(game["mpcr"]["default"], 0.4);
    EXPECT_THAT(game["endowment"]["description"].get<std::string>(), testing::EndsWith("[tokens]"));
    EXPECT_EQ(game["tokens"]["enum"], Json({"whole", "continuous"}));
    const Json seed = toy_schema()["properties"]["seed"]["oneOf"][0]["properties"]["all"];
    EXPECT_EQ(seed["type"], "integer");
    EXPECT_EQ(seed["maximum"], 9223372036854775807);
    EXPECT_FALSE(seed.contains("default")) << "there is no default seed";
}

TEST(Schema, LetsTheBehaviorDecideWhatElseMayStandInItsTable) {
    const Json type = toy_schema()["properties"]["agents"]["additionalProperties"]["oneOf"][0];
    EXPECT_EQ(type["properties"]["behavior"]["enum"], Json({"giver", "actor"}));
    EXPECT_EQ(type["required"], Json({"behavior"}));
    ASSERT_EQ(type["allOf"].size(), 2u);
    const Json giver = type["allOf"][0];
    EXPECT_EQ(giver["if"]["properties"]["behavior"]["const"], "giver");
    EXPECT_EQ(giver["then"]["additionalProperties"], false);
    EXPECT_EQ(giver["then"]["properties"]["gift"]["maximum"], 100);
    EXPECT_EQ(giver["then"]["properties"]["share"], true);
    EXPECT_FALSE(type["allOf"][1]["then"]["properties"].contains("mood"));
}

TEST(Schema, KnowsTheShortForms) {
    const Json properties = toy_schema()["properties"];
    EXPECT_EQ(properties["subjects"]["oneOf"][1]["type"], "string");
    EXPECT_EQ(properties["seed"]["oneOf"][1]["type"], "integer");
}

TEST(Schema, ListsEveryModelOfTheProgram) {
    const Json schema = Json::parse(scenario_schema(models::catalog()));
    const Json names =
        schema["properties"]["agents"]["additionalProperties"]["oneOf"][0]["properties"]["behavior"]["enum"];
    EXPECT_EQ(names.size(), models::behaviors().size());
    for (const auto& entry : models::sanctions())
        EXPECT_NE(schema["properties"]["sanction"]["properties"]["rule"]["enum"].dump().find(entry.info.name),
                  std::string::npos);
}

}  // namespace
}  // namespace commonweal
