#pragma once

#include <optional>
#include <vector>

#include "sim/engine/policy_state.hpp"
#include "sim/engine/service_record.hpp"

namespace commonweal {

/// Plays one batch of a service: up to `width` runs on one network instance, each in a lane of its own.
///
/// A round is a sequence of passes, each reading what the ones before it wrote:
///     act         policies: endowments, incentives, demands, ties, membership
///     decide      behavior rules propose, for each pot alone; the pair is projected on {c, s >= 0, c + s <= e}
///     lead        where leaders give first, beliefs of those who saw it, and their decision again
///     contribute  policies add to pots
///     play        pots -> payoffs
///     settle      transfers between agents and the public purse
///     observe     what agents see of others; policies change the view
///     learn       beliefs; policies change them; people come, go and are moved
///     record
/// Values of a lane do not depend on the other lanes, on `width`, or on threads.
template <std::size_t width>
class ServiceSimulation {
public:
    using Replicates = std::array<std::uint32_t, width>;
    using LaneMoney = std::array<Micro, width>;

    /// `design` and `place` must outlive it. Where a policy changes the structure, width is 1.
    ServiceSimulation(const ServiceDesign& design, const ServicePlace& place, const Replicates& replicates);

    /// Plays all rounds. Results of the first `count` lanes.
    std::vector<ServiceTrace> run(std::size_t count);

private:
    void draw_types();
    void draw_endowments();
    void draw_beliefs();
    void begin_policies();
    void renew_returns();
    void act(Round round);
    void charge_overhead();
    void suffer_control();
    void decide(Round round);
    void propose(Round round);
    void project();
    void lead(Round round);
    void put_in_pots();
    void play();
    void settle();
    void observe();
    void learn();
    void change_people(Round round);
    void replace(Round round);
    void reorganize(Round round);
    void exchange(AgentId one, AgentId other, std::size_t lane);
    void record(Round round);
    void finish(std::vector<ServiceTrace>& traces) const;
    void each_policy(Phase phase);
    ServiceRound<width> view() noexcept;
    void see_network(std::size_t pot);
    void see_extra(std::size_t pot);

    const ServiceDesign& design_;
    const ServicePlace& place_;
    Replicates replicates_;
    AgentId agents_;
    std::size_t size_;  ///< agents * width
    ServiceGround ground_;
    Membership membership_;
    std::uint32_t returns_version_ = ~0u;
    Round round_ = 0;

    std::vector<PolicyState<width>> policies_;
    std::vector<std::size_t> in_force_;  ///< policies, in this round
    unsigned writes_ = 0;
    bool leads_ = false, extra_ties_ = false, controls_ = false;

    Plane<std::uint8_t> types_;
    Plane<std::int32_t> endowment_, usual_endowment_, overhead_;
    Plane<float> endowment_tokens_, paid_;
    std::array<Plane<float>, pots> contribution_, own_last_, proposal_, belief_, seen_;
    std::array<Plane<std::int32_t>, pots> given_;
    std::array<Plane<float>, pots> returns_, usual_returns_, match_, minimum_, deterrence_;
    Plane<float> controlled_, expected_fine_, released_, crowding_out_, no_points_;
    Plane<Micro> payoff_, all_payoff_, all_local_, all_system_;
    std::array<std::vector<Plane<float>>, pots> memory_, memory_before_;
    std::size_t draws_;                   ///< random words of a decision
    std::vector<float> ones_;             ///< [agent]
    std::vector<std::uint8_t> no_stage_;  ///< [agent]
    std::vector<std::uint32_t> extra_degree_;
    std::vector<std::uint8_t> detached_;

    std::vector<LaneMoney> local_total_, local_added_;  ///< [organization]
    LaneMoney system_total_{}, system_added_{};
    std::vector<double> local_worth_, system_worth_;
    std::array<LaneMoney, accounts> books_{}, all_books_{};
    LaneMoney gap_{};
    std::vector<LaneMoney> payoff_sum_, local_sum_, system_sum_, cost_sum_;  ///< [round]
    std::array<std::vector<float>, 3> kept_;                                 ///< [round, agent, lane]
};

extern template class ServiceSimulation<1>;
extern template class ServiceSimulation<8>;
extern template class ServiceSimulation<16>;

}  // namespace commonweal
