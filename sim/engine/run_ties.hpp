#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/engine/neighborhoods.hpp"
#include "sim/engine/rewiring.hpp"

namespace commonweal {

/// The changing ties of one run, and the game that is played on them. A pure function of design, instance, replicate
/// and what agents did.
class RunTies {
public:
    /// Begins with the network of the instance. All arguments must outlive it. Throws ConfigError when the layer has
    /// weights.
    RunTies(const NetworkDesign& design, const Neighborhoods& start, const Randomness& randomness,
            const RewiringKey& run);

    /// The game of the present round, and until renew() that of the last one.
    const NeighborhoodGame& game() const noexcept { return game_ ? *game_ : start_.game(); }

    /// Mean number of neighbors on which game() is played [neighbors].
    double mean_degree() const noexcept;

    /// After a round: ties change by what agents gave in it, [agent]; giving half of the endowment is cooperation.
    /// Counts cut and made ties; networks that are drawn anew count none.
    TieChanges learn(Round round, std::span<const float> contributions);

    /// Before the next round is played: its game, on the ties of now. Throws ConfigError when a network that is drawn
    /// anew has another number of agents.
    void renew(Round round);

private:
    void draw_network(Round round);

    const NetworkDesign& design_;
    const Neighborhoods& start_;
    const Randomness& randomness_;
    RewiringKey run_;
    std::optional<ChangingTies> ties_;  ///< without redraw
    std::optional<Network> network_;    ///< with redraw, from round 2
    TieRows rows_;
    std::vector<std::uint8_t> cooperated_;  ///< [agent]
    std::optional<NeighborhoodGame> game_;  ///< from round 2
};

}  // namespace commonweal
