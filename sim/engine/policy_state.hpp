#pragma once

#include "sim/engine/plane.hpp"
#include "sim/engine/service.hpp"

namespace commonweal {

/// One policy in one batch of runs: whom it concerns at present, what it remembers, its money, and its pilot.
template <std::size_t width>
class PolicyState {
public:
    using LaneMoney = std::array<Micro, width>;

    /// All arguments must outlive it. `turns`: policies that take turns in churn, `turn`: place of this one among them.
    PolicyState(const ServiceDesign& design, const ServicePlace& place, std::size_t policy,
                std::span<const std::uint32_t, width> replicates, Round turns, Round turn);

    /// Moves on to a round: who is in scope in it. False when the policy is not in force in any lane.
    bool begin(Round round);

    PolicyFrame<width> frame() noexcept;

    /// What a pilot measures: contributions of the round [micro-tokens], [pot][agent][lane].
    void observe(const std::array<const std::int32_t*, pots>& given);

    const LaneMoney& cost() const noexcept { return cost_; }
    const std::vector<Tie>& ties() const noexcept { return ties_; }
    const std::vector<std::uint8_t>& detached() const noexcept { return detached_; }

    /// 1 extended, 0 dropped, -1 no pilot.
    std::int32_t extended(std::size_t lane) const noexcept { return extended_.empty() ? -1 : extended_[lane]; }

private:
    bool in_turn(Round round) const noexcept;
    void scope_everybody();
    void scope_pilot();
    void scope_extended();
    void judge();

    const PolicyInForce& own_;
    const ServicePlace& place_;
    std::size_t policy_;
    AgentId agents_;
    Round first_, last_, length_, turns_, turn_;
    Round since_ = 0;
    Plane<float> mask_;
    bool everybody_ = false;  ///< the mask is 1 everywhere
    bool scoped_ = false;     ///< the mask is set
    LaneMoney left_{}, cost_{};
    std::vector<double> memory_;
    std::vector<Tie> ties_;
    std::vector<std::uint8_t> detached_;
    std::vector<std::uint8_t> second_treated_;  ///< [pair][lane]: the second unit of the pair is treated
    std::vector<Micro> sums_;                   ///< [pair][treated, control][lane], contributions in the pilot
    std::vector<std::int32_t> extended_;        ///< [lane]
};

extern template class PolicyState<1>;
extern template class PolicyState<8>;
extern template class PolicyState<16>;

}  // namespace commonweal
