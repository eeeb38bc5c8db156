#include "sim/core/randomness.hpp"

#include <Random123/philox.h>

#include <algorithm>

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

std::uint32_t low(std::uint64_t x) noexcept { return static_cast<std::uint32_t>(x); }
std::uint32_t high(std::uint64_t x) noexcept { return static_cast<std::uint32_t>(x >> 32); }

std::uint32_t purpose(const DrawKey& key) noexcept {
    return static_cast<std::uint32_t>(key.stream) << 24 | key.draw << 12 | key.instance;
}

/// The 32 counters of a call of the generator, as planes of their first and third words, and where its words go:
/// word w of counter i to out[i / 16 * group_step + w * word_step + i % 16].
struct Counters {
    alignas(64) std::array<std::uint32_t, 32> first, third;
    std::uint32_t second, fourth;
};

struct Target {
    std::uint32_t* out;
    std::size_t group_step, word_step;
};

/// The ten rounds of Philox as loops over 16 counters.
void generate_plain(std::uint64_t seed, const Counters& counters, const Target& target) noexcept {
    for (std::size_t group = 0; group < 2; ++group) {
        std::array<std::uint32_t, 16> a, b, c, d;
        for (std::size_t i = 0; i < 16; ++i) {
            a[i] = counters.first[group * 16 + i];
            b[i] = counters.second;
            c[i] = counters.third[group * 16 + i];
            d[i] = counters.fourth;
        }
        std::uint32_t first = low(seed), second = high(seed);
        for (int step = 0; step < 10; ++step) {
            for (std::size_t i = 0; i < 16; ++i) {
                const std::uint64_t p = std::uint64_t{PHILOX_M4x32_0} * a[i];
                const std::uint64_t q = std::uint64_t{PHILOX_M4x32_1} * c[i];
                a[i] = high(q) ^ b[i] ^ first;
                b[i] = low(q);
                c[i] = high(p) ^ d[i] ^ second;
                d[i] = low(p);
            }
            first += PHILOX_W32_0;
            second += PHILOX_W32_1;
        }
        std::uint32_t* const out = target.out + group * target.group_step;
        std::copy(a.begin(), a.end(), out);
        std::copy(b.begin(), b.end(), out + target.word_step);
        std::copy(c.begin(), c.end(), out + 2 * target.word_step);
        std::copy(d.begin(), d.end(), out + 3 * target.word_step);
    }
}

#if defined(__x86_64__)

// Compilers multiply all 32 bits with all 32 bits when they vectorize the loop above. One vector of even and one of odd
// counters, each in the low half of 64 bits, need half as many products: the low halves of products are read where they
// are, the high ones are moved, and what is left in the high half is never read.

[[gnu::target("avx512f")]] void generate_avx512(std::uint64_t seed, const Counters& counters,
                                                const Target& target) noexcept {
    constexpr int chains = 4;  // even and odd counters of both groups: enough to hide the latency of a product
    const __m512i m = _mm512_set1_epi64(PHILOX_M4x32_0), n = _mm512_set1_epi64(PHILOX_M4x32_1);
    __m512i a[chains], b[chains], c[chains], d[chains];
    for (int i = 0; i < chains; ++i) {
        const __m512i first = _mm512_load_si512(counters.first.data() + i / 2 * 16);
        const __m512i third = _mm512_load_si512(counters.third.data() + i / 2 * 16);
        a[i] = i % 2 == 0 ? first : _mm512_srli_epi64(first, 32);
        c[i] = i % 2 == 0 ? third : _mm512_srli_epi64(third, 32);
        b[i] = _mm512_set1_epi64(counters.second);
        d[i] = _mm512_set1_epi64(counters.fourth);
    }
    std::uint32_t first = low(seed), second = high(seed);
    for (int step = 0; step < 10; ++step) {
        const __m512i k = _mm512_set1_epi64(first), l = _mm512_set1_epi64(second);
        for (int i = 0; i < chains; ++i) {
            const __m512i p = _mm512_mul_epu32(a[i], m), q = _mm512_mul_epu32(c[i], n);
            a[i] = _mm512_ternarylogic_epi64(_mm512_shuffle_epi32(q, _MM_PERM_DDBB), b[i], k, 0x96);
            c[i] = _mm512_ternarylogic_epi64(_mm512_shuffle_epi32(p, _MM_PERM_DDBB), d[i], l, 0x96);
            b[i] = q;
            d[i] = p;
        }
        first += PHILOX_W32_0;
        second += PHILOX_W32_1;
    }
    for (int i = 0; i < chains; i += 2) {
        std::uint32_t* const out = target.out + static_cast<std::size_t>(i / 2) * target.group_step;
        const std::size_t next = target.word_step;
        _mm512_storeu_si512(out, _mm512_mask_shuffle_epi32(a[i], 0xaaaa, a[i + 1], _MM_PERM_CCAA));
        _mm512_storeu_si512(out + next, _mm512_mask_shuffle_epi32(b[i], 0xaaaa, b[i + 1], _MM_PERM_CCAA));
        _mm512_storeu_si512(out + 2 * next, _mm512_mask_shuffle_epi32(c[i], 0xaaaa, c[i + 1], _MM_PERM_CCAA));
        _mm512_storeu_si512(out + 3 * next, _mm512_mask_shuffle_epi32(d[i], 0xaaaa, d[i + 1], _MM_PERM_CCAA));
    }
}

