#include "models/behaviors/quantal_response.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

/// The share of decisions for each of `levels` contributions.
std::vector<double> shares(const QuantalResponse& rule, const LocalView& view, std::uint32_t count) {
    std::vector<double> of(rule.levels);
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<0> none;
        const float c = rule.contribution(view, {}, none, words_of<QuantalResponse>(i));
        of[static_cast<std::size_t>(c / view.endowment * static_cast<float>(rule.levels - 1) + 0.5f)] += 1.0 / count;
    }
    return of;
}

/// Own payoff falls by .6 per token; with altruism .25 the others' gain of 1.2 makes up for .3 of it.
TEST(QuantalResponse, ChoosesByLogit) {
    constexpr std::uint32_t count = 10000;
    for (const float altruism : {0.0f, 0.25f, 1.0f}) {
        const auto observed = shares({.precision = 0.2f, .altruism = altruism, .levels = 5}, after(3, 40), count);
        double total = 0;
        for (int i = 0; i < 5; ++i) total += std::exp(0.2 * (-0.6 + 1.2 * altruism) * 5 * i);
        for (int i = 0; i < 5; ++i) {
            const double p = std::exp(0.2 * (-0.6 + 1.2 * altruism) * 5 * i) / total;
            EXPECT_NEAR(observed[static_cast<std::size_t>(i)], p, four_errors(p, count)) << altruism << " level " << i;
        }
    }
}

TEST(QuantalResponse, IsUniformWithoutPrecisionAndBestWithMuch) {
    constexpr std::uint32_t count = 10000;
    for (const double share : shares({.precision = 0, .levels = 5}, after(3, 40), count))
        EXPECT_NEAR(share, 0.2, four_errors(0.2, count));
    EXPECT_NEAR(shares({.precision = 100, .levels = 21}, after(3, 40), 100).front(), 1, 1e-9);
    EXPECT_NEAR(shares({.precision = 100, .altruism = 0.6f, .levels = 21}, after(3, 40), 100).back(), 1, 1e-9);
}

TEST(QuantalResponse, DoesNotDependOnWhatTheOthersDid) {
    Memory<0> none;
    for (std::uint32_t i = 0; i < 100; ++i) {
        const auto words = words_of<QuantalResponse>(i);
        const float first = QuantalResponse{}.first(before_the_first_round(), {}, none, words);
        EXPECT_EQ(QuantalResponse{}.contribution(after(20, 60), {}, none, words), first);
        EXPECT_EQ(QuantalResponse{}.contribution(after(0, 7), {}, none, words), first);
    }
}

}  // namespace
}  // namespace commonweal::models
