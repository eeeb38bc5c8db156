#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/core/types.hpp"
#include "sim/engine/plane.hpp"
#include "sim/engine/recorder.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// Reach is kept by distance 0 .. 19 and "20 and more".
inline constexpr std::size_t kept_distances = 21;

/// Who counts as an adopter (docs/explanation/cascades.md).
struct AdoptionDesign {
    float level = 20;                          ///< contribution from which an agent has adopted [tokens]
    double tip = 0.5;                          ///< share of adopters from which a run has tipped [-]
    std::optional<std::uint8_t> sources = {};  ///< type of the initial adopters; none: who has adopted in round 1
};

/// What spread in one run. "Adopted" is having adopted at least once.
struct AdoptionTrace {
    std::vector<double> adopters;      ///< [round], share of agents who have adopted and still do [-]
    std::vector<double> reproduction;  ///< [round], agents who adopt first in it per agent who did in the round before
    double size = 0;                   ///< adopters of the last round [-]
    double tip_round = 0;              ///< first round with adopters >= tip; NaN when there is none
    double settled_round = 0;  ///< from this round on adopters stay the same; NaN when they change in the last round
    std::vector<double> reach_people;  ///< [distance from the nearest initial adopter], agents
    std::vector<double> reach_share;   ///< share of them who adopted; NaN without any
    std::vector<double> reach_round;   ///< mean round in which these did; NaN without any
};

/// Watches who adopts when in one batch of runs on a network.
class AdoptionRecorder final : public Recorder {
public:
    /// `ties` must outlive it. `used`: lanes that are runs, the first ones.
    AdoptionRecorder(const AdoptionDesign& design, const Layer& ties, Round rounds, std::size_t used);

    void on_round(const RoundView& view) override;
    void on_repeat(const RoundView& view) override;

    /// After the last round. types: [agent][lane].
    std::vector<AdoptionTrace> take(const std::uint8_t* types);

private:
    template <std::size_t width>
    void watch(const RoundView& view);
    void note(std::size_t run, Round round, std::uint64_t adopters, std::uint64_t fresh);
    std::vector<std::uint32_t> distances(std::size_t lane, const std::uint8_t* types) const;
    void add_reach(std::size_t lane, const std::uint8_t* types, AdoptionTrace& trace) const;

    AdoptionDesign design_;
    const Layer& ties_;
    Round rounds_;
    std::size_t width_ = 0;
    std::vector<AdoptionTrace> traces_;        ///< [run]
    std::vector<std::uint64_t> fresh_before_;  ///< [run], agents who adopted first in the last round
    Plane<Round> first_;                       ///< [agent][lane], round of the first adoption, 0 before it
    Plane<std::uint32_t> adopted_;             ///< [agent][lane], 1 when the agent adopts in the present round
};

}  // namespace commonweal
