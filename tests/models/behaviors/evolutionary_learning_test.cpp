#include "models/behaviors/evolutionary_learning.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

using Rule = EvolutionaryLearning;
constexpr std::size_t altruism_at = Rule::most_pool, envy_at = Rule::most_pool + 1;

/// A pool that holds 0, .2, .4, ..., 19.8.
Memory<Rule::memory> even_pool(float altruism, float envy) {
    Memory<Rule::memory> memory;
    for (std::size_t j = 0; j < Rule::most_pool; ++j) memory[j] = 0.2f * static_cast<float>(j);
    memory[altruism_at] = altruism;
    memory[envy_at] = envy;
    return memory;
}

/// Against payoffs counted out for a group of four with MPCR .4.
TEST(EvolutionaryLearning, KnowsTheForgoneUtilityOfItsGroup) {
    for (const float own : {0.0f, 7.0f, 20.0f})
        for (const float others : {0.0f, 13.0f, 60.0f})
            for (const float x : {0.0f, 4.0f, 11.0f, 20.0f}) {
                const double pi = 20 - x + 0.4 * (x + others), mean = 20 + (0.4 - 0.25) * (x + others);
                const double expected = pi + 3 * mean - 2 * std::max(0.0, mean - pi);
                EXPECT_NEAR(Rule::utility(after(own, others), x, 3, 2), expected, 1e-4);
            }
}

/// With MPCR .4 in fours giving less than the mean pays up to altruism (1 - .4) / (.4 - .25) = 4, and giving more while
/// envy is below [.4 - 1 + altruism (.4 - .25)] 4/3.
TEST(EvolutionaryLearning, PrefersNothingTheMeanOrEverything) {
    const auto best = [](float altruism, float envy) {
        float at = 0;
        for (float x = 0; x <= 20; x += 1)
            if (Rule::utility(after(12, 36), x, altruism, envy) > Rule::utility(after(12, 36), at, altruism, envy))
                at = x;
        return at;
    };
    EXPECT_EQ(best(3.9f, 1), 0);
    EXPECT_EQ(best(4.1f, 1), 12);
    EXPECT_EQ(best(10, 1.3f), 12);
    EXPECT_EQ(best(10, 1.1f), 20);
}

/// Everybody is satisfied alike when a token brings back a token, so only variation changes the pool. The varied are
/// drawn twice, into the pool and from it: twice the variance of a single draw.
TEST(EvolutionaryLearning, VariesAsOftenAndAsFarAsItSays) {
    constexpr std::uint32_t agents = 1000;
    LocalView view = after(10, 30);
    view.own_return = 1;
    double varied = 0, squares = 0;
    for (std::uint32_t i = 0; i < agents; ++i) {
        Memory<Rule::memory> memory;
        memory.fill(10.0f);
        memory[altruism_at] = memory[envy_at] = 0;
        (void)Rule{}.contribution(view, {}, memory, words_of<Rule>(i));
        for (std::size_t j = 0; j < Rule::most_pool; ++j) {
            varied += memory[j] != 10.0f;
            squares += (memory[j] - 10.0) * (memory[j] - 10.0);
        }
    }
    constexpr double count = agents * Rule::most_pool;
    EXPECT_NEAR(varied / count, 0.033, std::sqrt(2.0) * four_errors(0.033, count));
    EXPECT_NEAR(std::sqrt(squares / varied), 2, 4 * 2 / std::sqrt(varied));
}

TEST(EvolutionaryLearning, KeepsItsPoolWithinTheEndowment) {
    auto memory = even_pool(0, 0);
    (void)Rule{.experimentation = 1, .mutation = 1}.contribution(after(10, 30), {}, memory, words_of<Rule>(0));
    for (std::size_t j = 0; j < Rule::most_pool; ++j) EXPECT_TRUE(memory[j] >= 0 && memory[j] <= 20) << memory[j];
}

