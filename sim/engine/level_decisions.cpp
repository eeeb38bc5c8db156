#include "sim/engine/level_decisions.hpp"

#include <algorithm>
#include <bit>

#if defined(__x86_64__)
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"        // GCC 12 says so of its own headers (GCC bug 105593)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // the same under sanitizers
#endif
#include <immintrin.h>
#endif

#include "sim/core/instruction_set.hpp"

namespace commonweal {

namespace {

/// The upper 16 of the 31 bits; of 2^31, which is above every number, the largest that there is.
std::uint16_t upper_half(std::uint32_t threshold) noexcept {
    return static_cast<std::uint16_t>(std::min(threshold >> 15, 0xffffu));
}

}  // namespace

ShortThresholds::ShortThresholds(const AcceptanceTable& table, std::size_t giver, std::uint32_t most) {
    const auto levels = static_cast<std::int32_t>(most);
    const bool difference = table.step_own() < 0;
    const std::int32_t from = difference ? -levels : 0, to = difference ? levels : (levels + 1) * (levels + 1) - 1;
    for (std::size_t gives = 0; gives < 2; ++gives)
        add(gives, table.entries().data() + table.first(gives ? giver : 1 - giver), from, to);
}

void ShortThresholds::add(std::size_t gives, const std::uint32_t* thresholds, std::int32_t from, std::int32_t to) {
    const auto same = [&](std::int32_t a, std::int32_t b) {
        return upper_half(thresholds[a]) == upper_half(thresholds[b]);
    };
    while (from < to && same(from, from + 1)) ++from;
    while (from < to && same(to, to - 1)) --to;
    lowest_[gives] = static_cast<std::int16_t>(from);
    highest_[gives] = static_cast<std::int16_t>(to);
    shift_[gives] = static_cast<std::int16_t>(static_cast<std::int32_t>(std::min(size_, most_entries)) - from);
    for (std::int32_t index = from; index <= to; ++index, ++size_)
        if (size_ < most_entries) entries_[size_] = upper_half(thresholds[index]);
}

#if defined(__x86_64__)

namespace {

constexpr std::uint64_t ahead = 16;  ///< rows between asking for one and reading it

/// 64 bytes of a plane: a row of 64 lanes, or the rows of four agents.
template <std::size_t width>
constexpr AgentId agents_of_block = 64 / width;

/// Where the neighbors of the agents of a block are listed. Agents beyond the last one are computed and thrown away:
/// they look at the neighbors of the last one.
template <std::size_t width>
struct Neighbors {
    std::array<const AgentId*, agents_of_block<width>> of;

    Neighbors(const Layer& ties, AgentId agent) noexcept {
        for (AgentId i = 0; i < agents_of_block<width>; ++i)
            of[i] = ties.neighbors(std::min(agent + i, ties.agents() - 1)).data();
    }

    void call_ahead(const Layer& ties, const std::uint8_t* plane, std::uint32_t models) const noexcept {
        const auto left = static_cast<std::size_t>(ties.targets().data() + ties.targets().size() - of.front());
        const std::size_t end = std::min(ahead + models * of.size(), left);
        for (std::size_t k = ahead; k < end; ++k) __builtin_prefetch(plane + std::size_t{of.front()[k]} * width);
    }

    [[gnu::target("avx512f,avx512bw")]] __m512i row(const std::uint8_t* plane, std::uint32_t which) const noexcept {
        const auto at = [&](std::size_t i) { return plane + std::size_t{of[i][which]} * width; };
        if constexpr (width == 64) return _mm512_loadu_si512(at(0));
        __m512i row = _mm512_castsi128_si512(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at(0))));
        row = _mm512_inserti32x4(row, _mm_loadu_si128(reinterpret_cast<const __m128i*>(at(1))), 1);
        row = _mm512_inserti32x4(row, _mm_loadu_si128(reinterpret_cast<const __m128i*>(at(2))), 2);
        return _mm512_inserti32x4(row, _mm_loadu_si128(reinterpret_cast<const __m128i*>(at(3))), 3);
    }
};

