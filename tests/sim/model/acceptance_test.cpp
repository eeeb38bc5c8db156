#include "sim/model/acceptance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/updates/fermi.hpp"
#include "models/updates/proportional_imitation.hpp"
#include "sim/core/draw_sequence.hpp"
#include "tests/support/strategies.hpp"

namespace commonweal {
namespace {

using Hosts = GameRules::Hosts;

/// A rule for which payoffs matter themselves.
struct Ratio {
    static constexpr bool needs_span = false;
    double probability(const Comparison& c) const noexcept { return c.model > 0 ? c.model / (c.model + 10) : 0.0; }
};

Layer ring(AgentId agents, AgentId reach) {
    TieList list{agents, {}, {}};
    for (AgentId agent = 0; agent < agents; ++agent)
        for (AgentId distance = 1; distance <= reach; ++distance)
            list.ties.push_back({agent, (agent + distance) % agents});
    return Layer(std::move(list));
}

TEST(Acceptance, HasExactThresholds) {
    EXPECT_EQ(threshold_of(0.0), 0u);
    EXPECT_EQ(threshold_of(-0.5), 0u);
    EXPECT_EQ(threshold_of(std::numeric_limits<double>::quiet_NaN()), 0u);
    EXPECT_EQ(threshold_of(5e-324), 0u);
    EXPECT_EQ(threshold_of(0.5), 1u << 30);
    EXPECT_EQ(threshold_of(1.0), 1u << 31);
    EXPECT_EQ(threshold_of(1.5), 1u << 31);
    EXPECT_FALSE(accepts(0, threshold_of(0.0)));
    EXPECT_TRUE(accepts(0xffffffffu, threshold_of(1.0)));
    EXPECT_TRUE(accepts(0x7fffffffu, threshold_of(0.5)));
    EXPECT_FALSE(accepts(0x80000000u, threshold_of(0.5)));
}

/// Midpoints themselves, their neighbors among doubles, and random probabilities with random words: as compared.
TEST(Acceptance, IsTheComparisonWithTheMidpointOfACell) {
    const auto midpoint = [](std::uint32_t cell) { return (2.0 * cell + 1) * 0x1.0p-32; };
    for (const std::uint32_t cell : {0u, 1u, 2u, 1000u, (1u << 30) - 1, 1u << 30, 0x7fffffffu}) {
        EXPECT_EQ(threshold_of(midpoint(cell)), cell);
        EXPECT_EQ(threshold_of(std::nextafter(midpoint(cell), 2.0)), cell + 1);
        EXPECT_EQ(threshold_of(std::nextafter(midpoint(cell), 0.0)), cell);
    }
    const Randomness randomness(Seeds{1, 1, 1});
    DrawSequence draws(randomness, {.stream = Stream::behavior});
    int accepted = 0;
    for (int i = 0; i < 100000; ++i) {
        const double probability = std::ldexp(draws.uniform(), -static_cast<int>(draws.below(3)));
        const std::uint32_t near = threshold_of(probability) * 2 + static_cast<std::uint32_t>(draws.below(6)) - 3;
        const std::uint32_t word = i % 2 == 0 ? near : draws.word();
        EXPECT_EQ(accepts(word, threshold_of(probability)), midpoint(word >> 1) < probability);
        accepted += accepts(word, threshold_of(probability));
    }
    EXPECT_GT(accepted, 30000);
    EXPECT_LT(accepted, 70000);
}

/// Acceptances among random rests are as many as the probability says, within four standard errors, whatever model
/// they come with.
TEST(Acceptance, HasTheRateOfTheProbability) {
    const Randomness randomness(Seeds{1, 1, 1});
    DrawSequence draws(randomness, {.stream = Stream::model});
    for (const std::uint32_t models : {1u, 3u, 4u, 10u, 256u})
        for (const double probability : {0.03, 0.4, 0.9}) {
            constexpr int each = 200000;
            std::vector<double> picked(models), imitated(models);
            for (int i = 0; i < each; ++i) {
                const Pick pick = pick_of(draws.word(), models);
                ++picked[pick.which];
                imitated[pick.which] += accepts(pick.rest, threshold_of(probability));
            }
            double misfit = 0, all = 0;  // chi-square over (model, accepted or not)
            for (std::uint32_t model = 0; model < models; ++model) {
                const double expected = static_cast<double>(each) / models;
                const double yes = imitated[model] - expected * probability;
                const double no = picked[model] - imitated[model] - expected * (1 - probability);
                misfit += yes * yes / (expected * probability) + no * no / (expected * (1 - probability));
                all += imitated[model];
            }
            const double freedom = 2 * models - 1;
            EXPECT_LT(misfit, freedom + 4 * std::sqrt(2 * freedom) + 4) << models << " models, " << probability;
            EXPECT_NEAR(all / each, probability, 4 * std::sqrt(probability * (1 - probability) / each));
        }
}

template <class Rule>
void expect_every_pair(const Rule& rule, const StrategyGame& game, bool by_their_difference) {
    const auto levels = PayoffLevels::of(game, ring(40, 2));
    ASSERT_TRUE(levels);
    const auto table = AcceptanceTable::of(rule, *levels);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->step_own() == -1, by_their_difference);
    std::uint32_t least = 1u << 31, greatest = 0;
    for (std::size_t strategy = 0; strategy < 2; ++strategy)
        for (std::uint32_t own = 0; own <= levels->most(); ++own)
            for (std::uint32_t model = 0; model <= levels->most(); ++model) {
                const std::uint32_t found = table->threshold(strategy, own, model);
                EXPECT_EQ(found, threshold_of(rule.probability(compared<Rule>(*levels, strategy, own, model))));
                const auto at = table->first(strategy) + table->step_own() * own + table->step_model() * model;
                EXPECT_EQ(found, table->entries().at(static_cast<std::size_t>(at)));
                const double plain = rule.probability(
                    {levels->payoff(strategy, own), levels->payoff(1 - strategy, model), levels->span()});
                EXPECT_NEAR(found * 0x1.0p-31, std::clamp(plain, 0.0, 1.0), 1e-9);
                least = std::min(least, found);
                greatest = std::max(greatest, found);
            }
    EXPECT_LT(least + (1u << 28), greatest);
}

TEST(Acceptance, IsKeptForEveryPairOfLevels) {
    const auto linear = test::game_of({.enhancement = 3.7}, models::Cooperator{}, models::Defector{});
    const auto focal = test::game_of({.hosts = Hosts::focal, .enhancement = 3.7, .synergy = 1.3}, models::Cooperator{},
                                     models::Defector{});
    expect_every_pair(models::Fermi{.strength = 0.5}, linear, true);
    expect_every_pair(models::ProportionalImitation{}, linear, true);
    expect_every_pair(Ratio{}, linear, false);
    expect_every_pair(models::Fermi{.strength = 0.5}, focal, false);
    expect_every_pair(models::ProportionalImitation{}, focal, false);
}

/// Groups of 31: 962 levels. Differences fit, pairs (2 * 962^2) do not.
TEST(Acceptance, IsNotKeptForTooManyLevels) {
    const auto game = test::game_of({.enhancement = 3.7}, models::Cooperator{}, models::Defector{});
    const auto levels = PayoffLevels::of(game, ring(40, 15));
    ASSERT_TRUE(levels);
    EXPECT_TRUE(AcceptanceTable::of(models::Fermi{}, *levels));
    EXPECT_FALSE(AcceptanceTable::of(Ratio{}, *levels));
}

}  // namespace
}  // namespace commonweal
