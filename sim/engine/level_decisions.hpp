#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/model/acceptance.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// Thresholds of acceptance to 16 bits, few enough for the registers of a processor. All but one of 2^16 random numbers
/// tell from them whether they are below a threshold; that one needs the whole threshold.
///
/// An index is that of AcceptanceTable less what depends on the strategy alone. Indices below `lowest` have the
/// threshold of `lowest`, those above `highest` that of `highest`: where selection is strong most of them are 0 or 1.
class ShortThresholds {
public:
    static constexpr std::size_t most_entries = 512;  ///< of both strategies together, a multiple of 64

    /// giver: the strategy that contributes; the row of it comes second. levels: highest level.
    ShortThresholds(const AcceptanceTable& table, std::size_t giver, std::uint32_t most);

    bool fits() const noexcept { return size_ <= most_entries; }
    std::size_t size() const noexcept { return size_; }

    /// Of the strategy that does not contribute, and of that which does.
    std::int16_t lowest(std::size_t gives) const noexcept { return lowest_[gives]; }
    std::int16_t highest(std::size_t gives) const noexcept { return highest_[gives]; }

    /// Where the entry of an index between them is: entries()[index + shift].
    std::int16_t shift(std::size_t gives) const noexcept { return shift_[gives]; }
    const std::array<std::uint16_t, most_entries>& entries() const noexcept { return entries_; }

private:
    void add(std::size_t gives, const std::uint32_t* thresholds, std::int32_t from, std::int32_t to);

    std::array<std::int16_t, 2> lowest_{}, highest_{}, shift_{};
    std::size_t size_ = 0;
    alignas(64) std::array<std::uint16_t, most_entries> entries_{};
};

/// Agents begin to end that all have the same number of neighbors and revise together in lanes, planes [agent][lane] of
/// bytes. A byte that is seen is a level below 128 and, as its highest bit, whether the agent contributes.
struct LevelDecisions {
    const Layer* ties;
    const AcceptanceTable* table;
    const ShortThresholds* thresholds;
    std::size_t giver;           ///< the strategy that contributes
    AgentId begin, end;          ///< begin is a multiple of 4
    const std::uint32_t* words;  ///< [agent - begin][lane], of the agents rounded up to a multiple of 4
    const std::uint8_t* seen;
    std::uint8_t* giving;  ///< 1: contributes; room for the agents rounded up to a multiple of 4
    bool far;              ///< rows of neighbors are to be asked for ahead
};

/// True when this processor has a faster way to decide than loops over lanes, and is to use it.
bool has_fast_decisions() noexcept;

/// Decides by it. Revision::together() of a pairwise rule, for 16 or 64 lanes.
template <std::size_t width>
void decide_fast(const LevelDecisions& decisions) noexcept;

extern template void decide_fast<16>(const LevelDecisions&) noexcept;
extern template void decide_fast<64>(const LevelDecisions&) noexcept;

}  // namespace commonweal