/// What two words of 16 random ones make of each other: pick_of() of 64 words, whom they pick as bytes, and the upper
/// halves of the rests as two times 32.
struct Picks {
    __m512i which, rest[2];
};

[[gnu::target("avx512f,avx512bw")]] inline Picks picks_of(const std::uint32_t* words, __m512i models) noexcept {
    Picks picks;
    __m512i which[2];
    const __m512i even = _mm512_set_epi16(62, 60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26,
                                          24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    const __m512i odd = _mm512_add_epi16(even, _mm512_set1_epi16(1));
    for (int half = 0; half < 2; ++half) {
        __m512i middle[2];  // bits 16 to 47 of the products: below, the upper half of the rest, above, whom they pick
        for (int part = 0; part < 2; ++part) {
            const __m512i word = _mm512_loadu_si512(words + half * 32 + part * 16);
            const __m512i p = _mm512_mul_epu32(word, models);
            const __m512i q = _mm512_mul_epu32(_mm512_srli_epi64(word, 32), models);
            middle[part] = _mm512_mask_blend_epi32(0xaaaa, _mm512_srli_epi64(p, 16), _mm512_slli_epi64(q, 16));
        }
        picks.rest[half] = _mm512_permutex2var_epi16(middle[0], even, middle[1]);
        which[half] = _mm512_permutex2var_epi16(middle[0], odd, middle[1]);
    }
    const __m512i order = _mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0);  // packing goes by 128 bits
    picks.which = _mm512_permutexvar_epi64(order, _mm512_packus_epi16(which[0], which[1]));
    return picks;
}

/// Short thresholds in registers.
struct Table {
    __m512i step_own, lowest[2], highest[2], shift[2];
    const __m512i* entries;
    std::size_t size;

    [[gnu::target("avx512f,avx512bw")]] explicit Table(const LevelDecisions& decisions) noexcept
        : entries(reinterpret_cast<const __m512i*>(decisions.thresholds->entries().data())),
          size(decisions.thresholds->size()) {
        step_own = _mm512_set1_epi16(static_cast<short>(decisions.table->step_own()));
        for (std::size_t gives = 0; gives < 2; ++gives) {
            lowest[gives] = _mm512_set1_epi16(decisions.thresholds->lowest(gives));
            highest[gives] = _mm512_set1_epi16(decisions.thresholds->highest(gives));
            shift[gives] = _mm512_set1_epi16(decisions.thresholds->shift(gives));
        }
    }

    /// Of 32 agents and their models, whose levels these are; gives: which of the agents contribute.
    [[gnu::target("avx512f,avx512bw")]] __m512i of(__m512i own, __m512i model, __mmask32 gives) const noexcept {
        __m512i index = _mm512_add_epi16(_mm512_mullo_epi16(own, step_own), model);
        index = _mm512_max_epi16(index, _mm512_mask_blend_epi16(gives, lowest[0], lowest[1]));
        index = _mm512_min_epi16(index, _mm512_mask_blend_epi16(gives, highest[0], highest[1]));
        index = _mm512_add_epi16(index, _mm512_mask_blend_epi16(gives, shift[0], shift[1]));
        __m512i found = _mm512_permutex2var_epi16(entries[0], index, entries[1]);
        for (std::size_t begin = 64; begin < size; begin += 64) {
            const __m512i next = _mm512_permutex2var_epi16(entries[begin / 32], index, entries[begin / 32 + 1]);
            const __mmask32 beyond = _mm512_cmpge_epi16_mask(index, _mm512_set1_epi16(static_cast<short>(begin)));
            found = _mm512_mask_blend_epi16(beyond, found, next);
        }
        return found;
    }
};

