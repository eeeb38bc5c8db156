#include "sim/sweep/run_ranges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace commonweal {
namespace {

TEST(RunRanges, AreReadAsTheyAreWritten) {
    const auto ranges = ranges_of({5, 0, 2, 1, 9, 10, 4294967295u});
    EXPECT_EQ(text_of(ranges), "0-2,5,9-10,4294967295");
    EXPECT_EQ(parse_ranges(text_of(ranges)), ranges);
    EXPECT_EQ(text_of({}), "");
    EXPECT_TRUE(parse_ranges("").empty());
}

TEST(RunRanges, RefuseOtherTexts) {
    for (const char* text : {"a", "1-", "3-1", "1 2", "1,,2", "-1", "4294967296", "1-2-3"})
        EXPECT_THROW(parse_ranges(text), std::invalid_argument) << text;
}

}  // namespace
}  // namespace commonweal
