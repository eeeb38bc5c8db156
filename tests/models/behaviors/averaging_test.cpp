#include <gtest/gtest.h>

#include <array>

#include "models/behaviors/degroot.hpp"
#include "models/behaviors/friedkin_johnsen.hpp"
#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

/// Three in a row, each seeing its neighbors, from (20, 0, 10): their contributions after `rounds`.
template <class Rule>
std::array<float, 3> path_of_three(const Rule& rule, int rounds) {
    std::array<float, 3> given{20, 0, 10};
    std::array<Memory<Rule::memory>, 3> memory{};
    for (int round = 2; round <= rounds; ++round) {
        const std::array sums{given[1], given[0] + given[2], given[1]};
        const std::array<float, 3> last = given;
        for (std::size_t i = 0; i < 3; ++i) {
            LocalView view = after(last[i], sums[i], static_cast<float>(round));
            view.others = i == 1 ? 2 : 1;
            given[i] = rule.contribution(view, {}, memory[i], {});
        }
    }
    return given;
}

template <class Rule>
void expect_first_moments() {
    double sum = 0, squares = 0;
    constexpr int count = 4000;
    for (std::uint32_t i = 0; i < count; ++i) {
        Memory<Rule::memory> memory{};
        const double c = Rule{}.first(before_the_first_round(), {}, memory, words_of<Rule>(i));
        sum += c;
        squares += (c - 10) * (c - 10);
    }
    EXPECT_NEAR(sum / count, 10, 4 * 3 / std::sqrt(count));
    EXPECT_NEAR(std::sqrt(squares / count), 3, 4 * 3 / std::sqrt(2.0 * count));
}

TEST(Degroot, TakesTheWeightedMean) {
    Memory<0> none;
    EXPECT_FLOAT_EQ((Degroot{.self_weight = 0.25f}.contribution(after(8, 36), {}, none, {})), 2 + 9);
    EXPECT_EQ((Degroot{.self_weight = 1}.contribution(after(8, 36), {}, none, {})), 8);
    EXPECT_EQ((Degroot{.self_weight = 0}.contribution(after(8, 36), {}, none, {})), 12);
}

TEST(Degroot, KeepsItsOwnWithoutOthers) {
    Memory<0> none;
    EXPECT_EQ((Degroot{.self_weight = 0}.contribution(alone(8), {}, none, {})), 8);
}

TEST(Degroot, EndsInTheConsensusOfTheLeftEigenvector) {
    for (const float c : path_of_three(Degroot{.self_weight = 0.5f}, 60)) EXPECT_NEAR(c, 7.5, 1e-5);
}

TEST(Degroot, DrawsFirstContributionsWithItsMeanAndSpread) {
    expect_first_moments<Degroot>();
    Memory<0> none;
    EXPECT_EQ((Degroot{.first_mean = 7, .first_sd = 0}.first(before_the_first_round(), {}, none, {})), 7);
}

TEST(FriedkinJohnsen, MixesTheAverageWithItsFirstContribution) {
    const FriedkinJohnsen rule{.susceptibility = 0.75f, .self_weight = 0.25f};
    Memory<1> memory{99};
    EXPECT_FLOAT_EQ(rule.contribution(after(8, 36, 2), {}, memory, {}), 0.75f * 11 + 0.25f * 8);
    EXPECT_EQ(memory[0], 8);  // what was given in round 1, whatever the memory held
    EXPECT_FLOAT_EQ(rule.contribution(after(4, 36, 3), {}, memory, {}), 0.75f * 10 + 0.25f * 8);
    EXPECT_EQ(memory[0], 8);
}

TEST(FriedkinJohnsen, IsStubbornOrAveragesAtTheExtremes) {
    Memory<1> memory{6};
    EXPECT_EQ((FriedkinJohnsen{.susceptibility = 0}.contribution(after(8, 36, 5), {}, memory, {})), 6);
    EXPECT_EQ((FriedkinJohnsen{.susceptibility = 1}.contribution(after(8, 36, 5), {}, memory, {})), 10);
    EXPECT_EQ((FriedkinJohnsen{.susceptibility = 0.5f}.contribution(alone(8), {}, memory, {})), 8);
}

TEST(FriedkinJohnsen, EndsWhereTheoryPutsIt) {
    const auto end = path_of_three(FriedkinJohnsen{.susceptibility = 0.5f, .self_weight = 0.5f}, 80);
    EXPECT_NEAR(end[0], 14.583333, 1e-5);
    EXPECT_NEAR(end[1], 3.75, 1e-5);
    EXPECT_NEAR(end[2], 7.916667, 1e-5);
}

TEST(FriedkinJohnsen, DrawsFirstContributionsWithItsMeanAndSpread) { expect_first_moments<FriedkinJohnsen>(); }

}  // namespace
}  // namespace commonweal::models
