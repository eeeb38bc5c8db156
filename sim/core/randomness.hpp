#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "sim/core/types.hpp"

namespace commonweal {

/// What a random number decides. The values are part of every result: append, never renumber.
enum class Stream : std::uint8_t {
    schedule = 1,   ///< matching: permutation of labels, random regrouping
    subject = 2,    ///< which person of a pool an agent is
    synthetic = 3,  ///< the traits of a made-up person
    type = 4,       ///< which type of agent
    behavior = 5,   ///< the decision how much to give
    sanction = 6,   ///< the decision whom to punish or reward
    initial = 7,    ///< first contributions that are not a subject's own
    network = 8,    ///< the ties of a generated network
    focal = 9,      ///< who revises its strategy
    model = 10,     ///< whom the focal agent looks at
    accept = 11,    ///< whether it imitates
    mutation = 12,  ///< whether it tries a strategy by chance, and which
    place = 13,     ///< where agents of a type are put
    rewiring = 14,  ///< which pairs may change their tie, who decides, and what
    groups = 15,    ///< births, deaths, migration and splitting of groups
    redraw = 16,    ///< the seed of a network that is drawn anew in a round
    source = 17,    ///< whom twin runs nudge
    design = 18,    ///< the points of a sweep; the design has a seed of its own
    belief = 19,    ///< what agents of a service expect in the beginning
    turnover = 20,  ///< who leaves a service, who changes places, and what newcomers expect
    policy = 21,    ///< what a policy decides
    scope = 22,     ///< which units a policy concerns
    rollout = 23,   ///< which units are in a pilot, and which of a pair is treated
};

/// One 64-bit seed per class of streams, so that one cause of variation can be held while another changes.
struct Seeds {
    std::uint64_t network = 0;   ///< Stream::schedule, network, redraw, scope
    std::uint64_t initial = 0;   ///< Stream::subject, synthetic, type, initial, place, belief
    std::uint64_t dynamics = 0;  ///< all others

    std::uint64_t of(Stream stream) const noexcept;
};

/// Who draws, and for which decision. Field widths are fixed; fits() is checked when the scenario is built.
struct DrawKey {
    Stream stream;
    std::uint32_t draw = 0;       ///< number of the draw within the decision, below 2^12
    Round round = 0;              ///< 32 bits
    std::uint32_t instance = 0;   ///< network instance, below 2^12
    std::uint32_t replicate = 0;  ///< 32 bits; 0 for what replicates share
};
inline constexpr std::uint32_t max_draws = 1u << 12;
inline constexpr std::uint32_t max_instances = 1u << 12;

/// Four random 32-bit words: those of agents 4 quad, ..., 4 quad + 3.
using Words = std::array<std::uint32_t, 4>;

/// The source of every random number: a pure function of what is being decided.
///
/// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011). Key: the seed of the stream's class. Counter, in fixed bits:
///     word 0   agent / 4                          (the word within the block is agent mod 4)
///     word 1   round
///     word 2   replicate
///     word 3   stream << 24 | draw << 12 | instance
/// Two decisions can never share a number, and no number depends on threads, lanes, or the order of asking.
class Randomness {
public:
    explicit Randomness(const Seeds& seeds) noexcept : seeds_(seeds) {}

    /// Words of the four agents of a quad, for one replicate.
    Words words(const DrawKey& key, std::uint32_t quad) const noexcept;

    /// The word of one agent.
    std::uint32_t word(const DrawKey& key, AgentId agent) const noexcept { return words(key, agent / 4)[agent % 4]; }

    /// Words of agents [0, agents) in `width` lanes, written to out[agent * width + lane] for agents rounded up to a
    /// multiple of four; lane l belongs to replicates[l]. key.replicate is not read. Widths are 1, 8, 16 and 64.
    template <std::size_t width>
    void fill(const DrawKey& key, std::span<const std::uint32_t, width> replicates, AgentId agents,
              std::uint32_t* out) const noexcept {
        fill_quads(key, replicates, 0, (agents + 3) / 4, out);
    }

    /// The same for the agents of quads [begin, end): out[0] belongs to agent 4 begin.
    template <std::size_t width>
    void fill_quads(const DrawKey& key, std::span<const std::uint32_t, width> replicates, std::uint32_t begin,
                    std::uint32_t end, std::uint32_t* out) const noexcept;

    const Seeds& seeds() const noexcept { return seeds_; }

private:
    Seeds seeds_;
};

extern template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 1>, std::uint32_t,
                                            std::uint32_t, std::uint32_t*) const noexcept;
extern template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 8>, std::uint32_t,
                                            std::uint32_t, std::uint32_t*) const noexcept;
extern template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 16>, std::uint32_t,
                                            std::uint32_t, std::uint32_t*) const noexcept;
extern template void Randomness::fill_quads(const DrawKey&, std::span<const std::uint32_t, 64>, std::uint32_t,
                                            std::uint32_t, std::uint32_t*) const noexcept;

}  // namespace commonweal
