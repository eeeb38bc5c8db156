#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/randomness.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// The ties of a moment in compressed rows: 64-bit offsets [agent + 1] into targets [end of a tie].
struct TieRows {
    std::vector<std::uint64_t> offsets;
    std::vector<AgentId> targets;  ///< neighbors of an agent in increasing order
};

/// Ties that change: an undirected simple graph without weights, whose ties can be cut and made one by one.
class ChangingTies {
public:
    /// Begins with the ties of a layer. Throws ConfigError when it has weights: a new tie would have none.
    explicit ChangingTies(const Layer& layer);

    AgentId agents() const noexcept { return static_cast<AgentId>(rows_.size()); }
    std::uint64_t ties() const noexcept { return ties_; }
    std::uint32_t degree(AgentId agent) const noexcept { return static_cast<std::uint32_t>(rows_[agent].size()); }

    /// The neighbors of an agent, in increasing order.
    std::span<const AgentId> neighbors(AgentId agent) const noexcept { return rows_[agent]; }

    bool tied(AgentId a, AgentId b) const noexcept;

    /// Cuts the tie of two agents. Returns whether there was one. Linear in their degrees, as is make().
    bool cut(AgentId a, AgentId b);

    /// Ties two agents. Returns whether they were not tied before; false for an agent with itself.
    bool make(AgentId a, AgentId b);

    /// Writes the present ties into rows, whose memory is used again.
    void write(TieRows& rows) const;

private:
    std::vector<std::vector<AgentId>> rows_;  ///< [agent]: neighbors in increasing order
    std::uint64_t ties_;
};

/// How pairs change their ties. Probabilities of what the decider did and what the other did: [2 * (decider defected) +
/// (other defected)], so in the order cc, cd, dc, dd.
struct RewiringRates {
    double share = 0;                ///< probability that a pair is offered a change [per round]
    std::array<double, 4> cut = {};  ///< that the decider cuts an existing tie [-]
    std::array<double, 4> make{};    ///< that it makes a missing one [-]
};

/// Whether and how the ties of a network change after each round.
struct TieDesign {
    RewiringRates rates;
    bool redraw = false;  ///< the generator draws a new network for every round instead

    bool changes() const noexcept { return redraw || rates.share > 0; }
};

/// What changed in one round.
struct TieChanges {
    std::uint64_t cut = 0, made = 0;
};

/// Whose round it is: the coordinates of random numbers.
struct RewiringKey {
    Round round;
    std::uint32_t instance, replicate;
};

/// Offers every pair of agents a change of its tie with probability rates.share; one of the two, drawn at random,
/// decides by what both did. Pairs do not see each other's change. A pure function of its arguments; which pairs are
/// offered and who decides does not depend on ties or acts. Time O(agents + offered pairs), and O(degree) per change.
///
/// cooperated: [agent], 1 when it cooperated in this round, else 0.
/// The process is that of the experiment of Rand, Arbesman & Christakis (2011), PNAS 108, 19193-19198.
TieChanges rewire(ChangingTies& ties, const RewiringRates& rates, std::span<const std::uint8_t> cooperated,
                  const Randomness& randomness, const RewiringKey& key);

/// Random numbers for a network that is drawn anew for one round of one replicate: seed.network is replaced by a word
/// that Stream::redraw draws with it, so networks of other rounds and replicates are other networks. The other seeds
/// stay.
Randomness redrawn(const Randomness& randomness, const RewiringKey& key) noexcept;

}  // namespace commonweal
