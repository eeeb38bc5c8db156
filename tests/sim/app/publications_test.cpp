#include "sim/app/publications.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/catalog.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;

TEST(Publications, AreTakenApart) {
    const auto found = publications_in(
        "Szabo & Toke (1998), Phys Rev E 58, 69-73; thresholds: Hauert, De Monte, Hofbauer & van der Heijden (2002), "
        "Science "
        "296(5), e1129. The rest is a construction of this program.");
    ASSERT_EQ(found.size(), 2u);
    EXPECT_THAT(found[0].authors, ElementsAre("Szabo", "Toke"));
    EXPECT_EQ(found[0].journal, "Phys Rev E");
    EXPECT_EQ(found[0].volume, "58");
    EXPECT_EQ(found[0].pages, "69-73");
    EXPECT_THAT(found[1].authors, ElementsAre("Hauert", "De Monte", "Hofbauer", "van der Heijden"));
    EXPECT_EQ(found[1].volume, "296(5)");
    EXPECT_EQ(found[1].pages, "e1129");
}

TEST(Publications, OfBooksAndOthersAndInParentheses) {
    const auto found = publications_in(
        "Olson (1965), The Logic of Collective Action; Rand et al. (2009), Science 325, 1272-1275; the design of "
        "Fowler & Christakis "
        "(2010, PNAS 107, 5334-5338); Erdos & Renyi (1959).");
    ASSERT_EQ(found.size(), 4u);
    EXPECT_EQ(citation_of(found[0]), "Olson (1965), The Logic of Collective Action");
    EXPECT_TRUE(found[1].others);
    EXPECT_EQ(citation_of(found[1]), "Rand et al. (2009), Science 325, 1272-1275");
    EXPECT_EQ(citation_of(found[2]), "Fowler & Christakis (2010), PNAS 107, 5334-5338");
    EXPECT_EQ(citation_of(found[3]), "Erdos & Renyi (1959)");
}

TEST(Publications, ThereAreNoneInOtherTexts) {
    EXPECT_TRUE(publications_in("Construction of this program.").empty());
    EXPECT_TRUE(publications_in("in 2010 (a good year), pages 1-2").empty());
}

/// Every year in parentheses in the sources of all models is that of a publication which was found.
TEST(Publications, OfAllModelsAreFound) {
    std::size_t sources = 0;
    const auto check = [&](const auto& entries) {
        for (const auto& entry : entries) {
            const std::string source(entry.info.source);
            std::size_t years = 0;
            for (std::size_t at = source.find('('); at != std::string::npos; at = source.find('(', at + 1))
                years += at + 5 < source.size() && (source[at + 5] == ')' || source[at + 5] == ',') &&
                         (source.substr(at + 1, 2) == "19" || source.substr(at + 1, 2) == "20");
            const auto found = publications_in(source);
            EXPECT_GE(years, found.size()) << source;
            EXPECT_LE(years, found.size() + 1) << source;  // the same one may stand there twice
            sources += !found.empty();
        }
    };
    check(models::behaviors());
    check(models::sanctions());
    check(models::subjects());
    check(models::networks());
    check(models::strategies());
    check(models::updates());
    check(models::policies());
    EXPECT_GT(sources, 50u);
}

}  // namespace
}  // namespace commonweal
