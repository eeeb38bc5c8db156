#include "sim/model/parameter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A model with one parameter of each kind.
struct Everything {
    static constexpr std::array<std::string_view, 3> colors{"red", "green", "blue"};

    float share = 0.1f;
    double rate = 1e-9;
    std::uint32_t count = 3;
    std::uint64_t seed = 7;
    bool loud = true;
    std::uint32_t color = 1;
    std::string text = "none";
    std::vector<double> weights{0.5, 1};
    std::vector<std::string> names{"a"};
    double low = 0, high = 1;

    static auto parameters() {
        using Self = Everything;
        return std::array{
            Parameter<Self>{"share", &Self::share, 0, 1, "-", "a share"},
            Parameter<Self>{"rate", &Self::rate, 0, 1, "per round", "a rate"},
            Parameter<Self>{"count", &Self::count, 1, 10, "-", "a count"},
            Parameter<Self>{"seed", &Self::seed, 0, 9223372036854775807.0, "-", "a seed"},
            Parameter<Self>{"loud", &Self::loud, 0, 0, "", "a flag"},
            Parameter<Self>{"color", &Self::color, 0, 0, "", "a choice", colors},
            Parameter<Self>{"text", &Self::text, 0, 0, "", "a text"},
            Parameter<Self>{"weights", &Self::weights, 0, 1, "-", "numbers"},
            Parameter<Self>{"names", &Self::names, 0, 0, "", "texts"},
            Parameter<Self>{"low", &Self::low, 0, 1, "-", "lower end"},
            Parameter<Self>{"high", &Self::high, 0, 1, "-", "upper end"},
        };
    }
    void check(const std::string& where) const {
        if (low > high) throw ConfigError(where, "low is above high");
    }
};

Everything made(const std::vector<Setting>& settings) {
    return configured<Everything>(settings, "everything", "f.toml:1:1");
}

