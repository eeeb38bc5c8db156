#pragma once

#include <cstdint>

#include "sim/core/error.hpp"
#include "sim/core/randomness.hpp"

namespace commonweal {

/// Random numbers one after the other, for constructions that need as many as it takes: a pure function of the seed and
/// the key. Generators of networks use Stream::network with draw = the step of the construction and round = the item
/// that is decided (an agent, a block); sequences with different keys share no number.
class DrawSequence {
public:
    /// `randomness` must outlive the sequence.
    DrawSequence(const Randomness& randomness, const DrawKey& key) noexcept : randomness_(randomness), key_(key) {}
    DrawSequence(Randomness&&, const DrawKey&) = delete;

    /// Throws Error after 2^34 words, where the counter would begin again.
    std::uint32_t word() {
        if (next_ == block_.size()) refill();
        return block_[next_++];
    }

    std::uint64_t word64() {
        const std::uint64_t high = word();
        return high << 32 | word();
    }

    /// Uniform in (0, 1): the midpoint of one of 2^52 equal cells.
    double uniform() { return (static_cast<double>(word64() >> 12) + 0.5) * 0x1.0p-52; }

    /// Uniform integer in [0, n), for n > 0, by multiplication; the largest bias is n / 2^64.
    std::uint64_t below(std::uint64_t n) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((Wide{word64()} * n) >> 64);
    }

private:
    void refill() {
        if (quad_ > UINT32_MAX) throw Error("a network needs more random numbers than one sequence has (2^34)");
        block_ = randomness_.words(key_, static_cast<std::uint32_t>(quad_++));
        next_ = 0;
    }

    const Randomness& randomness_;
    DrawKey key_;
    std::uint64_t quad_ = 0;
    Words block_{};
    std::size_t next_ = block_.size();
};

}  // namespace commonweal
