#include "sim/core/randomness.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "tests/support/instruction_sets.hpp"

namespace commonweal {
namespace {

/// Known answers of Philox4x32-10, published with Random123 (Salmon et al. 2011): counter, key, output.
struct Known {
    std::array<std::uint32_t, 4> counter;
    std::array<std::uint32_t, 2> key;
    std::array<std::uint32_t, 4> output;
};
const Known known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

/// The draw key and quad that put a given counter into Philox; instance, draw and stream share the last word.
DrawKey key_for(const Known& vector) {
    const std::uint32_t last = vector.counter[3];
    return {static_cast<Stream>(last >> 24), (last >> 12) & 0xfff, vector.counter[1], last & 0xfff, vector.counter[2]};
}
Randomness randomness_for(const Known& vector) {
    const std::uint64_t seed = std::uint64_t{vector.key[1]} << 32 | vector.key[0];
    return Randomness(Seeds{seed, seed, seed});
}

TEST(Randomness, ReproducesThePublishedKnownAnswersScalar) {
    for (const Known& vector : known)
        EXPECT_EQ(randomness_for(vector).words(key_for(vector), vector.counter[0]), vector.output);
}

template <std::size_t width>
void lanes_equal_scalar() {
    const Randomness randomness(Seeds{11, 22, 33});
    std::array<std::uint32_t, width> replicates;
    for (std::uint32_t lane = 0; lane < width; ++lane) replicates[lane] = 1000 + lane * 7;
    const DrawKey key{.stream = Stream::sanction, .draw = 5, .round = 9, .instance = 3};
    std::vector<std::uint32_t> out(24 * width);
    randomness.fill<width>(key, replicates, 22, out.data());
    for (AgentId agent = 0; agent < 22; ++agent)
        for (std::size_t lane = 0; lane < width; ++lane) {
            DrawKey own = key;
            own.replicate = replicates[lane];
            EXPECT_EQ(out[agent * width + lane], randomness.word(own, agent)) << agent << " " << lane;
        }
}

TEST(Randomness, GivesTheSameWordsInAnyNumberOfLanesWithAnyInstructions) {
    for (const InstructionSet set : test::instruction_sets()) {
        const test::UsingInstructions use(set);
        lanes_equal_scalar<1>();
        lanes_equal_scalar<8>();
        lanes_equal_scalar<16>();
        lanes_equal_scalar<64>();
    }
}

TEST(Randomness, FillsAnyPartOfThePopulation) {
    const Randomness randomness(Seeds{11, 22, 33});
    const std::array<std::uint32_t, 8> replicates{3, 1, 4, 1, 5, 9, 2, 6};
    const DrawKey key{.stream = Stream::behavior, .round = 2};
    std::vector<std::uint32_t> all(400 * 8), part(400 * 8 + 1);
    randomness.fill<8>(key, replicates, 400, all.data());
    for (const std::uint32_t begin : {0u, 1u, 7u, 50u})
        for (const std::uint32_t end : {begin, begin + 1, begin + 5, 100u}) {
            std::ranges::fill(part, 0u);
            randomness.fill_quads<8>(key, replicates, begin, end, part.data());
            const auto first = all.begin() + begin * 32;
            EXPECT_TRUE(std::equal(first, first + (end - begin) * 32, part.begin())) << begin << " " << end;
            EXPECT_EQ(part[(end - begin) * 32], 0u) << "wrote beyond the end";
        }
}

TEST(Randomness, KeepsEveryFieldOfTheKeyApart) {
    const Randomness randomness(Seeds{1, 1, 1});
    const DrawKey base{.stream = Stream::behavior, .draw = 1, .round = 1, .instance = 1, .replicate = 1};
    std::set<std::uint32_t> words;
    for (const DrawKey& key : {base, DrawKey{Stream::sanction, 1, 1, 1, 1}, DrawKey{Stream::behavior, 2, 1, 1, 1},
                               DrawKey{Stream::behavior, 1, 2, 1, 1}, DrawKey{Stream::behavior, 1, 1, 2, 1},
                               DrawKey{Stream::behavior, 1, 1, 1, 2}})
        for (AgentId agent = 0; agent < 8; ++agent) words.insert(randomness.word(key, agent));
    EXPECT_EQ(words.size(), 48u);
}

TEST(Randomness, SeparatesTheSeedsOfItsClasses) {
    const Randomness one(Seeds{1, 1, 1}), other(Seeds{1, 1, 2});
    const DrawKey people{.stream = Stream::subject}, decisions{.stream = Stream::behavior};
    EXPECT_EQ(one.word(people, 3), other.word(people, 3));
    EXPECT_NE(one.word(decisions, 3), other.word(decisions, 3));
}

}  // namespace
}  // namespace commonweal
