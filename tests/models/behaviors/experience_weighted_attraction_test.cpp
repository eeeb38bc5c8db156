#include "models/behaviors/experience_weighted_attraction.hpp"

#include <gtest/gtest.h>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

using Ewa = ExperienceWeightedAttraction;

/// Memory with attractions (4, 2, 1) of the levels 0, 10, 20, and N.
Memory<Ewa::memory> three_attractions(float experience) {
    Memory<Ewa::memory> memory{4, 2, 1};
    memory[Ewa::most_levels] = experience;
    return memory;
}

/// Others gave 30, so giving 0, 10, 20 would have paid 32, 26, 20; given was 10.
TEST(ExperienceWeightedAttraction, UpdatesAttractionsByTheEquation) {
    const Ewa rule{.phi = 0.8f, .delta = 0.5f, .rho = 0.6f, .levels = 3};
    auto memory = three_attractions(2);
    (void)rule.contribution(after(10, 30), {}, memory, {});
    EXPECT_FLOAT_EQ(memory[Ewa::most_levels], 2.2f);
    EXPECT_FLOAT_EQ(memory[0], (0.8f * 2 * 4 + 0.5f * 32) / 2.2f);
    EXPECT_FLOAT_EQ(memory[1], (0.8f * 2 * 2 + 26) / 2.2f);
    EXPECT_FLOAT_EQ(memory[2], (0.8f * 2 * 1 + 0.5f * 20) / 2.2f);
}

TEST(ExperienceWeightedAttraction, IsReinforcementOrBeliefLearningAtItsCorners) {
    auto reinforced = three_attractions(1), believed = three_attractions(1);
    (void)Ewa{.phi = 1, .delta = 0, .rho = 0, .levels = 3}.contribution(after(10, 30), {}, reinforced, {});
    EXPECT_FLOAT_EQ(reinforced[0], 4);
    EXPECT_FLOAT_EQ(reinforced[1], 28);
    EXPECT_FLOAT_EQ(reinforced[2], 1);
    (void)Ewa{.phi = 1, .delta = 1, .rho = 1, .levels = 3}.contribution(after(10, 30), {}, believed, {});
    EXPECT_FLOAT_EQ(believed[0], (4 + 32) / 2.0f);  // the mean payoff so far
    EXPECT_FLOAT_EQ(believed[1], (2 + 26) / 2.0f);
    EXPECT_FLOAT_EQ(believed[2], (1 + 20) / 2.0f);
}

TEST(ExperienceWeightedAttraction, TakesTheNearestLevelForTheChosenOne) {
    for (const auto& [own, chosen] :
         {std::pair{0.0f, 0}, {4.9f, 0}, {5.0f, 1}, {14.9f, 1}, {15.0f, 2}, {26.0f, 2}, {-6.0f, 0}}) {
        const Ewa rule{.phi = 0, .delta = 0, .levels = 3};
        auto memory = three_attractions(1);
        (void)rule.contribution(after(own, 30), {}, memory, {});
        for (int level = 0; level < 3; ++level)
            EXPECT_EQ(memory[static_cast<std::size_t>(level)] > 0, level == chosen) << own;
    }
}

/// With phi = 0 and delta = 1 the attractions are the forgone payoffs, whatever was given.
TEST(ExperienceWeightedAttraction, ChoosesByLogit) {
    const Ewa rule{.phi = 0, .delta = 1, .rho = 0, .precision = 0.1f, .levels = 3};
    constexpr std::uint32_t count = 10000;
    std::array<double, 3> shares{};
    for (std::uint32_t i = 0; i < count; ++i) {
        auto memory = three_attractions(1);
        shares[static_cast<std::size_t>(rule.contribution(after(10, 30), {}, memory, words_of<Ewa>(i)) / 10)] +=
            1.0 / count;
    }
    const double total = std::exp(3.2) + std::exp(2.6) + std::exp(2.0);
    for (int level = 0; level < 3; ++level) {
        const double p = std::exp(3.2 - 0.6 * level) / total;
        EXPECT_NEAR(shares[static_cast<std::size_t>(level)], p, four_errors(p, count));
    }
}

TEST(ExperienceWeightedAttraction, StartsWithAnyLevel) {
    constexpr std::uint32_t count = 10000;
    std::array<double, 21> shares{};
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<Ewa::memory> memory;
        memory.fill(9);
        const float c = Ewa{}.first(before_the_first_round(), {}, memory, words_of<Ewa>(i));
        EXPECT_EQ(memory[0], 0);
        EXPECT_EQ(memory[Ewa::most_levels], 1);
        shares[static_cast<std::size_t>(c)] += 1.0 / count;
    }
    for (const double share : shares) EXPECT_NEAR(share, 1 / 21.0, four_errors(1 / 21.0, count));
}

}  // namespace
}  // namespace commonweal::models
