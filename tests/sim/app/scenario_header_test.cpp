#include "sim/app/scenario_header.hpp"

#include <gtest/gtest.h>

namespace commonweal {
namespace {

constexpr const char* text =
    "# Question: does it\n"
    "#   work?\n"
    "# Expect: yes: it does.\n"
    "# Source of the people: Someone (2010).\n"
    "# A line of its own.\n"
    "title = \"x\"\n"
    "# Question: another\n";

TEST(ScenarioHeader, JoinsLinesThatGoOn) {
    const ScenarioHeader header(text);
    EXPECT_EQ(header.said("Question"), "does it work?");
    EXPECT_EQ(header.said("Expect"), "yes: it does.");
    EXPECT_EQ(header.said("Run"), "");
    EXPECT_EQ(header.sources(), "Someone (2010).");
    EXPECT_EQ(header.all(), "does it work?\nyes: it does.\nSomeone (2010).\nA line of its own.");
}

TEST(ScenarioHeader, OfAFileWithoutCommentsSaysNothing) {
    EXPECT_EQ(ScenarioHeader("title = \"x\"\n# Question: late\n").said("Question"), "");
    EXPECT_EQ(ScenarioHeader("").all(), "");
}

}  // namespace
}  // namespace commonweal
