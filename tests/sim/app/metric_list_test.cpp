#include "sim/app/metric_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/catalog.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {
namespace {

const MetricInfo& metric_of(const std::vector<MetricInfo>& all, const std::string& name) {
    const auto found = std::ranges::find(all, name, &MetricInfo::name);
    EXPECT_NE(found, all.end()) << name;
    return *found;
}

TEST(Metrics, HaveAUnitAMeaningAndAShape) {
    std::set<std::string> names;
    for (const MetricInfo& metric : metrics()) {
        EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
        ASSERT_FALSE(metric.shapes.empty()) << metric.name;
        for (const MetricShape& shape : metric.shapes) {
            EXPECT_FALSE(shape.unit.empty()) << metric.name;
            EXPECT_FALSE(shape.meaning.empty()) << metric.name;
        }
    }
}

TEST(Metrics, DifferInShapeBetweenKindsOfPlay) {
    const auto all = metrics();
    const MetricInfo& payoff = metric_of(all, "mean_payoff");
    ASSERT_EQ(payoff.shapes.size(), 4u);
    EXPECT_THAT(payoff.shapes[0].axes, testing::ElementsAre("condition", "condition_round"));
    EXPECT_THAT(payoff.shapes[2].axes, testing::ElementsAre("round"));
    EXPECT_EQ(metric_of(all, "gini").shapes.front().play, "service");
    EXPECT_EQ(metric_of(all, "tip_round").when, "record.adoption = true");
    EXPECT_EQ(metric_of(all, "fund_cost").when, "a [fund]");
}

/// What a metric needs is right: a scenario without any of it records only metrics that need nothing.
TEST(Metrics, NeedNothingThatAPlainScenarioDoesNotHave) {
    constexpr const char* plain =
        "seed = 1\n[matching]\nkind = \"strangers\"\n[agents.all]\nbehavior = \"linear_influence\"\n";
    const auto all = metrics();
    const auto trial = make_trial(parse_scenario(plain, "plain", {}, models::catalog()));
    EXPECT_GE(trial->schema()->columns.size(), 5u);
    for (const Column& column : trial->schema()->columns)
        EXPECT_EQ(metric_of(all, column.name).when, "") << column.name;
}

}  // namespace
}  // namespace commonweal
