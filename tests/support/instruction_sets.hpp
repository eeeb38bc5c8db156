#pragma once

#include <algorithm>
#include <vector>

#include "sim/core/instruction_set.hpp"

namespace commonweal::test {

/// The sets that this processor has, slowest first.
inline std::vector<InstructionSet> instruction_sets() {
    std::vector<InstructionSet> sets{InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512};
    std::erase_if(sets, [](InstructionSet set) { return set > best_instruction_set(); });
    return sets;
}

/// Uses one set of instructions as long as it lives.
class UsingInstructions {
public:
    explicit UsingInstructions(InstructionSet set) : before_(instruction_set()) { use_instruction_set(set); }
    UsingInstructions(const UsingInstructions&) = delete;
    UsingInstructions& operator=(const UsingInstructions&) = delete;
    ~UsingInstructions() { use_instruction_set(before_); }

private:
    InstructionSet before_;
};

}  // namespace commonweal::test
