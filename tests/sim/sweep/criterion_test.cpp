#include "sim/sweep/criterion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

using testing::HasSubstr;

std::string refusal(const std::string& text) {
    try {
        parse_criterion(text);
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

TEST(Criterion, IsReadInOneSpelling) {
    const Criterion criterion = parse_criterion("  ci( mean_contribution )<0.010 ");
    EXPECT_EQ(criterion.text, "ci(mean_contribution) < 0.01");
    EXPECT_EQ(criterion.column, "mean_contribution");
    EXPECT_EQ(criterion.below, 0.01);
    EXPECT_EQ(parse_criterion("se(x) < 1").measure, Criterion::Measure::se);
    EXPECT_EQ(parse_criterion("relative_ci(x) < 1").measure, Criterion::Measure::relative_ci);
}

TEST(Criterion, RefusesWhatItDoesNotKnow) {
    EXPECT_THAT(refusal("mean_contribution < 0.1"), HasSubstr("is no criterion"));
    EXPECT_THAT(refusal("ci(x) > 0.1"), HasSubstr("is no criterion"));
    EXPECT_THAT(refusal("cj(x) < 0.1"), HasSubstr("measures 'cj' (did you mean 'ci'?)"));
    for (const char* number : {"0", "-1", "nan", "inf", "", "1x"})
        EXPECT_THAT(refusal(std::string("ci(x) < ") + number), HasSubstr("where a number above 0 belongs")) << number;
    RunSchema schema;
    schema.columns = {{"late_share", Number::float64, {}, "1", ""}};
    EXPECT_THROW(parse_criterion("ci(lateshare) < 1").check(schema), ConfigError);
    EXPECT_NO_THROW(parse_criterion("ci(late_share) < 1").check(schema));
}

TEST(Criterion, NumberOfARunIsTheMeanOverItsCells) {
    auto schema = std::make_shared<RunSchema>();
    schema->coordinates = {counting("round", 3, "")};
    schema->columns = {{"x", Number::float64, {"round"}, "1", ""}};
    RunRows rows(schema, 2);
    rows.put("x", std::vector<double>{1, 2, 6, 4, std::nan(""), 8});
    const Criterion criterion = parse_criterion("ci(x) < 1");
    EXPECT_EQ(criterion.of(rows, 0), 3);
    EXPECT_EQ(criterion.of(rows, 1), 6);
}

/// Shares of all strategies add up to 1: their mean is met by no run, or by all.
TEST(Criterion, NamesOneOfTheStrategies) {
    auto schema = std::make_shared<RunSchema>();
    schema->coordinates = {counting("round", 2, "")};
    schema->coordinates.push_back({.name = "strategy", .long_name = "", .texts = {"C", "D"}});
    schema->columns = {{"share", Number::float64, {"strategy", "round"}, "1", ""},
                       {"payoff", Number::float64, {"round"}, "1", ""}};
    RunRows rows(schema, 1);
    rows.put("share", std::vector<double>{0.25, 0.5, 0.75, 0.5});
    rows.put("payoff", std::vector<double>{1, 3});
    const Criterion of_c = parse_criterion("ci( share[C] ) < 0.02");
    EXPECT_EQ(of_c.text, "ci(share[C]) < 0.02");
    EXPECT_NO_THROW(of_c.check(*schema));
    EXPECT_EQ(of_c.of(rows, 0), 0.375);
    EXPECT_EQ(parse_criterion("ci(share[D]) < 1").of(rows, 0), 0.625);
    EXPECT_EQ(parse_criterion("ci(payoff) < 1").of(rows, 0), 2);
    const auto why = [&](const char* text) -> std::string {
        try {
            parse_criterion(text).check(*schema);
        } catch (const ConfigError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_THAT(why("ci(share) < 1"), HasSubstr("name one, as in share[C]; there are C, D"));
    EXPECT_THAT(why("ci(share[d]) < 1"), HasSubstr("share has no label 'd'"));
    EXPECT_THAT(why("ci(payoff[C]) < 1"), HasSubstr("payoff has no labels"));
    EXPECT_THAT(why("ci(payoff) < 1"), testing::IsEmpty());
    EXPECT_THAT(refusal("ci(share[]) < 1"), HasSubstr("a bracket without a label"));
    EXPECT_THAT(refusal("ci(share[C) < 1"), HasSubstr("a bracket without a label"));
}

/// Five runs 1 .. 5: sd = sqrt(2.5), se = sqrt(0.5) = 0.70711, and t(0.975; 4) = 2.776445 (any table): 1.963243.
TEST(Criterion, HalfWidthIsThatOfStudentsT) {
    const std::vector<std::vector<double>> runs{{1, 2, 3, 4, 5}};
    EXPECT_TRUE(parse_criterion("ci(x) < 1.96325").met(runs));
    EXPECT_FALSE(parse_criterion("ci(x) < 1.96323").met(runs));
    EXPECT_TRUE(parse_criterion("se(x) < 0.70711").met(runs));
    EXPECT_FALSE(parse_criterion("se(x) < 0.70710").met(runs));
    EXPECT_TRUE(parse_criterion("relative_ci(x) < 0.654415").met(runs));
    EXPECT_FALSE(parse_criterion("relative_ci(x) < 0.654413").met(runs));
}

/// Two instances of different means: what lies between them is no noise of replicates. The variance of the mean is
/// (s^2 / n + s^2 / n) / 4 = (0.5 + 0.5) / 4 = 0.25, with 8 degrees of freedom: t = 2.306004.
TEST(Criterion, TakesInstancesAsStrata) {
    const std::vector<std::vector<double>> runs{{1, 2, 3, 4, 5}, {101, 102, 103, 104, 105}};
    EXPECT_TRUE(parse_criterion("se(x) < 0.50001").met(runs));
    EXPECT_FALSE(parse_criterion("se(x) < 0.49999").met(runs));
    EXPECT_TRUE(parse_criterion("ci(x) < 1.15301").met(runs));
    EXPECT_FALSE(parse_criterion("ci(x) < 1.15299").met(runs));
}

TEST(Criterion, IsNotMetByTooFewRuns) {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(parse_criterion("ci(x) < 1000").met({{1, missing, missing}}));
    EXPECT_FALSE(parse_criterion("ci(x) < 1000").met({{1, 2, 3}, {missing}}));
    EXPECT_TRUE(parse_criterion("ci(x) < 1000").met({{1, missing, 2}}));
}

}  // namespace
}  // namespace commonweal
