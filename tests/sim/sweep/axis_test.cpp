#include "sim/sweep/axis.hpp"
#include "sim/scenario/overrides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Value whole(std::int64_t x) { return x; }
Value text(const std::string& x) { return x; }

Axis axis(const std::string& written) { return parse_axis("game.mpcr", written, "command line"); }

std::vector<Value> values(const Axis& some) {
    std::vector<Value> all;
    for (std::size_t i = 0; i < some.size(); ++i) all.push_back(some.value(i));
    return all;
}

std::vector<Value> values(const std::string& written) { return values(axis(written)); }

template <class Action>
std::string message_of(const Action& action) {
    try {
        action();
    } catch (const ConfigError& error) {
        return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return "";
}

std::string refusal(const std::string& written) {
    return message_of([&] { axis(written); });
}

/// What follows the place, the key and the text.
std::string problem(const std::string& written) {
    const std::string message = refusal(written), before = "command line: game.mpcr=" + written + ": ";
    EXPECT_TRUE(message.starts_with(before)) << message;
    return message.substr(std::min(before.size(), message.size()));
}

TEST(Axis, ListsNumbersOfBothKinds) {
    EXPECT_THAT(values("1,2,3"), ElementsAre(whole(1), whole(2), whole(3)));
    EXPECT_THAT(values(" 0.5, 1.0 ,\t-2e-3"), ElementsAre(Value(0.5), Value(1.0), Value(-0.002)));
    EXPECT_THAT(values("7"), ElementsAre(whole(7)));
}

TEST(Axis, ListsWordsTextsAndFlags) {
    EXPECT_THAT(values("partners,strangers"), ElementsAre(text("partners"), text("strangers")));
    EXPECT_THAT(values("true,false"), ElementsAre(Value(true), Value(false)));
    EXPECT_THAT(values("\"a, b\",'c(d'"), ElementsAre(text("a, b"), text("c(d")));
    EXPECT_THAT(values("\"say \\\"a, b\\\"\",c"), ElementsAre(text("say \"a, b\""), text("c")));
    EXPECT_THAT(values("\"\",none"), ElementsAre(text(""), text("none")));
    EXPECT_THAT(values("../data/my people.csv,other.csv"),
                ElementsAre(text("../data/my people.csv"), text("other.csv")));
    EXPECT_THAT(values("[1, 2],[3]"), ElementsAre(Value(std::vector<double>{1, 2}), Value(std::vector<double>{3})));
}

TEST(Axis, ReadsChoiceAsAList) {
    EXPECT_THAT(values("choice(a, 1, 0.5, true, \"x)y\")"),
                ElementsAre(text("a"), whole(1), Value(0.5), Value(true), text("x)y")));
    EXPECT_EQ(axis("choice(a, b)").text, axis("a,b").text);
}

TEST(Axis, StepsThroughARangeWithoutItsStop) {
    EXPECT_THAT(values("range(0,10,3)"), ElementsAre(whole(0), whole(3), whole(6), whole(9)));
    EXPECT_THAT(values("range(0,9,3)"), ElementsAre(whole(0), whole(3), whole(6)));
    EXPECT_THAT(values("range(5,1,-2)"), ElementsAre(whole(5), whole(3)));
    EXPECT_THAT(values("range(1.0,3,1)"), ElementsAre(Value(1.0), Value(2.0))) << "1.0 is not a whole number";
    EXPECT_THAT(values("range(0,1,2)"), ElementsAre(whole(0)));
}

TEST(Axis, KeepsTheDecimalsOfARange) {
    EXPECT_THAT(values("range(0,1,0.1)"), ElementsAre(Value(0.0), Value(0.1), Value(0.2), Value(0.3), Value(0.4),
                                                      Value(0.5), Value(0.6), Value(0.7), Value(0.8), Value(0.9)));
    ASSERT_NE(3 * 0.1, 0.3) << "what the axis must not give";
    EXPECT_THAT(values("range(0.5,-0.1,-0.2)"), ElementsAre(Value(0.5), Value(0.3), Value(0.1)));
    EXPECT_THAT(values("range(1e-3,3.5e-3,1e-3)"), ElementsAre(Value(0.001), Value(0.002), Value(0.003)));
    EXPECT_EQ(axis("range(0,1,1e-6)").size(), 1'000'000u);
    EXPECT_EQ(axis("range(0,1,1e-6)").value(999'999), Value(0.999999));
}

TEST(Axis, StepsThroughARangeOfTooManyDigits) {
    const Axis some = axis("range(0,1.7e-20,4e-21)");
    ASSERT_EQ(some.size(), 5u);
    EXPECT_DOUBLE_EQ(std::get<double>(some.value(4)), 1.6e-20);
    ASSERT_GT(7e-21 / 1e-21, 7) << "what must not make an eighth value";
    EXPECT_EQ(axis("range(0,7e-21,1e-21)").size(), 7u);
    EXPECT_EQ(axis("range(0,1e-20,1)").size(), 1u);
    EXPECT_EQ(axis("range(-1e308,1e308,1e308)").size(), 2u);
}

TEST(Axis, CountsWholeNumbersBeyond53Bits) {
    EXPECT_THAT(values("range(9007199254740993,9007199254740996,2)"),
                ElementsAre(whole(9007199254740993), whole(9007199254740995)));
    EXPECT_THAT(values("linspace(-9223372036854775807,9223372036854775807,3)"),
                ElementsAre(whole(-9223372036854775807), whole(0), whole(9223372036854775807)));
    EXPECT_THAT(values("linspace(-9223372036854775807,9223372036854775807,2)"),
                ElementsAre(whole(-9223372036854775807), whole(9223372036854775807)));
    EXPECT_THAT(values("range(9007199254740992,9007199254740993,1)"), ElementsAre(whole(9007199254740992)));
}

TEST(Axis, SpacesNumbersEvenlyWithBothEnds) {
    EXPECT_THAT(values("linspace(0,1,5)"), ElementsAre(Value(0.0), Value(0.25), Value(0.5), Value(0.75), Value(1.0)));
    EXPECT_THAT(values("linspace(0.1,0.5,5)"), ElementsAre(Value(0.1), Value(0.2), Value(0.3), Value(0.4), Value(0.5)));
    EXPECT_THAT(values("linspace(1,0,2)"), ElementsAre(whole(1), whole(0)));
    EXPECT_THAT(values("linspace(10,50,5)"), ElementsAre(whole(10), whole(20), whole(30), whole(40), whole(50)));
    EXPECT_THAT(values("linspace(0.2,0.8,1)"), ElementsAre(Value(0.2)));
}

TEST(Axis, GivesExactEndsWhereSpacesHaveTooManyDigits) {
    const Axis some = axis("linspace(0.12345678901234567,0.76543210987654321,4)");
    EXPECT_EQ(some.value(0), Value(0.12345678901234567));
    EXPECT_EQ(some.value(3), Value(0.76543210987654321));
    EXPECT_NEAR(std::get<double>(some.value(1)), 0.33744856263374485, 1e-15);
}

TEST(Axis, EqualsThePlainQuotientForEveryPlaceOfALongSpacing) {
    const Axis some = axis("linspace(0,0.7,701)");
    ASSERT_EQ(some.size(), 701u);
    for (std::size_t i = 0; i < some.size(); ++i) ASSERT_EQ(some.value(i), Value(static_cast<double>(i) / 1000)) << i;
}

TEST(Axis, SpacesNumbersByEqualRatios) {
    EXPECT_THAT(values("logspace(0.001,1000,7)"), ElementsAre(Value(0.001), Value(0.01), Value(0.1), Value(1.0),
                                                              Value(10.0), Value(100.0), Value(1000.0)));
    EXPECT_THAT(values("logspace(1,1000,4)"), ElementsAre(whole(1), whole(10), whole(100), whole(1000)));
    EXPECT_THAT(values("logspace(8,2,3)"), ElementsAre(whole(8), whole(4), whole(2)));
    EXPECT_THAT(values("logspace(1,10,3)"), ElementsAre(Value(1.0), Value(3.16227766017), Value(10.0)));
    EXPECT_THAT(values("logspace(5,7,1)"), ElementsAre(whole(5)));
}

TEST(Axis, CountsIntegersWithBothEnds) {
    const Axis some = axis("integers(-1,2)");
    EXPECT_TRUE(some.finite());
    EXPECT_THAT(values(some), ElementsAre(whole(-1), whole(0), whole(1), whole(2)));
    EXPECT_THAT(values("integers(3,3)"), ElementsAre(whole(3)));
}

TEST(Axis, TakesQuantilesOfContinuousValues) {
    const Axis uniform = axis("uniform(-1,3)");
    EXPECT_FALSE(uniform.finite());
    EXPECT_EQ(uniform.size(), 0u);
    EXPECT_EQ(uniform.at(0), Value(-1.0));
    EXPECT_EQ(uniform.at(0.25), Value(0.0));
    EXPECT_EQ(uniform.at(1), Value(3.0));

    const Axis log = axis("loguniform(0.01,100)");
    EXPECT_FALSE(log.finite());
    EXPECT_NEAR(std::get<double>(log.at(0)), 0.01, 1e-15);
    EXPECT_NEAR(std::get<double>(log.at(0.25)), 0.1, 1e-14);
    EXPECT_NEAR(std::get<double>(log.at(0.5)), 1, 1e-14);
    EXPECT_NEAR(std::get<double>(log.at(1)), 100, 1e-12);
    EXPECT_LE(std::get<double>(log.at(1)), 100);
}

TEST(Axis, TakesEquallyLikelyQuantilesOfValues) {
    const Axis words = axis("a,b,c,d");
    EXPECT_EQ(words.at(0), text("a"));
    EXPECT_EQ(words.at(0.2499), text("a"));
    EXPECT_EQ(words.at(0.25), text("b"));
    EXPECT_EQ(words.at(0.9999), text("d"));
    EXPECT_EQ(words.at(1), text("d"));
    EXPECT_EQ(axis("integers(1,6)").at(0.5), whole(4));
    EXPECT_EQ(axis("integers(0,4294967295)").at(0.5), whole(2147483648));
}

TEST(Axis, WritesItselfSoThatItIsReadBack) {
    for (const auto& [written, canonical] : std::vector<std::pair<std::string, std::string>>{
             {" 1 , 2.0,0.50", "1,2.0,0.5"},
             {"choice(partners, \"a, b\", \"true\", \"1\")", "partners,\"a, b\",\"true\",\"1\""},
             {"true,word", "true,word"},
             {"[1, 2],[3]", "[1, 2],[3]"},
             {"range( 0, 1 ,1e-1)", "range(0,1,0.1)"},
             {"linspace(0.0,1,5)", "linspace(0.0,1,5)"},
             {"logspace(1e-9,1,4)", "logspace(1e-09,1,4)"},
             {"integers(1, 5)", "integers(1,5)"},
             {"uniform(0, 1.0)", "uniform(0,1.0)"},
             {"loguniform(1,1e20)", "loguniform(1,1e+20)"}}) {
        const Axis some = axis(written), again = axis(some.text);
        EXPECT_EQ(some.text, canonical);
        EXPECT_EQ(again.text, canonical);
        EXPECT_EQ(values(again), values(some)) << written;
        EXPECT_EQ(again.at(0.7), some.at(0.7)) << written;
    }
    EXPECT_EQ(axis("1,2").key, "game.mpcr");
    EXPECT_EQ(axis("1,2").where, "command line");
}

TEST(Axis, ReadsTheValuesOfAFile) {
    const auto read = [](const Value& value) { return axis_of({"game.mpcr", value, "f.toml:3:8"}); };
    EXPECT_THAT(values(read(std::vector<double>{0.5, 1, 2})), ElementsAre(Value(0.5), whole(1), whole(2)));
    EXPECT_THAT(values(read(std::vector<std::string>{"a, b", "1"})), ElementsAre(text("a, b"), text("1")))
        << "a text of a list is taken as it stands";
    EXPECT_THAT(values(read(std::string("range(0,1,0.5)"))), ElementsAre(Value(0.0), Value(0.5)));
    EXPECT_THAT(values(read(true)), ElementsAre(Value(true)));
    EXPECT_THAT(values(read(std::int64_t{3})), ElementsAre(whole(3)));
    EXPECT_EQ(read(std::vector<double>{0.5, 1}).text, "0.5,1");
    EXPECT_EQ(message_of([&] { read(std::vector<double>{}); }),
              "f.toml:3:8: game.mpcr is an empty list; a sweep needs at least one value");
    EXPECT_EQ(message_of([&] { read(std::vector<double>{1, std::numeric_limits<double>::quiet_NaN()}); }),
              "f.toml:3:8: game.mpcr has the value nan; it must be finite");
}

TEST(Axis, NamesTheNearestFunction) {
    EXPECT_EQ(refusal("linspce(0,1,5)"),
              "command line: game.mpcr=linspce(0,1,5): unknown 'linspce' (did you mean 'linspace'?); known: choice, "
              "range, linspace, logspace, integers, uniform, loguniform; a text with parentheses needs quotes");
    EXPECT_THAT(problem("gaussian(0,1)"), HasSubstr("unknown 'gaussian'; known: choice, range"));
}

TEST(Axis, RefusesParenthesesThatDoNotMatch) {
    EXPECT_EQ(problem("range(0,1,0.1"), "the ')' of range is missing");
    EXPECT_EQ(problem("choice(a,\"b)\""), "the ')' of choice is missing");
    EXPECT_EQ(problem("range(0,1,0.1)x"), "nothing may follow the ')' of range");
    EXPECT_EQ(problem("range(0,1,0.1),2"), "nothing may follow the ')' of range");
    EXPECT_THAT(refusal("1,range(0,1,0.1)"), HasSubstr("is not a TOML value"));
}

TEST(Axis, RefusesEmptyAndRepeatedValues) {
    EXPECT_EQ(problem("1,,2"), "value 2 of 3 is empty; an empty text is written \"\"");
    EXPECT_EQ(problem("1,2,"), "value 3 of 3 is empty; an empty text is written \"\"");
    EXPECT_EQ(problem(" "), "value 1 of 1 is empty; an empty text is written \"\"");
    EXPECT_EQ(problem("range(0,,1)"), "value 2 of 3 is empty; an empty text is written \"\"");
    EXPECT_EQ(problem("choice()"), "value 1 of 1 is empty; an empty text is written \"\"");
    EXPECT_EQ(refusal("0.5,1,0.50"), "command line: game.mpcr has the value 0.5 twice");
    EXPECT_EQ(refusal("1,1.0"), "command line: game.mpcr has the value 1.0 twice");
    EXPECT_EQ(refusal("0,-0.0"), "command line: game.mpcr has the value -0.0 twice");
    EXPECT_EQ(refusal("a,b,\"a\""), "command line: game.mpcr has the value a twice");
    EXPECT_THAT(values("1,\"1\""), ElementsAre(whole(1), text("1"))) << "a number is not the text of it";
}

TEST(Axis, RefusesWhatIsNoNumber) {
    EXPECT_EQ(refusal("nan,1"), "command line: game.mpcr has the value nan; it must be finite");
    EXPECT_EQ(refusal("1,-inf"), "command line: game.mpcr has the value -inf; it must be finite");
    EXPECT_EQ(problem("range(0,nan,1)"), "nan is not a finite number");
    EXPECT_EQ(problem("uniform(low,1)"), "low is not a finite number");
    EXPECT_EQ(problem("linspace(0,\"1\",3)"), "\"1\" is not a finite number");
    EXPECT_THAT(refusal("0.1,.5"), HasSubstr("game.mpcr=.5 is not a number as TOML writes it"));
}

TEST(Axis, RefusesTheWrongNumberOfArguments) {
    EXPECT_EQ(problem("range(0,1)"), "range takes 3 numbers: range(a,b,step); found 2");
    EXPECT_EQ(problem("uniform(0,1,2)"), "uniform takes 2 numbers: uniform(a,b); found 3");
}

TEST(Axis, RefusesRangesWithoutValuesAndWithTooMany) {
    EXPECT_EQ(problem("range(0,1,0)"), "the step is 0");
    EXPECT_EQ(problem("range(0,1,-0.1)"), "a step of -0.1 does not lead from 0 to 1");
    EXPECT_EQ(problem("range(3,1,1)"), "a step of 1 does not lead from 3 to 1");
    EXPECT_EQ(problem("range(1,1.0,1)"), "there is no value from 1 to before 1.0");
    EXPECT_EQ(axis("range(0,10000000,1)").size(), 10'000'000u);
    EXPECT_EQ(problem("range(0,10000001,1)"), "there are more than 10000000 values");
    EXPECT_EQ(problem("range(0,1,1e-8)"), "there are more than 10000000 values");
    EXPECT_EQ(problem("range(0,1.00000000000000002e-9,1.00000000000000002e-20)"),
              "there are more than 10000000 values");
    EXPECT_EQ(problem("range(0,1,1e-300)"), "the values are too close to be told apart");
    EXPECT_EQ(problem("range(1e300,2e300,1e-300)"), "the values are too close to be told apart");
    EXPECT_EQ(problem("range(-9223372036854775807,9223372036854775807,1)"), "there are more than 10000000 values");
    EXPECT_EQ(problem("range(1e20,1.00000000000000005e20,1)"), "there is no value from 1e+20 to before 1e+20");
    EXPECT_EQ(problem("range(1e20,1.0000000000000005e20,10)"), "the values are too close to be told apart");
}

TEST(Axis, RefusesSpacingsThatAreNone) {
    for (const std::string n : {"0", "-1", "2.0", "10000001", "many"}) {
        EXPECT_EQ(problem("linspace(0,1," + n + ")"), "n is " + n + "; it must be a whole number in [1, 10000000]");
        EXPECT_EQ(problem("logspace(1,2," + n + ")"), "n is " + n + "; it must be a whole number in [1, 10000000]");
    }
    EXPECT_EQ(problem("linspace(1,1.0,3)"), "both ends are 1, and 3 values are asked for");
    EXPECT_EQ(problem("logspace(2,2,3)"), "both ends are 2, and 3 values are asked for");
    EXPECT_EQ(problem("linspace(1e300,1.000000000000001e300,100)"), "the values are too close to be told apart");
    EXPECT_EQ(problem("logspace(1,1.0000000001,100)"), "the values are too close to be told apart");
    EXPECT_EQ(problem("logspace(0,1,3)"), "0 is not above 0, as a scale of logarithms needs");
    EXPECT_EQ(problem("logspace(1,-2,3)"), "-2 is not above 0, as a scale of logarithms needs");
}

TEST(Axis, RefusesDistributionsWithWrongEnds) {
    EXPECT_EQ(problem("uniform(1,1)"), "1 is not below 1");
    EXPECT_EQ(problem("uniform(2,1)"), "2 is not below 1");
    EXPECT_EQ(problem("uniform(-1e308,1e308)"), "the distance of the ends is too large for a number");
    EXPECT_EQ(problem("loguniform(0,1)"), "0 is not above 0, as a scale of logarithms needs");
    EXPECT_EQ(problem("loguniform(3,2)"), "3 is not below 2");
    EXPECT_EQ(problem("integers(2,1)"), "2 is above 1; the lower end comes first");
    EXPECT_EQ(problem("integers(0,1.5)"), "1.5 is not a whole number");
    EXPECT_EQ(problem("integers(-9223372036854775807,9223372036854775807)"),
              "there are more than 2^53 whole numbers between the ends");
}

TEST(Axis, CutsLongTextsInMessages) {
    const std::string message = refusal("range(" + std::string(1000, '1') + "x,2,1");
    EXPECT_LT(message.size(), 200u);
    EXPECT_THAT(message, HasSubstr("111...: the ')' of range is missing"));
}

TEST(IsSweep, SeesSeveralValuesAndFunctions) {
    for (const std::string sweep : {"a=1,2", "a=x, y", "a=range(0,1,0.1)", "a= choice(x)", "a=linspce(0,1,5)",
                                    "a=range(0,1", "a=\"x, y\",z", "a=[1, 2],[3]", "a=,"})
        EXPECT_TRUE(is_sweep(sweep)) << sweep;
    for (const std::string one : {"a=1", "a=word", "a=\"x, y\"", "a='x, y'", "a=[1, 2]", "a=[\"x\", \"y\"]",
                                  "a={x=1, y=2}", "a", "a=", "1,2", "a=it's, so", "a=\"x\\\", y\"", "a=x (y)"})
        EXPECT_FALSE(is_sweep(one)) << one;
}

}  // namespace
}  // namespace commonweal