TEST(EvolutionaryLearning, CopiesOnlyWhatItHasWhenItDoesNotVary) {
    auto memory = even_pool(0, 0);
    const std::set<float> old(memory.begin(), memory.begin() + Rule::most_pool);
    double before = 0, now = 0;
    for (std::size_t j = 0; j < Rule::most_pool; ++j) before += memory[j];
    const float c = Rule{.experimentation = 0}.contribution(after(10, 30), {}, memory, words_of<Rule>(3));
    for (std::size_t j = 0; j < Rule::most_pool; ++j) {
        EXPECT_TRUE(old.contains(memory[j]));
        now += memory[j];
    }
    EXPECT_TRUE(old.contains(c));
    // The smaller of two uniform draws from [0, 20) is 20/3 on average, with SD 4.7.
    EXPECT_NEAR(now / Rule::most_pool, 20 / 3.0, 4 * 4.7 / std::sqrt(100));
    EXPECT_LT(now, before);
}

/// A pool of two values that are worth 32 and 20 to a selfish agent: chosen in that proportion, once the tournament has
/// kept both.
TEST(EvolutionaryLearning, ChoosesInProportionToForgoneUtility) {
    constexpr std::uint32_t agents = 20000;
    double low = 0, expected = 0, variance = 0;
    for (std::uint32_t i = 0; i < agents; ++i) {
        auto memory = even_pool(0, 0);
        memory[0] = 0;
        memory[1] = 20;
        const float c =
            Rule{.experimentation = 0, .pool = 2}.contribution(after(10, 30), {}, memory, words_of<Rule>(i));
        const double lows = (memory[0] == 0) + (memory[1] == 0), highs = 2 - lows;
        const double p = lows * 32 / (lows * 32 + highs * 20);
        low += c == 0;
        expected += p;
        variance += p * (1 - p);
    }
    EXPECT_NEAR(low, expected, 4 * std::sqrt(variance));
    EXPECT_GT(variance, 1000);
}

TEST(EvolutionaryLearning, ChoosesAmongAllWhenUtilitiesAreEqualAndNegative) {
    LocalView view = after(10, 30);
    view.own_return = 1;
    view.payoff = -50;
    auto memory = even_pool(0, 0);
    std::set<float> chosen;
    for (std::uint32_t i = 0; i < 200; ++i) {
        auto pool = memory;
        chosen.insert(Rule{}.contribution(view, {}, pool, words_of<Rule>(i)));
    }
    EXPECT_GT(chosen.size(), 50u);
}

TEST(EvolutionaryLearning, DrawsPeopleAndPoolsInTheFirstRound) {
    constexpr std::uint32_t agents = 10000;
    double selfish = 0, altruism = 0, envy = 0, given = 0;
    for (std::uint32_t i = 0; i < agents; ++i) {
        Memory<Rule::memory> memory{};
        given += Rule{}.first(before_the_first_round(), {}, memory, words_of<Rule>(i));
        selfish += memory[altruism_at] == 0 && memory[envy_at] == 0;
        altruism += memory[altruism_at];
        envy += memory[envy_at];
    }
    const double regard = agents - selfish;
    EXPECT_NEAR(selfish / agents, 0.48, four_errors(0.48, agents));
    EXPECT_NEAR(altruism / regard, 11, 4 * 22 / std::sqrt(12 * regard));
    EXPECT_NEAR(envy / regard, 4, 4 * 8 / std::sqrt(12 * regard));
    EXPECT_NEAR(given / agents, 10, 4 * 20 / std::sqrt(12.0 * agents));
}

/// Twenty rounds among three who give 12: a selfish agent gives next to nothing, an altruist nearly everything, and an
/// altruist full of envy what the others give.
TEST(EvolutionaryLearning, LearnsWhatServesIt) {
    const auto learned = [](float altruism, float envy) {
        double sum = 0;
        for (std::uint32_t agent = 0; agent < 50; ++agent) {
            auto memory = even_pool(altruism, envy);
            float own = 10;
            for (Round round = 2; round <= 21; ++round)
                own = Rule{}.contribution(after(own, 36, static_cast<float>(round)), {}, memory,
                                          words_of<Rule>(agent, round));
            sum += own;
        }
        return sum / 50;
    };
    EXPECT_LT(learned(0, 0), 1);
    EXPECT_GT(learned(20, 0), 19);
    EXPECT_NEAR(learned(10, 6), 12, 1);
}

TEST(EvolutionaryLearning, ReadsOnlyTheWordsOfItsPool) {
    EXPECT_EQ(Rule{}.draws_read(), 404u);
    EXPECT_EQ((Rule{.pool = 10}.draws_read()), 44u);
    EXPECT_LE(Rule::draws, 4095u);
}

}  // namespace
}  // namespace commonweal::models
