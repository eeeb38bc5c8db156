#pragma once

#include <memory>
#include <span>
#include <string>

#include "sim/core/randomness.hpp"

namespace commonweal {

/// Which groups are asked for.
struct MeetingKey {
    AgentId session = 0;          ///< number of the session
    std::uint32_t game = 0;       ///< position of the condition within the session, from 0
    Round round = 0;              ///< round within the condition, from 0
    std::uint32_t instance = 0;   ///< network instance
    std::uint32_t replicate = 0;  ///< read only by matchings that are not shared
};

/// Who shares a pot with whom in a round of one session. Immutable; a pure function of key and random numbers.
class Matching {
public:
    virtual ~Matching() = default;

    /// True when the groups do not depend on the replicate, so that all lanes of a batch share them.
    virtual bool shared() const noexcept = 0;

    /// Fills slots [agents of one session] with agents 0 .. size-1 of the session: group g is slots g*s .. g*s + s-1.
    virtual void groups(const Randomness& randomness, const MeetingKey& key, std::span<AgentId> slots) const = 0;

    /// One line on how the groups were made.
    virtual std::string construction() const = 0;
};

/// The same groups in every round and under every condition, drawn once per (instance, session).
std::unique_ptr<Matching> partners();

/// Groups drawn anew at random in each round, independently in each replicate.
std::unique_ptr<Matching> strangers();

/// Nobody meets anybody twice under one condition: a perfect-stranger schedule whose labels are permuted at random per
/// (instance, session, condition). Throws ConfigError when no such schedule of `rounds` rounds is possible or known.
std::unique_ptr<Matching> perfect_strangers(AgentId agents, AgentId group_size, Round rounds);

/// Puts slots into a uniformly random order (Fisher & Yates 1938; Durstenfeld 1964): the word for place i is that of
/// agent first + i. The bias of a place is below slots.size() / 2^32.
void shuffle(const Randomness& randomness, const DrawKey& key, AgentId first, std::span<AgentId> slots);

}  // namespace commonweal