[[gnu::target("avx2")]] void generate_avx2(std::uint64_t seed, const Counters& counters,
                                           const Target& target) noexcept {
    constexpr int chains = 4;  // even and odd counters of two times eight
    const __m256i m = _mm256_set1_epi64x(PHILOX_M4x32_0), n = _mm256_set1_epi64x(PHILOX_M4x32_1);
    for (std::size_t group = 0; group < 2; ++group) {
        __m256i a[chains], b[chains], c[chains], d[chains];
        for (int i = 0; i < chains; ++i) {
            const std::size_t at = group * 16 + static_cast<std::size_t>(i / 2) * 8;
            const __m256i first = _mm256_load_si256(reinterpret_cast<const __m256i*>(counters.first.data() + at));
            const __m256i third = _mm256_load_si256(reinterpret_cast<const __m256i*>(counters.third.data() + at));
            a[i] = i % 2 == 0 ? first : _mm256_srli_epi64(first, 32);
            c[i] = i % 2 == 0 ? third : _mm256_srli_epi64(third, 32);
            b[i] = _mm256_set1_epi64x(counters.second);
            d[i] = _mm256_set1_epi64x(counters.fourth);
        }
        std::uint32_t first = low(seed), second = high(seed);
        for (int step = 0; step < 10; ++step) {
            const __m256i k = _mm256_set1_epi64x(first), l = _mm256_set1_epi64x(second);
            for (int i = 0; i < chains; ++i) {
                const __m256i p = _mm256_mul_epu32(a[i], m), q = _mm256_mul_epu32(c[i], n);
                a[i] = _mm256_xor_si256(_mm256_xor_si256(_mm256_shuffle_epi32(q, 0xf5), b[i]), k);
                c[i] = _mm256_xor_si256(_mm256_xor_si256(_mm256_shuffle_epi32(p, 0xf5), d[i]), l);
                b[i] = q;
                d[i] = p;
            }
            first += PHILOX_W32_0;
            second += PHILOX_W32_1;
        }
        for (int i = 0; i < chains; i += 2) {
            std::uint32_t* out = target.out + group * target.group_step + static_cast<std::size_t>(i / 2) * 8;
            for (const __m256i* word : {a, b, c, d}) {
                const __m256i both = _mm256_blend_epi32(word[i], _mm256_shuffle_epi32(word[i + 1], 0xa0), 0xaa);
                _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), both);
                out += target.word_step;
            }
        }
    }
}

void generate(std::uint64_t seed, const Counters& counters, const Target& target) noexcept {
    switch (instruction_set()) {
        case InstructionSet::avx512:
            return generate_avx512(seed, counters, target);
        case InstructionSet::avx2:
            return generate_avx2(seed, counters, target);
        case InstructionSet::baseline:
            return generate_plain(seed, counters, target);
    }
}

#else

void generate(std::uint64_t seed, const Counters& counters, const Target& target) noexcept {
    generate_plain(seed, counters, target);
}

