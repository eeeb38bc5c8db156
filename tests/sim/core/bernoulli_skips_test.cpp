#include "sim/core/bernoulli_skips.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace commonweal {
namespace {

const Randomness randomness({.network = 1, .initial = 1, .dynamics = 1});

std::vector<std::uint64_t> visited(double p, std::uint64_t begin, std::uint64_t end, std::uint32_t replicate = 0) {
    DrawSequence draws(randomness, {.stream = Stream::rewiring, .replicate = replicate});
    std::vector<std::uint64_t> found;
    BernoulliSkips(p).each(begin, end, draws, [&](std::uint64_t j) { found.push_back(j); });
    return found;
}

TEST(BernoulliSkips, VisitsNothingOrEverythingAtTheEnds) {
    EXPECT_TRUE(visited(0, 0, 1000).empty());
    EXPECT_EQ(visited(1, 5, 9), (std::vector<std::uint64_t>{5, 6, 7, 8}));
    EXPECT_TRUE(visited(1, 7, 7).empty());
}

/// Each member is visited with probability p, within 4 standard errors.
TEST(BernoulliSkips, VisitsEachMemberWithTheSameProbability) {
    constexpr std::uint32_t repeats = 4000;
    constexpr std::uint64_t size = 25;
    for (const double p : {0.02, 0.3, 0.9}) {
        std::vector<double> times(size);
        for (std::uint32_t replicate = 0; replicate < repeats; ++replicate)
            for (const std::uint64_t j : visited(p, 0, size, replicate)) times[j] += 1;
        for (const double count : times)
            EXPECT_NEAR(count / repeats, p, 4 * std::sqrt(p * (1 - p) / repeats)) << "p = " << p;
    }
}

TEST(BernoulliSkips, StepsOverVastRanges) {
    constexpr std::uint64_t end = 1ull << 60;
    const double p = 1e3 / static_cast<double>(end);
    const auto found = visited(p, 0, end);
    EXPECT_NEAR(static_cast<double>(found.size()), 1e3, 4 * std::sqrt(1e3));
    EXPECT_GT(found.back(), end / 2);
    EXPECT_TRUE(visited(1e-310, 0, end).empty());
}

}  // namespace
}  // namespace commonweal
