#pragma once

#include "models/policies/in_scope.hpp"

namespace commonweal::models {

/// Cooperation in pairs: people weigh how their own and a partner organization do together (see `equation`).
///
/// The local slope is that of `rivalry`. What a token to the system does differs: it lifts both partners.
struct SharedSavings {
    static constexpr std::string_view name = "shared_savings";
    static constexpr std::string_view summary =
        "Cooperation between organizations: people share in the success of their own and of a partner organization.";
    static constexpr std::string_view equation =
        "utility_i = pi_i + weight * (mean pi of the own organization + mean pi of its partner)\n"
        "partner: the next organization with anybody in scope, of the last the first; without one nothing changes\n"
        "added to m, per token that the giver pays:  local weight (r_L - 1)/n_k,  system weight (2 r_S/N - 1/n_k)\n"
        "(a token to the system lifts both means by r_S/N and costs the own 1/n_k: it is worth while for "
        "organizations\n"
        "of more than N / (2 r_S) members);  n_k: members of the own organization, N of all. No money moves.";
    static constexpr std::string_view source =
        "Derived, as the cooperative counterpart of rivalry. Interdependence: Deutsch (1949), Human Relations 2, "
        "129-152.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "weight = 0";
    static constexpr unsigned writes = Writes::incentives;

    double weight = 1;

    static auto parameters() {
        using Self = SharedSavings;
        return std::array{
            Parameter<Self>{"weight", &Self::weight, 0, 1e3, "-",
                            "omega, of a token that both organizations have more on average"},
        };
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto scope = sums_of_organizations(now, own, [](std::size_t) { return 0; });
        std::array<float, width> paired;
        for (std::size_t lane = 0; lane < width; ++lane) {
            std::size_t concerned = 0;
            for (const auto& members : scope.members) concerned += members[lane] > 0;
            paired[lane] = concerned > 1 ? 1.0f : 0.0f;
        }
        const double of_system = 2 * now.game.system_enhancement / now.agents;
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const double members = now.membership.members[now.membership.organization[agent]];
            const auto local = static_cast<float>(weight * (now.game.local_enhancement - 1) / members);
            const auto system = static_cast<float>(weight * (of_system - 1 / members));
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                now.returns[0][at] += local * own.mask[at] * paired[lane];
                now.returns[1][at] += system * own.mask[at] * paired[lane];
            }
        }
    }
};
static_assert(PolicyModel<SharedSavings>);

}  // namespace commonweal::models
