#include "sim/core/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <stdexcept>
#include <vector>

namespace commonweal {
namespace {

/// Numbers 0 to 199; later ones take less work, so that they would come first.
std::vector<int> taken(StreamOrder order, unsigned threads) {
    int next = 0;
    std::vector<int> taken;
    with_threads(threads, [&] {
        parallel_stream(
            8, order, [&] { return next < 200 ? std::optional<int>(next++) : std::nullopt; },
            [](int number) {
                std::vector<int> values(static_cast<std::size_t>((200 - number) * 50));
                std::iota(values.rbegin(), values.rend(), number);
                std::ranges::sort(values);
                return values.front();
            },
            [&](int number) { taken.push_back(number); });
    });
    return taken;
}

TEST(ParallelStream, TakesResultsInTheGivenOrder) {
    std::vector<int> all(200);
    std::iota(all.begin(), all.end(), 0);
    for (const unsigned threads : {1u, 4u}) EXPECT_EQ(taken(StreamOrder::as_given, threads), all);
}

TEST(ParallelStream, TakesEveryResultOnceInAnyOrder) {
    std::vector<int> some = taken(StreamOrder::as_they_come, 4);
    EXPECT_EQ(some.size(), 200u);
    EXPECT_EQ(std::set(some.begin(), some.end()).size(), 200u);
}

TEST(ParallelStream, RethrowsAndStops) {
    int next = 0;
    EXPECT_THROW(parallel_stream(
                     4, StreamOrder::as_given, [&] { return std::optional<int>(next++); },
                     [](int number) {
                         if (number == 20) throw std::runtime_error("twenty");
                         return number;
                     },
                     [](int) {}),
                 std::runtime_error);
}

}  // namespace
}  // namespace commonweal
