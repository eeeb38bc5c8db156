#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/experiment.hpp"
#include "sim/engine/plane.hpp"
#include "sim/engine/recorder.hpp"
#include "sim/engine/round_sums.hpp"
#include "sim/engine/run_ties.hpp"

namespace commonweal {

/// One person of each session gives more in one round, in every lane another person: the cause of a cascade.
struct Nudge {
    std::vector<Round> round;    ///< [session], the round in which its source is nudged
    std::vector<float> amounts;  ///< [agent][lane], tokens added to the contribution of that round; 0 for all others
    bool reverse = false;        ///< a source that would leave [0, e] is nudged the other way instead
    std::vector<float> applied;  ///< [agent][lane], what was added in the end: written by the simulation
};

/// Plays one batch: up to `width` runs of a experiment that share a network instance, each in a lane of its own.
///
/// A round is a sequence of passes, each reading what the ones before it wrote:
///     match      who shares which pot                      slots; on a network neighborhoods are given
///     decide     one contribution per agent                contributions
///     play       what the others gave, and the payoff      others_sum, payoffs
///     sanction   points between members of a group         given, received
///     settle     points into payoffs                       payoffs
///     learn      ties change by what was given             ties, which the next round is played on
///     record     the recorder reads everything
/// Lane l belongs to replicate replicates[l]; its values do not depend on the other lanes, on `width`, or on threads.
/// Where ties change each run has its own: width 1. Where they stay, rounds that can only repeat the last one are
/// recorded without being computed.
template <std::size_t width>
class Simulation {
public:
    using Replicates = std::array<std::uint32_t, width>;

    /// `experiment` and `plan` must outlive the simulation. Ties may change for width 1 only.
    Simulation(const Experiment& experiment, const MeetingPlan& plan, const Replicates& replicates);

    /// Plays all rounds. `nudge` may be null; its `applied` is written.
    void run(Recorder& recorder, Nudge* nudge = nullptr);

    const SubjectDraw& subjects() const noexcept { return subjects_; }

    /// Types of the agents, [agent][lane].
    const std::uint8_t* types() const noexcept { return types_.data(); }

private:
    void draw_types();
    void place_types();
    void begin_ties();
    void begin_condition();
    void match(Round round);
    void decide(Round round);
    void bound(AgentId begin, AgentId end);
    void start();
    void apply(Nudge& nudge, Round round);
    void renew(Round round);
    void play();
    void sanction(Round round);
    void settle();
    void learn(Round round);
    RoundView view(Round round) const noexcept;
    bool still(Round round);

    const Experiment& experiment_;
    const MeetingPlan& plan_;
    const Neighborhoods* place_;  ///< nullptr in a laboratory
    Replicates replicates_;
    std::size_t size_;  ///< agents * width
    SubjectDraw subjects_;
    Plane<std::uint8_t> types_;
    Plane<float> own_last_, contributions_, others_sum_, payoffs_, given_, received_;
    Plane<float> scratch_;  ///< of the game on a network
    std::vector<Plane<float>> memory_, memory_before_;
    std::size_t draws_;                        ///< random words of a decision
    std::vector<Plane<std::uint32_t>> words_;  ///< of sanctions
    std::vector<const std::uint32_t*> word_planes_;
    std::vector<float*> memory_planes_;
    std::vector<std::uint8_t> sanctions_;     ///< [agent]: 1 when a sanction stage follows in the present condition
    std::vector<float> others_, own_return_;  ///< [agent]
    RoundSums sums_;                          ///< of the last round, on a network
    std::vector<AgentId> own_slots_;          ///< [slot][lane], when lanes do not share groups
    const AgentId* slots_ = nullptr;
    bool shared_;
    std::optional<RunTies> ties_;  ///< where they change
    TieView tie_view_{};
};

extern template class Simulation<1>;
extern template class Simulation<8>;
extern template class Simulation<16>;

}  // namespace commonweal
