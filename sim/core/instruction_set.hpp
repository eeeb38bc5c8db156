#pragma once

#include <cstdint>
#include <string_view>

namespace commonweal {

/// Vector instructions that a loop may be compiled for. Each includes the ones before it.
enum class InstructionSet : std::uint8_t {
    baseline,  ///< what every x86-64 processor has (SSE2), and any other processor
    avx2,      ///< 256 bits
    avx512,    ///< 512 bits: F, BW, CD, DQ, VL
};

/// The best set that this processor has.
InstructionSet best_instruction_set() noexcept;

/// The set that loops use: the best one, unless another was chosen.
InstructionSet instruction_set() noexcept;

/// Chooses a set for the whole process. Values do not depend on it. Throws ConfigError when the processor lacks it.
void use_instruction_set(InstructionSet set);

/// baseline, avx2 or avx512.
std::string_view name_of(InstructionSet set) noexcept;

/// The set with a name. Throws ConfigError with the nearest name.
InstructionSet instruction_set_named(std::string_view name);

// Sanitizers look at what the source says, which is the same for every set; and everything that a pass calls, inlined
// three times with their checks, would take GCC minutes a file.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// A pass and all that it calls is inlined into the function that carries the instructions, so instructions that an old
// processor lacks stand nowhere else. Compiling whole files anew for each set could not promise that: of an inline
// function that two files share, the linker keeps one copy, and it may be the wrong one.
#define COMMONWEAL_INLINED gnu::flatten, gnu::noinline

template <class Pass>
[[gnu::target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,prefer-vector-width=512"), COMMONWEAL_INLINED]] void
with_avx512(const Pass& pass) {
    pass();
}

template <class Pass>
[[gnu::target("avx2"), COMMONWEAL_INLINED]] void with_avx2(const Pass& pass) {
    pass();
}

template <class Pass>
[[COMMONWEAL_INLINED]] void with_baseline(const Pass& pass) {
    pass();
}

#undef COMMONWEAL_INLINED

/// Calls pass() once, compiled for the instructions of this processor. Worth it for loops over at least some thousand
/// numbers. No set contracts a product and a sum to one rounding (-ffp-contract=off), so bits are the same.
template <class Pass>
void vectorized(const Pass& pass) {
    switch (instruction_set()) {
        case InstructionSet::avx512:
            return with_avx512(pass);
        case InstructionSet::avx2:
            return with_avx2(pass);
        case InstructionSet::baseline:
            return with_baseline(pass);
    }
}

#else

template <class Pass>
void vectorized(const Pass& pass) {
    pass();
}

#endif

}  // namespace commonweal