/// The message of the ConfigError that a setting gives; "" when it gives none.
std::string refusal(const std::string& key, const Value& value) {
    try {
        made({{key, value, "f.toml:3:9"}});
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

TEST(ParameterInfos, KnowKindRangeAndDefault) {
    const auto infos = parameter_infos<Everything>();
    std::vector<ValueKind> kinds;
    for (const auto& info : infos) kinds.push_back(info.kind);
    EXPECT_THAT(kinds, ElementsAre(ValueKind::number, ValueKind::number, ValueKind::whole, ValueKind::whole,
                                   ValueKind::flag, ValueKind::choice, ValueKind::text, ValueKind::numbers,
                                   ValueKind::texts, ValueKind::number, ValueKind::number));
    EXPECT_EQ(infos[0].preset, Value(0.1)) << "a float's default is the decimal that was written";
    EXPECT_EQ(infos[2].preset, Value(std::int64_t{3}));
    EXPECT_EQ(infos[5].preset, Value(std::string("green")));
    EXPECT_EQ(infos[2].low, 1);
    EXPECT_EQ(infos[1].unit, "per round");
}

TEST(Configured, PutsEveryKindOfValueIn) {
    const Everything model = made({{"share", 0.25, ""},
                                   {"rate", std::int64_t{1}, ""},
                                   {"count", std::int64_t{10}, ""},
                                   {"seed", std::numeric_limits<std::int64_t>::max(), ""},
                                   {"loud", false, ""},
                                   {"color", std::string("blue"), ""},
                                   {"text", std::string("some"), ""},
                                   {"weights", std::vector<double>{0, 1}, ""},
                                   {"names", std::vector<std::string>{"b", "c"}, ""}});
    EXPECT_EQ(model.share, 0.25f);
    EXPECT_EQ(model.rate, 1.0) << "a whole number stands for a number";
    EXPECT_EQ(model.count, 10u);
    EXPECT_EQ(model.seed, 9223372036854775807u);
    EXPECT_FALSE(model.loud);
    EXPECT_EQ(model.color, 2u);
    EXPECT_EQ(model.text, "some");
    EXPECT_THAT(model.weights, ElementsAre(0, 1));
    EXPECT_THAT(model.names, ElementsAre("b", "c"));
}

TEST(Configured, LeavesDefaultsAlone) {
    const Everything model = made({});
    EXPECT_EQ(model.share, 0.1f);
    EXPECT_EQ(model.color, 1u);
}

TEST(Configured, TakesAnEmptyListOfEitherKind) {
    EXPECT_TRUE(made({{"weights", std::vector<double>{}, ""}}).weights.empty());
    EXPECT_TRUE(made({{"names", std::vector<double>{}, ""}}).names.empty());
}

TEST(Configured, RefusesWhatIsOutOfRangeWithPlaceValueAndRange) {
    EXPECT_EQ(refusal("share", 1.5), "f.toml:3:9: share is 1.5; it must be a number in [0, 1]");
    EXPECT_EQ(refusal("rate", -1e-9), "f.toml:3:9: rate is -1e-09; it must be a number in [0, 1] [per round]");
    EXPECT_EQ(refusal("count", std::int64_t{0}), "f.toml:3:9: count is 0; it must be a whole number in [1, 10]");
    EXPECT_EQ(refusal("seed", std::int64_t{-1}),
              "f.toml:3:9: seed is -1; it must be a whole number in [0, 9223372036854775807]");
    EXPECT_THAT(refusal("weights", std::vector<double>{0.5, 2}),
                HasSubstr("[0.5, 2]; it must be a list of numbers in [0, 1]"));
}

TEST(Configured, RefusesNanAndInfinity) {
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    EXPECT_THAT(refusal("share", nan), HasSubstr("share is nan"));
    EXPECT_THAT(refusal("rate", infinity), HasSubstr("rate is inf"));
    EXPECT_THAT(refusal("rate", -infinity), HasSubstr("rate is -inf"));
    EXPECT_THAT(refusal("weights", std::vector<double>{nan}), HasSubstr("[nan]"));
}

TEST(Configured, ConvertsNothingButWholeNumbersToNumbers) {
    EXPECT_THAT(refusal("count", 3.0), HasSubstr("whole numbers are written without point and exponent"));
    EXPECT_THAT(refusal("count", true), HasSubstr("count is true"));
    EXPECT_THAT(refusal("share", std::string("0.5")), HasSubstr("share is \"0.5\""));
    EXPECT_THAT(refusal("loud", std::int64_t{1}), HasSubstr("must be true or false"));
    EXPECT_THAT(refusal("text", std::int64_t{1}), HasSubstr("must be a text"));
    EXPECT_THAT(refusal("weights", 0.5), HasSubstr("must be a list of numbers"));
    EXPECT_THAT(refusal("names", std::string("a")), HasSubstr("must be a list of texts"));
    EXPECT_THAT(refusal("color", std::int64_t{1}), HasSubstr("must be one of 'red', 'green', 'blue'"));
}

TEST(Configured, NamesTheNearestWordAndKey) {
    EXPECT_EQ(refusal("color", std::string("gren")),
              "f.toml:3:9: color is \"gren\"; it must be one of 'red', 'green', 'blue' (did you mean 'green'?)");
    EXPECT_THAT(refusal("cuont", std::int64_t{1}),
                HasSubstr("unknown key 'cuont' in everything (did you mean 'count'?); known: share,"));
}

struct Symbols {
    double enhancement = 3, cost = 1, fee = 0;
    static auto parameters() {
        using Self = Symbols;
        return std::array{
            Parameter<Self>{"enhancement", &Self::enhancement, 0, 10, "1", "r, what a pot is multiplied by"},
            Parameter<Self>{"cost", &Self::cost, 0, 10, "payoff", "c, tokens of a giver; see r.x"},
            Parameter<Self>{"fee", &Self::fee, 0, 10, "payoff", "tokens of everybody"}};
    }
};

/// Papers write symbols; a word of several meanings names none of them.
TEST(Configured, NamesTheKeyWhoseSymbolIsAskedFor) {
    const auto told = [](const std::string& key) {
        try {
            configured<Symbols>({{key, 1.0, "f.toml"}}, "[game]", "f.toml");
        } catch (const ConfigError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(told("r"),
                HasSubstr("'r' in [game] (did you mean 'enhancement': r, what a pot is multiplied by?); known"));
    EXPECT_THAT(told("c"), HasSubstr("(did you mean 'cost': c, tokens of a giver"));
    EXPECT_THAT(told("tokens"), HasSubstr("'tokens' in [game]; known: enhancement, cost, fee"));
    EXPECT_THAT(told("x"), HasSubstr("'x' in [game]; known"));
}

TEST(Configured, ChecksRelationsAtTheTable) {
    EXPECT_EQ(refusal("low", 1.0), "") << "low may equal high";
    EXPECT_EQ(refusal("high", 0.0), "");
    try {
        made({{"low", 0.6, ""}, {"high", 0.5, ""}});
        FAIL();
    } catch (const ConfigError& error) {
        EXPECT_STREQ(error.what(), "f.toml:1:1: low is above high");
    }
}

TEST(Refuse, CutsAValueThatWouldFillTheScreen) {
    const std::string message = refusal("count", std::string(100'000, 'x'));
    EXPECT_LT(message.size(), 200u);
    EXPECT_THAT(message, HasSubstr("xxx...;"));
    EXPECT_EQ(refusal("count", std::string(78, 'x') + "\u00e9").find("\xc3..."), std::string::npos)
        << "never within a character";
}

TEST(NumberText, ReadsBackAsTheSameNumber) {
    EXPECT_EQ(number_text(20), "20");
    EXPECT_EQ(number_text(0.4), "0.4");
    EXPECT_EQ(number_text(1e-9), "1e-09");
    EXPECT_EQ(number_text(-0.0), "0") << "TOML has no negative whole zero";
    for (const double x : {0.1, 1.0 / 3, 1e15, 123456789012345678.0, 1e300, 5e-324, -2.5})
        EXPECT_EQ(std::strtod(number_text(x).c_str(), nullptr), x) << number_text(x);
}

TEST(Shortest, IsTheDecimalThatWasMeant) {
    EXPECT_EQ(shortest(0.1f), 0.1);
    EXPECT_EQ(shortest(0.666f), 0.666);
    EXPECT_EQ(shortest(20.0f), 20.0);
}

TEST(ValueText, IsToml) {
    EXPECT_EQ(value_text(true), "true");
    EXPECT_EQ(value_text(std::int64_t{-3}), "-3");
    EXPECT_EQ(value_text(std::vector<double>{1, 0.5}), "[1, 0.5]");
    EXPECT_EQ(value_text(std::vector<std::string>{"a", "b\""}), "[\"a\", \"b\\\"\"]");
    EXPECT_EQ(value_text(std::string("a\\\n\t\x01")), "\"a\\\\\\n\\t\\u0001\"");
}

}  // namespace
}  // namespace commonweal
