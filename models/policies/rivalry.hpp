#pragma once

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Competition in the mind: people weigh how their organization does against the others (see `equation`).
struct Rivalry {
    static constexpr std::string_view name = "rivalry";
    static constexpr std::string_view summary =
        "Competition without a prize: people care how much better their organization does than the others.";
    static constexpr std::string_view equation =
        "utility_i = pi_i + weight * (mean pi of the own organization - mean pi of everybody in rival "
        "organizations)\n"
        "added to m, per token that the giver pays:  local weight (r_L - 1)/n_k,  system -weight/n_k\n"
        "(a token to the system lifts all alike, and is missing in the own organization);  n_k: its members\n"
        "With a = r_L/n_k an agent that weighs money alone gives iff weight > (1 - a)/(a - 1/n_k). No money moves.\n"
        "Where there is one organization only, nothing changes.";
    static constexpr std::string_view source =
        "Threshold: derived. Competition between groups raises contributions: Puurtinen & Mappes (2009), Proceedings "
        "of the Royal Society B 276, 355-360.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "weight = 0";
    static constexpr unsigned writes = Writes::incentives;

    double weight = 1;

    static auto parameters() {
        using Self = Rivalry;
        return std::array{
            Parameter<Self>{"weight", &Self::weight, 0, 1e3, "-",
                            "omega, of a token by which the own organization is ahead"},
        };
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const AgentId members = now.membership.members[now.membership.organization[agent]];
            const double each = members < now.agents ? weight / members : 0;
            const auto local = static_cast<float>(each * (now.game.local_enhancement - 1));
            const auto system = static_cast<float>(each);
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                now.returns[0][at] += local * own.mask[at];
                now.returns[1][at] -= system * own.mask[at];
            }
        }
    }
};
static_assert(PolicyModel<Rivalry>);

}  // namespace commonweal::models
