#include "sim/model/revision_words.hpp"

#include <gtest/gtest.h>

namespace commonweal {
namespace {

using Asked = RevisionWords::Asked;

/// The word that the generator has for a revision.
std::uint32_t word(const Randomness& randomness, std::uint64_t revision) {
    return randomness.word({.stream = Stream::model, .draw = 1, .round = 7, .instance = 3, .replicate = 5},
                           static_cast<AgentId>(revision));
}

TEST(RevisionWords, AreThoseOfTheGenerator) {
    const Randomness randomness(Seeds{1, 2, 3}), other(Seeds{1, 2, 4});
    const RevisionPlan plan{&randomness, 3, 5, 7, 1301, 0};
    for (const Asked asked : {Asked::often, Asked::seldom}) {
        RevisionWords words(plan, Stream::model, 1, asked);
        for (std::uint64_t revision = 0; revision < plan.steps; ++revision)
            ASSERT_EQ(words.of(revision), word(randomness, revision)) << revision;
        for (const std::uint64_t revision : {5u, 1300u, 511u, 512u, 0u})  // in any order
            EXPECT_EQ(words.of(revision), word(randomness, revision)) << revision;
        EXPECT_NE(words.of(3), word(other, 3));
    }
}

TEST(RevisionWords, ComeManyAtATime) {
    const Randomness randomness(Seeds{1, 2, 3});
    const RevisionPlan plan{&randomness, 3, 5, 7, 1301, 0};
    RevisionWords words(plan, Stream::model, 1);
    for (std::uint64_t first = 0; first < plan.steps; first += RevisionWords::most) {
        const std::uint32_t* const some = words.from(first);
        for (std::uint64_t i = 0; i < std::min<std::uint64_t>(RevisionWords::most, plan.steps - first); ++i)
            ASSERT_EQ(some[i], word(randomness, first + i)) << first + i;
    }
}

TEST(RevisionWords, GoOnBeyondTheRound) {
    const Randomness randomness(Seeds{1, 2, 3});
    const RevisionPlan plan{&randomness, 3, 5, 7, 10, 0};
    RevisionWords words(plan, Stream::model, 1);
    for (const std::uint64_t revision : {9u, 11u, 12u, 40u}) EXPECT_EQ(words.of(revision), word(randomness, revision));
}

}  // namespace
}  // namespace commonweal
