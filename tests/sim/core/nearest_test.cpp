#include "sim/core/nearest.hpp"

#include <gtest/gtest.h>

namespace commonweal {
namespace {

TEST(EditDistance, CountsEachKindOfEdit) {
    EXPECT_EQ(edit_distance("", ""), 0u);
    EXPECT_EQ(edit_distance("rounds", "rounds"), 0u);
    EXPECT_EQ(edit_distance("rounds", "round"), 1u);    // deletion
    EXPECT_EQ(edit_distance("round", "rounds"), 1u);    // insertion
    EXPECT_EQ(edit_distance("rounds", "roumds"), 1u);   // replacement
    EXPECT_EQ(edit_distance("rounds", "ruonds"), 1u);   // swap of neighbors
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);  // the textbook pair
    EXPECT_EQ(edit_distance("", "abc"), 3u);
}

TEST(EditDistance, IsSymmetric) {
    EXPECT_EQ(edit_distance("endowment", "endowmnet"), edit_distance("endowmnet", "endowment"));
}

TEST(Nearest, PicksTheNameWithTheFewestEdits) {
    EXPECT_EQ(nearest("endowmet", {"mpcr", "endowment", "tokens"}), "endowment");
    EXPECT_EQ(nearest("a", {"b", "a"}), "a");
}

TEST(Nearest, IsEmptyWhenNothingIsNear) {
    EXPECT_EQ(nearest("zebra", {"mpcr", "endowment"}), "");
    EXPECT_EQ(nearest("anything", {}), "");
}

TEST(Nearest, AllowsAThirdOfTheLongerWord) {
    EXPECT_EQ(nearest("abcxyz", {"abcdyz"}), "abcdyz");
    EXPECT_EQ(nearest("axxxyz", {"abcdyz"}), "");
}

TEST(DidYouMean, EndsAMessage) {
    EXPECT_EQ(did_you_mean("ruonds", {"rounds"}), " (did you mean 'rounds'?)");
    EXPECT_EQ(did_you_mean("zebra", {"rounds"}), "");
}

}  // namespace
}  // namespace commonweal
