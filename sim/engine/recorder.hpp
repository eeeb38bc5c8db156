#pragma once

#include "sim/core/types.hpp"

namespace commonweal {

struct RoundSums;

/// Ties that change from round to round.
struct TieView {
    double mean_degree;       ///< mean number of neighbors in this round [neighbors]
    std::uint64_t cut, made;  ///< after this round [ties]
};

/// What a recorder sees after each round. Planes are [agent][lane], valid during the call only.
struct RoundView {
    Round round;                 ///< from 1, over the whole session
    std::size_t width;           ///< lanes of a row: 1, 8 or 16
    const float* contributions;  ///< tokens
    const float* payoffs;        ///< tokens
    const float* given;          ///< points assigned to others; nullptr where nobody ever assigns any
    const float* received;       ///< points received from others, likewise
    const AgentId* slots;        ///< [slot] when `shared`, else [slot][lane]: groups of consecutive slots; nullptr on a
                                 ///< network
    bool shared;
    const TieView* ties = nullptr;    ///< nullptr where ties stay
    const RoundSums* sums = nullptr;  ///< over all agents, where they were added on the way
};

/// Keeps what is wanted of a batch, round by round.
class Recorder {
public:
    virtual ~Recorder() = default;
    virtual void on_round(const RoundView& view) = 0;

    /// A round that is in everything like the one before it, but for its number.
    virtual void on_repeat(const RoundView& view) { on_round(view); }
};

}  // namespace commonweal
