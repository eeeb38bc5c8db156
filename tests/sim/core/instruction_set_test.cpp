#include "tests/support/instruction_sets.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "sim/core/elementary.hpp"
#include "sim/core/error.hpp"

namespace commonweal {
namespace {

TEST(InstructionSet, IsKnownByName) {
    for (const InstructionSet set : {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512})
        EXPECT_EQ(instruction_set_named(name_of(set)), set);
    try {
        instruction_set_named("avx51");
        FAIL() << "no such set";
    } catch (const ConfigError& error) {
        EXPECT_NE(std::string(error.what()).find("did you mean 'avx512'"), std::string::npos) << error.what();
    }
}

TEST(InstructionSet, IsRefusedWhenTheProcessorLacksIt) {
    if (best_instruction_set() == InstructionSet::avx512) GTEST_SKIP() << "this processor has all sets";
    EXPECT_THROW(use_instruction_set(InstructionSet::avx512), ConfigError);
}

/// Products and sums would differ in their last bits if any set contracted them; so would exp and normal numbers.
std::vector<float> numbers() {
    std::vector<float> out(10007);
    vectorized([&] {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const float x = static_cast<float>(static_cast<std::int32_t>(i)) * 0.0137f - 60.0f;
            out[i] = exp_of(x) * x + normal_of(static_cast<std::uint32_t>(i) * 2654435761u) * 1.1f;
        }
    });
    return out;
}

TEST(InstructionSet, ChangesNoBit) {
    std::vector<std::vector<float>> all;
    for (const InstructionSet set : test::instruction_sets()) {
        const test::UsingInstructions use(set);
        EXPECT_EQ(instruction_set(), set);
        all.push_back(numbers());
    }
    for (const auto& other : all) EXPECT_EQ(std::memcmp(all[0].data(), other.data(), other.size() * sizeof(float)), 0);
    // The control: what one rounding less would have changed.
    std::size_t changed = 0;
    for (const float x : all[0]) changed += std::fma(x, 1.1f, 0.3f) != x * 1.1f + 0.3f;
    EXPECT_GT(changed, 1000u);
}

}  // namespace
}  // namespace commonweal
