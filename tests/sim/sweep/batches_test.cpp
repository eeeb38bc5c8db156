#include "sim/sweep/batches.hpp"

#include <gtest/gtest.h>

namespace commonweal {
namespace {

using OneRun = std::pair<std::uint32_t, std::uint32_t>;  ///< instance, replicate

std::vector<OneRun> played(const Batches& batches, const std::function<bool(std::size_t)>& go_on = {}) {
    std::vector<OneRun> runs;
    std::size_t asked = 0;
    each_batch(
        batches, [](std::uint32_t instance) { return std::make_shared<std::uint32_t>(instance); },
        [](const std::uint32_t&, const std::vector<std::uint32_t>& replicates) { return replicates; },
        [&](std::uint32_t instance, const std::vector<std::uint32_t>& replicates) {
            EXPECT_LE(replicates.size(), batches.size);
            for (const std::uint32_t replicate : replicates) runs.emplace_back(instance, replicate);
        },
        [&] { return !go_on || go_on(asked++); });
    return runs;
}

TEST(Batches, TakeAllRunsInOrder) {
    std::vector<OneRun> all;
    for (std::uint32_t instance = 0; instance < 3; ++instance)
        for (std::uint32_t replicate = 0; replicate < 37; ++replicate) all.emplace_back(instance, replicate);
    for (const std::size_t size : {1, 8, 16, 64})
        for (const std::size_t live : {1, 2, 7})
            EXPECT_EQ(played({.instances = 3, .replicates = 37, .size = size, .live = live}), all);
}

TEST(Batches, TakeWhatIsUnderWayWhenTheyAreStopped) {
    const auto runs =
        played({.instances = 3, .replicates = 37, .size = 8, .live = 2}, [](std::size_t asked) { return asked < 7; });
    EXPECT_EQ(runs.size(), 37u + 2 * 8);  // five batches of the first instance, two of the second
    EXPECT_EQ(runs.back(), OneRun(1, 15));
}

TEST(Batches, AreNoneWithoutReplicates) {
    EXPECT_TRUE(played({.instances = 3, .replicates = 0, .size = 8, .live = 2}).empty());
}

/// Every thread gets a batch before lanes are filled; large populations are walked by all threads.
TEST(Batches, HaveLanesThatLeaveNoThreadIdle) {
    EXPECT_EQ(lanes_for(16, 100, 1), 16u);
    EXPECT_EQ(lanes_for(16, 100, 2), 8u);
    EXPECT_EQ(lanes_for(16, 100, 16), 1u);
    EXPECT_EQ(lanes_for(1000000, 24, 16), 16u);
    EXPECT_EQ(lanes_for(3, 100, 1), 1u);
    EXPECT_EQ(lanes_for(16, large_population, 16), 16u);
}

}  // namespace
}  // namespace commonweal
