#include "sim/scenario/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(const std::string& text) {
    try {
        parse_document(text, "f.toml");
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

std::vector<std::string> paths(const Document& document) {
    std::vector<std::string> names;
    for (const Table& table : document.tables) names.push_back(table.path);
    return names;
}

TEST(Document, KeepsTheOrderOfTheFile) {
    const auto document =
        parse_document("z = 1\na = 2\n[game]\n[agents.zed]\nx = 1\n[agents.abe]\n[agents.mia]\n", "f.toml");
    EXPECT_THAT(paths(document), ElementsAre("", "game", "agents", "agents.zed", "agents.abe", "agents.mia"));
    EXPECT_EQ(document.tables[0].entries[0].setting.key, "z");
    EXPECT_EQ(document.tables[0].entries[1].setting.key, "a");
}

TEST(Document, KnowsWhereKeysAndValuesStand) {
    const auto document = parse_document("[game]\n  mpcr   =   0.4\n", "f.toml");
    const Entry* entry = document.find("game")->find("mpcr");
    EXPECT_EQ(entry->key_where, "f.toml:2:3");
    EXPECT_EQ(entry->setting.where, "f.toml:2:14");
    EXPECT_EQ(document.where("game", "mpcr"), "f.toml:2:14");
    EXPECT_EQ(document.where("game", "endowment"), "f.toml:1:2");
    EXPECT_EQ(document.where("session", "rounds"), "f.toml");
}

TEST(Document, ReadsEveryWayToWriteATable) {
    const auto document = parse_document("session.rounds = 1\ngame = {mpcr = 0.4}\n[agents.a]\nshare = 1\n", "f.toml");
    EXPECT_THAT(paths(document), ElementsAre("", "session", "game", "agents", "agents.a"));
    EXPECT_EQ(document.find("game")->entries[0].setting.value, Value(0.4));
}

TEST(Document, ReadsEveryKindOfValue) {
    const auto document = parse_document("a=true\nb=3\nc=0.5\nd='x'\ne=[1, 0.5]\nf=['x','y']\ng=[]\nh=nan\n", "f.toml");
    const auto& entries = document.tables[0].entries;
    EXPECT_EQ(entries[0].setting.value, Value(true));
    EXPECT_EQ(entries[1].setting.value, Value(std::int64_t{3}));
    EXPECT_EQ(entries[2].setting.value, Value(0.5));
    EXPECT_EQ(entries[3].setting.value, Value(std::string("x")));
    EXPECT_EQ(entries[4].setting.value, Value(std::vector<double>{1, 0.5}));
    EXPECT_EQ(entries[5].setting.value, Value(std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(entries[6].setting.value, Value(std::vector<double>{}));
    EXPECT_TRUE(std::isnan(std::get<double>(entries[7].setting.value)));
}

TEST(Document, RefusesWhatNoScenarioHas) {
    EXPECT_EQ(refusal("a = 2020-01-01\n"), "f.toml:1:5: a is a date or time; no key of a scenario takes one");
    EXPECT_EQ(refusal("[t]\na = [1, 'x']\n"), "f.toml:2:5: t.a is a list that mixes numbers and texts");
    EXPECT_THAT(refusal("a = [[1]]\n"), HasSubstr("a is a list of something else than numbers or texts"));
    EXPECT_THAT(refusal("[[session]]\nrounds = 1\n"), HasSubstr("session is a list of something else"));
    EXPECT_EQ(refusal("\"a b\" = 1\n"),
              "f.toml:1:1: \"a b\" is not a name; a name has 1 to 64 letters a to z or A to Z, digits, _ or -");
    EXPECT_THAT(refusal("[\"agents.a\"]\n"), HasSubstr("is not a name"));
    EXPECT_THAT(refusal("[regime.\u00fcber]\n"), HasSubstr("; names have letters a to z or A to Z"));
    EXPECT_THAT(refusal(std::string(65, 'k') + " = 1\n"), HasSubstr("is not a name"));
}

TEST(Document, RefusesWhatIsNotTomlWithItsPlace) {
    EXPECT_THAT(refusal("[game]\nmpcr = \n"), HasSubstr("f.toml:2:"));
    EXPECT_THAT(refusal("a = 1\na = 2\n"), HasSubstr("f.toml:2:"));
    EXPECT_THAT(refusal("a = 99999999999999999999\n"), HasSubstr("f.toml:1:"));
    EXPECT_THAT(refusal("a = \"\xff\"\n"), HasSubstr("f.toml:1:"));
    EXPECT_THAT(refusal("a = 05\n"), HasSubstr("f.toml:1:"));
    EXPECT_EQ(refusal("a = 1\na = 2\n").find('\n'), std::string::npos) << "one line";
}

TEST(ParseValue, TakesOneTomlValue) {
    EXPECT_EQ(parse_value("0.5", "k", "here"), Value(0.5));
    EXPECT_EQ(parse_value("[1, 2]", "k", "here"), Value(std::vector<double>{1, 2}));
    EXPECT_EQ(parse_value("\"x\"", "k", "here"), Value(std::string("x")));
    EXPECT_EQ(parse_value("whole", "k", "here"), std::nullopt);
    EXPECT_EQ(parse_value("1\n[x]", "k", "here"), std::nullopt) << "no second line comes in";
    EXPECT_EQ(parse_value("", "k", "here"), std::nullopt);
}

TEST(BareName, IsANameWithoutQuotes) {
    EXPECT_TRUE(bare_name("free_rider-2"));
    EXPECT_FALSE(bare_name(""));
    EXPECT_FALSE(bare_name("a b"));
    EXPECT_FALSE(bare_name("a.b"));
    EXPECT_FALSE(bare_name("\xc3\xa9"));
}

}  // namespace
}  // namespace commonweal
