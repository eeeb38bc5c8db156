#include "sim/core/randomness.hpp"

#include <Random123/philox.h>

namespace commonweal {

namespace {

std::uint32_t low(std::uint64_t x) noexcept { return static_cast<std::uint32_t>(x); }
std::uint32_t high(std::uint64_t x) noexcept { return static_cast<std::uint32_t>(x >> 32); }

std::uint32_t purpose(const DrawKey& key) noexcept {
    return static_cast<std::uint32_t>(key.stream) << 24 | key.draw << 12 | key.instance;
}

/// One quad of agents in `width` lanes: the ten rounds of Philox as loops over lanes, which the compiler vectorizes.
template <std::size_t width>
void fill_quad(std::uint64_t seed, std::uint32_t quad, const DrawKey& key,
               std::span<const std::uint32_t, width> replicates, std::uint32_t* out) noexcept {
    std::array<std::uint32_t, width> a, b, c, d;
    for (std::size_t lane = 0; lane < width; ++lane) {
        a[lane] = quad;
        b[lane] = key.round;
        c[lane] = replicates[lane];
        d[lane] = purpose(key);
    }
    std::uint32_t first = low(seed), second = high(seed);
    for (int step = 0; step < 10; ++step) {
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::uint64_t p = std::uint64_t{PHILOX_M4x32_0} * a[lane];
            const std::uint64_t q = std::uint64_t{PHILOX_M4x32_1} * c[lane];
            a[lane] = high(q) ^ b[lane] ^ first;
            b[lane] = low(q);
            c[lane] = high(p) ^ d[lane] ^ second;
            d[lane] = low(p);
        }
        first += PHILOX_W32_0;
        second += PHILOX_W32_1;
    }
    for (std::size_t lane = 0; lane < width; ++lane) {
        out[0 * width + lane] = a[lane];
        out[1 * width + lane] = b[lane];
        out[2 * width + lane] = c[lane];
        out[3 * width + lane] = d[lane];
    }
}

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

template <std::size_t width>
void Randomness::fill(const DrawKey& key, std::span<const std::uint32_t, width> replicates, AgentId agents,
                      std::uint32_t* out) const noexcept {
    const std::uint64_t seed = seeds_.of(key.stream);
    for (std::uint32_t quad = 0; quad < (agents + 3) / 4; ++quad)
        fill_quad<width>(seed, quad, key, replicates, out + std::size_t{quad} * 4 * width);
}

template void Randomness::fill<1>(const DrawKey&, std::span<const std::uint32_t, 1>, AgentId,
                                  std::uint32_t*) const noexcept;
template void Randomness::fill<8>(const DrawKey&, std::span<const std::uint32_t, 8>, AgentId,
                                  std::uint32_t*) const noexcept;
template void Randomness::fill<16>(const DrawKey&, std::span<const std::uint32_t, 16>, AgentId,
                                   std::uint32_t*) const noexcept;

}  // namespace commonweal
