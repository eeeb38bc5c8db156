#include "models/behaviors/fehr_schmidt.hpp"

#include <gtest/gtest.h>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

/// Utility by the definition of Fehr & Schmidt (1999), from the payoffs of four when the three others give m each.
double defined_utility(double c, double m, double envy, double guilt) {
    const double pot = 0.4 * (c + 3 * m), own = 20 - c + pot, other = 20 - m + pot;
    return own - envy * std::max(other - own, 0.0) - guilt * std::max(own - other, 0.0);
}

TEST(FehrSchmidt, ChoosesByLogitOnTheDefinedUtility) {
    constexpr std::uint32_t count = 10000;
    const FehrSchmidt rule{.envy = 0.5f, .guilt = 0.7f, .precision = 0.3f, .levels = 5};
    std::array<double, 5> observed{}, weight{};
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<2> taste{0.5f, 0.7f};
        const float c = rule.contribution(after(3, 36), {}, taste, words_of<FehrSchmidt>(i));
        observed[static_cast<std::size_t>(c / 5)] += 1.0 / count;
    }
    double total = 0;
    for (int i = 0; i < 5; ++i)
        total += weight[static_cast<std::size_t>(i)] = std::exp(0.3 * defined_utility(5 * i, 12, 0.5, 0.7));
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_NEAR(observed[i], weight[i] / total, four_errors(weight[i] / total, count)) << "level " << i;
}

/// Giving pays an agent of guilt above 1 - .4 up to what the others give, and an agent of less guilt nowhere.
TEST(FehrSchmidt, MatchesTheOthersWhenGuiltyEnough) {
    FehrSchmidt rule{.precision = 1000};
    for (std::uint32_t i = 0; i < 50; ++i) {
        const auto words = words_of<FehrSchmidt>(i);
        Memory<2> guilty{0.5f, 0.65f}, hardly{0.5f, 0.55f};
        EXPECT_EQ(rule.contribution(after(3, 36), {}, guilty, words), 12);
        EXPECT_EQ(rule.contribution(after(3, 36), {}, hardly, words), 0);
    }
}

TEST(FehrSchmidt, ExpectsAShareInTheFirstRound) {
    const FehrSchmidt rule{.envy = 0.5f, .guilt = 0.65f, .precision = 1000, .first_expectation = 0.35f};
    Memory<2> taste{};
    EXPECT_EQ(rule.first(before_the_first_round(), {}, taste, words_of<FehrSchmidt>(0)), 7);
    EXPECT_EQ(taste, (Memory<2>{0.5f, 0.65f}));
}

TEST(FehrSchmidt, IsSelfishWithoutOthers) {
    Memory<2> taste{0.5f, 5};
    EXPECT_EQ((FehrSchmidt{.precision = 1000}.contribution(alone(9), {}, taste, words_of<FehrSchmidt>(0))), 0);
    LocalView first = before_the_first_round();
    first.others = 0;
    EXPECT_EQ((FehrSchmidt{.guilt = 5, .precision = 1000}.first(first, {}, taste, words_of<FehrSchmidt>(0))), 0);
}

TEST(FehrSchmidt, DrawsTheCalibratedPopulation) {
    const FehrSchmidt rule{.population = 1};
    constexpr std::uint32_t count = 10000;
    std::array<double, 4> shares{};
    const std::array<Memory<2>, 4> types{{{0, 0}, {0.5f, 0.25f}, {1, 0.6f}, {4, 0.6f}}};
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<2> taste{};
        (void)rule.first(before_the_first_round(), {}, taste, words_of<FehrSchmidt>(i));
        std::size_t type = 0;
        while (type < 4 && types[type] != taste) ++type;
        ASSERT_LT(type, 4u);
        shares[type] += 1.0 / count;
    }
    const std::array expected{0.3, 0.3, 0.3, 0.1};
    for (std::size_t type = 0; type < 4; ++type)
        EXPECT_NEAR(shares[type], expected[type], four_errors(expected[type], count));
    EXPECT_EQ(rule.draws_read(), 2u);
    EXPECT_EQ(FehrSchmidt{}.draws_read(), 1u);
}

}  // namespace
}  // namespace commonweal::models
