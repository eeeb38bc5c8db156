#pragma once

#include <array>
#include <vector>

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Members in scope of every organization or unit, and a sum over them, [group][lane].
template <std::size_t width>
struct GroupSums {
    using LaneMoney = std::array<Micro, width>;

    /// `value(at)` of an agent in a lane is summed over groups that `of` tells of each agent.
    template <class Value>
    GroupSums(const std::vector<std::uint32_t>& of, std::size_t groups, const ServiceRound<width>& now,
              const PolicyFrame<width>& own, const Value& value)
        : members(groups), sum(groups) {
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                const Micro counts = own.mask[at] > 0.0f ? 1 : 0;
                members[of[agent]][lane] += counts;
                sum[of[agent]][lane] += counts * Micro{value(at)};
            }
    }

    std::vector<LaneMoney> members, sum;
};

/// Sums over the members in scope of organizations.
template <std::size_t width, class Value>
GroupSums<width> sums_of_organizations(const ServiceRound<width>& now, const PolicyFrame<width>& own,
                                       const Value& value) {
    return {now.membership.organization, now.membership.members.size(), now, own, value};
}

/// Sums over the members in scope of units.
template <std::size_t width, class Value>
GroupSums<width> sums_of_units(const ServiceRound<width>& now, const PolicyFrame<width>& own, const Value& value) {
    return {now.membership.unit, now.ground.organizations.units(), now, own, value};
}

/// What becomes of a payment when all are cut alike because of `wanted` only `granted` is there.
inline Micro rationed(Micro payment, Micro granted, Micro wanted) noexcept {
    if (granted == wanted) return payment;
    return static_cast<Micro>(static_cast<double>(payment) *
                              (static_cast<double>(granted) / static_cast<double>(wanted)));
}

}  // namespace commonweal::models