/// One agent in one lane, by the whole threshold.
template <std::size_t width>
bool decided(const LevelDecisions& decisions, AgentId agent, std::size_t lane, std::uint32_t word) noexcept {
    const auto models = decisions.ties->neighbors(std::min(agent, decisions.ties->agents() - 1));
    const Pick pick = pick_of(word, static_cast<std::uint32_t>(models.size()));
    const std::uint8_t own = decisions.seen[std::size_t{agent} * width + lane];
    const std::uint8_t model = decisions.seen[std::size_t{models[pick.which]} * width + lane];
    const std::size_t strategy = own >= 128 ? decisions.giver : 1 - decisions.giver;
    return accepts(pick.rest, decisions.table->threshold(strategy, own & 127, model & 127));
}

template <std::size_t width>
[[gnu::target("avx512f,avx512bw")]] void decide_avx512(const LevelDecisions& decisions) noexcept {
    const Table table(decisions);
    const std::uint32_t models = decisions.ties->degree(0);
    const __m512i times = _mm512_set1_epi64(models), levels = _mm512_set1_epi8(127);
    const std::uint32_t* words = decisions.words;
    for (AgentId agent = decisions.begin; agent < decisions.end; agent += agents_of_block<width>, words += 64) {
        const Neighbors<width> neighbors(*decisions.ties, agent);
        if (decisions.far) neighbors.call_ahead(*decisions.ties, decisions.seen, models);
        const Picks picks = picks_of(words, times);
        const __m512i own = _mm512_loadu_si512(decisions.seen + std::size_t{agent} * width);
        __m512i model = neighbors.row(decisions.seen, 0);
        for (std::uint32_t which = 1; which < models; ++which) {
            const __mmask64 picked = _mm512_cmpeq_epi8_mask(picks.which, _mm512_set1_epi8(static_cast<char>(which)));
            model = _mm512_mask_blend_epi8(picked, model, neighbors.row(decisions.seen, which));
        }
        const __mmask64 gives = _mm512_movepi8_mask(own);
        const __mmask64 differs = gives ^ _mm512_movepi8_mask(model);
        const __m512i own_level = _mm512_and_si512(own, levels), model_level = _mm512_and_si512(model, levels);
        __mmask64 below = 0, equal = 0;
        for (int half = 0; half < 2; ++half) {
            const auto wide = [&](__m512i bytes) __attribute__((target("avx512f,avx512bw"))) {
                return _mm512_cvtepu8_epi16(half == 0 ? _mm512_castsi512_si256(bytes)
                                                      : _mm512_extracti64x4_epi64(bytes, 1));
            };
            const __m512i threshold =
                table.of(wide(own_level), wide(model_level), static_cast<__mmask32>(gives >> (32 * half)));
            below |= __mmask64{_mm512_cmplt_epu16_mask(picks.rest[half], threshold)} << (32 * half);
            equal |= __mmask64{_mm512_cmpeq_epi16_mask(picks.rest[half], threshold)} << (32 * half);
        }
        for (equal &= differs; equal != 0; equal &= equal - 1) {
            const auto at = static_cast<std::size_t>(std::countr_zero(equal));
            const auto who = agent + static_cast<AgentId>(at / width);
            if (decided<width>(decisions, who, at % width, words[at])) below |= __mmask64{1} << at;
        }
        std::uint8_t* const giving = decisions.giving + std::size_t{agent} * width;
        const __m512i changes = _mm512_maskz_set1_epi8(below & differs, 1);
        _mm512_storeu_si512(giving, _mm512_xor_si512(_mm512_loadu_si512(giving), changes));
    }
}

}  // namespace

bool has_fast_decisions() noexcept { return instruction_set() == InstructionSet::avx512; }

template <std::size_t width>
void decide_fast(const LevelDecisions& decisions) noexcept {
    decide_avx512<width>(decisions);
}

#else

bool has_fast_decisions() noexcept { return false; }

template <std::size_t width>
void decide_fast(const LevelDecisions&) noexcept {}

#endif

template void decide_fast<16>(const LevelDecisions&) noexcept;
template void decide_fast<64>(const LevelDecisions&) noexcept;

}  // namespace commonweal