#endif

}  // namespace

std::uint64_t Seeds::of(Stream stream) const noexcept {
    switch (stream) {
        case Stream::schedule:
        case Stream::network:
        case Stream::redraw:
        case Stream::scope:
            return network;
        case Stream::subject:
        case Stream::synthetic:
        case Stream::type:
        case Stream::initial:
        case Stream::place:
        case Stream::belief:
            return initial;
        case Stream::behavior:
        case Stream::focal:
        case Stream::model:
        case Stream::accept:
        case Stream::mutation:
        case Stream::rewiring:
        case Stream::groups:
        case Stream::source:
        case Stream::design:
        case Stream::sanction:
        case Stream::turnover:
        case Stream::policy:
        case Stream::rollout:
            return dynamics;
    }
    return dynamics;
}

Words Randomness::words(const DrawKey& key, std::uint32_t quad) const noexcept {
    const std::uint64_t seed = seeds_.of(key.stream);
    const auto block = r123::Philox4x32()({{quad, key.round, key.replicate, purpose(key)}}, {{low(seed), high(seed)}});
    return {block[0], block[1], block[2], block[3]};
}

namespace {

/// The four words of each of 32 counters, from planes of 16 counters.
void interleave(const std::array<std::uint32_t, 128>& planes, std::uint32_t* out) noexcept {
    for (std::size_t group = 0; group < 2; ++group, out += 64) {
        const std::uint32_t* const plane = planes.data() + group * 64;
        for (std::size_t i = 0; i < 16; ++i) {
            out[4 * i] = plane[i];
            out[4 * i + 1] = plane[16 + i];
            out[4 * i + 2] = plane[32 + i];
            out[4 * i + 3] = plane[48 + i];
        }
    }
}

}  // namespace

template <std::size_t width>
void Randomness::fill_quads(const DrawKey& key, std::span<const std::uint32_t, width> replicates, std::uint32_t begin,
                            std::uint32_t end, std::uint32_t* out) const noexcept {
    const std::uint64_t seed = seeds_.of(key.stream);
    Counters counters{{}, {}, key.round, purpose(key)};
    if constexpr (width == 64) {
        for (std::uint32_t quad = begin; quad < end; ++quad)
            for (std::size_t lane = 0; lane < width; lane += 32) {
                counters.first.fill(quad);
                std::copy_n(replicates.begin() + lane, 32, counters.third.begin());
                generate(seed, counters, {out + std::size_t{quad - begin} * 4 * width + lane, 16, width});
            }
    } else {
        constexpr std::uint32_t quads = 32 / width;  // of a call
        std::array<std::uint32_t, 128> buffer;
        for (std::size_t i = 0; i < 32; ++i) counters.third[i] = replicates[i % width];
        for (std::uint32_t quad = begin; quad < end; quad += quads) {
            for (std::size_t i = 0; i < 32; ++i) counters.first[i] = quad + static_cast<std::uint32_t>(i / width);
            std::uint32_t* const first = out + std::size_t{quad - begin} * 4 * width;
            const std::uint32_t wanted = std::min(quads, end - quad);
            if (width == 16 && wanted == quads) {
                generate(seed, counters, {first, 4 * width, width});
                continue;
            }
            generate(seed, counters, {buffer.data(), 64, 16});
            if (width == 1 && wanted == quads) {
                interleave(buffer, first);
                continue;
            }
            for (std::size_t of = 0; of < wanted; ++of)
                for (std::size_t word = 0; word < 4; ++word)
                    for (std::size_t lane = 0; lane < width; ++lane) {
                        const std::size_t i = of * width + lane;
                        first[(of * 4 + word) * width + lane] = buffer[i / 16 * 64 + word * 16 + i % 16];
                    }
        }
    }
}

template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 1>, std::uint32_t, std::uint32_t,
                                     std::uint32_t*) const noexcept;
template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 8>, std::uint32_t, std::uint32_t,
                                     std::uint32_t*) const noexcept;
template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 16>, std::uint32_t, std::uint32_t,
                                     std::uint32_t*) const noexcept;
template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 64>, std::uint32_t, std::uint32_t,
                                     std::uint32_t*) const noexcept;

}  // namespace commonweal
