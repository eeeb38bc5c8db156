#include "sim/scenario/screen.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

std::string refusal(const std::string& text) {
    try {
        screen(text, "f.toml");
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

std::string repeated(const std::string& part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

TEST(Screen, LetsOrdinaryTextThrough) {
    EXPECT_EQ(refusal(""), "");
    EXPECT_EQ(refusal("# a comment ... ... ... ... ... ... [[[[[[[[[[[[[[[[[[\n[game]\r\n\tmpcr = 0.4 # [\n"), "");
    EXPECT_EQ(refusal("title = \"caf\xc3\xa9 ................... [[[[[[[[[[[[[[[[[[[[ \\\" [\"\n"), "");
    EXPECT_EQ(refusal("a = '''\n[[[[[[[[[[[[[[[[[[[\n'''\nb = '\\'\n[c]\n"), "");
    EXPECT_EQ(refusal("weights = [" + repeated("0.5, ", 1000) + "1]"), "");
    EXPECT_EQ(refusal("open = \"never closed"), "") << "the parser's business";
}

TEST(Screen, RefusesControlCharactersWithTheirPlace) {
    EXPECT_EQ(refusal("a = 1\nb = \"\x01\"\n"), "f.toml:2:6: control character U+0001; a scenario is plain text");
    EXPECT_EQ(refusal("[\x01]"), "f.toml:1:2: control character U+0001; a scenario is plain text");
    EXPECT_EQ(refusal(std::string("a\0b", 3)), "f.toml:1:2: control character U+0000; a scenario is plain text");
    EXPECT_EQ(refusal("# \x7f"), "f.toml:1:3: control character U+007F; a scenario is plain text");
}

TEST(Screen, RefusesDeepNesting) {
    EXPECT_EQ(refusal("a = " + repeated("[", 16) + repeated("]", 16)), "");
    EXPECT_EQ(refusal("a = " + repeated("[", 17)), "f.toml:1:21: values are nested more than 16 deep");
    EXPECT_EQ(refusal("a = " + repeated("{a=", 100'000)), "f.toml:1:53: values are nested more than 16 deep");
}

TEST(Screen, RefusesKeysOfManyParts) {
    EXPECT_EQ(refusal(repeated("a.", 16) + "a = 1"), "");
    EXPECT_EQ(refusal(repeated("a.", 1'000'000) + "a = 1"),
              "f.toml:1:34: the parts of a key are nested more than 16 deep");
    EXPECT_THAT(refusal("[" + repeated("'a' . ", 17) + "a]"), testing::HasSubstr("nested more than 16"));
}

TEST(Screen, RefusesHugeTexts) {
    EXPECT_EQ(refusal(std::string(largest_scenario, ' ')), "");
    EXPECT_EQ(refusal(std::string(largest_scenario + 1, ' ')),
              "f.toml: 16777217 bytes; a scenario has at most 16777216");
}

}  // namespace
}  // namespace commonweal
