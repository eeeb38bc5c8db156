#include "sim/app/glossary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// The words that `commonweal describe` takes from a page of the documentation.

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(Glossary, ReadsWordsSymbolsAndMeanings) {
    const auto entries = glossary_of(
        "# Glossary\n\nAn introduction with a **bold** word.\n\n**alter, ego.** The one who may have\n"
        "influenced, and the *other*.\n\n**payoff** *\u03c0*. What `e` leaves. [All of them](a.md).\n");
    ASSERT_THAT(entries, SizeIs(2));
    EXPECT_THAT(entries[0].words, ElementsAre("alter", "ego"));
    EXPECT_EQ(entries[0].symbol, "");
    EXPECT_EQ(entries[0].meaning, "The one who may have influenced, and the other.");
    EXPECT_THAT(entries[1].words, ElementsAre("payoff"));
    EXPECT_EQ(entries[1].symbol, "\u03c0");
    EXPECT_EQ(entries[1].meaning, "What e leaves.");
}

TEST(Glossary, KeepsTheTextOfALinkInsideASentence) {
    const auto entries = glossary_of("**degree.** See [the page](x.md) on it. [Why it is not\nzero](y.md).");
    ASSERT_THAT(entries, SizeIs(1));
    EXPECT_EQ(entries[0].meaning, "See the page on it.");
}

TEST(Glossary, EveryEntryOfThePageHasAMeaning) {
    const auto entries = glossary_of(glossary_file());
    EXPECT_GT(entries.size(), 50u);
    for (const GlossaryEntry& entry : entries) {
        EXPECT_FALSE(entry.words.empty());
        EXPECT_TRUE(entry.meaning.ends_with('.')) << entry.meaning;
        EXPECT_EQ(entry.meaning.find_first_of("[]*`\n"), std::string::npos) << entry.meaning;
    }
}

}  // namespace
}  // namespace commonweal
