#pragma once

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// People are shown what a larger whole gives, besides those whom they know (see `equation`). Beliefs change, payoffs
/// do not.
struct SeeItself {
    static constexpr std::string_view name = "see_itself";
    static constexpr std::string_view summary =
        "A whole-system view: people see what their team, organization or all give.";
    static constexpr std::string_view equation =
        "seen = (1 - omega) (mean contribution of those whom an agent knows) + omega (mean of the whole)   [tokens]\n"
        "whole: the agent's unit, its organization, or the system; for both pots";
    static constexpr std::string_view source = "Construction of this program.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "omega = 0";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr std::array<std::string_view, 3> wholes{"unit", "organization", "system"};

    double omega = 0.5;
    std::uint32_t whole = 2;

    static auto parameters() {
        using Self = SeeItself;
        return std::array{
            Parameter<Self>{"omega", &Self::omega, 0, 1, "-", "weight of the whole in what is seen"},
            Parameter<Self>{"whole", &Self::whole, 0, 0, "", "what is shown", wholes},
        };
    }

    template <std::size_t width>
    void inform(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const std::vector<std::uint32_t> one(whole == 2 ? now.agents : 0, 0);
        const auto& group = whole == 0 ? now.membership.unit : whole == 1 ? now.membership.organization : one;
        const std::size_t groups = whole == 0   ? now.ground.organizations.units()
                                   : whole == 1 ? now.membership.members.size()
                                                : 1;
        std::vector<AgentId> members(groups, 0);
        for (AgentId agent = 0; agent < now.agents; ++agent) ++members[group[agent]];
        for (std::size_t pot = 0; pot < pots; ++pot) {
            std::vector<std::array<Micro, width>> sums(groups);
            for (AgentId agent = 0; agent < now.agents; ++agent)
                for (std::size_t lane = 0; lane < width; ++lane)
                    sums[group[agent]][lane] += now.given[pot][now.at(agent, lane)];
            for (AgentId agent = 0; agent < now.agents; ++agent)
                for (std::size_t lane = 0; lane < width; ++lane) {
                    const std::size_t at = now.at(agent, lane);
                    const auto mean = static_cast<float>(tokens(sums[group[agent]][lane]) / members[group[agent]]);
                    now.seen[pot][at] += static_cast<float>(omega) * own.mask[at] * (mean - now.seen[pot][at]);
                }
        }
    }
};
static_assert(PolicyModel<SeeItself>);

}  // namespace commonweal::models
