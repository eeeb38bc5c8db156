#include "sim/core/instruction_set.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <string>
#include <vector>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

constexpr std::array names{"baseline", "avx2", "avx512"};

InstructionSet detect() noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
    const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl");
    if (wide) return InstructionSet::avx512;
    if (__builtin_cpu_supports("avx2")) return InstructionSet::avx2;
#endif
    return InstructionSet::baseline;
}

std::atomic<InstructionSet>& chosen() noexcept {
    static std::atomic<InstructionSet> set = best_instruction_set();
    return set;
}

}  // namespace

InstructionSet best_instruction_set() noexcept {
    static const InstructionSet best = detect();
    return best;
}

InstructionSet instruction_set() noexcept { return chosen().load(std::memory_order_relaxed); }

void use_instruction_set(InstructionSet set) {
    if (set > best_instruction_set())
        throw ConfigError("COMMONWEAL_INSTRUCTIONS",
                          fmt::format("this processor does not have {}; the best it has is {}", name_of(set),
                                      name_of(best_instruction_set())));
    chosen().store(set, std::memory_order_relaxed);
}

std::string_view name_of(InstructionSet set) noexcept { return names[static_cast<std::size_t>(set)]; }

InstructionSet instruction_set_named(std::string_view name) {
    for (std::size_t set = 0; set < names.size(); ++set)
        if (name == names[set]) return static_cast<InstructionSet>(set);
    throw ConfigError("COMMONWEAL_INSTRUCTIONS",
                      fmt::format("'{}' is not known; it may be baseline, avx2 or avx512{}", name,
                                  did_you_mean(name, std::vector<std::string>(names.begin(), names.end()))));
}

}  // namespace commonweal
