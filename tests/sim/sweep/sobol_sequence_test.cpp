#include "sim/sweep/sobol_sequence.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

double coordinate(const SobolSequence& sequence, std::uint32_t i, std::size_t dimension) {
    return sequence.word(i, dimension) * 0x1p-32;
}

TEST(SobolSequence, HasThePublishedPoints) {
    // The first ten points in three dimensions, as Joe and Kuo publish them with their direction numbers.
    const std::array<std::array<double, 3>, 10> published{{{0, 0, 0},
                                                           {0.5, 0.5, 0.5},
                                                           {0.75, 0.25, 0.25},
                                                           {0.25, 0.75, 0.75},
                                                           {0.375, 0.375, 0.625},
                                                           {0.875, 0.875, 0.125},
                                                           {0.625, 0.125, 0.875},
                                                           {0.125, 0.625, 0.375},
                                                           {0.1875, 0.3125, 0.9375},
                                                           {0.6875, 0.8125, 0.4375}}};
    const SobolSequence sequence(3);
    for (std::uint32_t i = 0; i < published.size(); ++i)
        for (std::size_t dimension = 0; dimension < 3; ++dimension)
            EXPECT_EQ(coordinate(sequence, i, dimension), published[i][dimension]) << i << ", " << dimension;
}

TEST(SobolSequence, HasOnePointInEachIntervalOfEachDimension) {
    const SobolSequence sequence(SobolSequence::most_dimensions());
    for (const std::size_t dimension :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{99}, SobolSequence::most_dimensions() - 1}) {
        std::set<std::uint32_t> intervals;
        for (std::uint32_t i = 0; i < 1024; ++i) intervals.insert(sequence.word(i, dimension) >> 22);
        EXPECT_EQ(intervals.size(), 1024u) << dimension;
    }
}

TEST(SobolSequence, HasOnePointInEachBoxOfTheFirstTwoDimensions) {
    const SobolSequence sequence(2);
    for (unsigned x = 1; x < 8; ++x) {
        std::set<std::uint32_t> boxes;
        for (std::uint32_t i = 0; i < 256; ++i)
            boxes.insert((sequence.word(i, 0) >> (32 - x)) << (8 - x) | sequence.word(i, 1) >> (24 + x));
        EXPECT_EQ(boxes.size(), 256u) << "boxes of width 2^-" << x;
    }
}

TEST(SobolSequence, IsTheSameInMoreDimensions) {
    const SobolSequence few(3), many(30);
    for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(few.word(i, 2), many.word(i, 2));
}

TEST(SobolSequence, RefusesDimensionsItHasNot) {
    EXPECT_THROW(SobolSequence(0), Error);
    EXPECT_THROW(SobolSequence(SobolSequence::most_dimensions() + 1), Error);
}

}  // namespace
}  // namespace commonweal
