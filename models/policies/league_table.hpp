#pragma once

#include <algorithm>

#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Organizations are ranked by what their members give to them, and those at the top send away whoever gives least (see
/// `equation`): what is measured at the top rises by selection.
struct LeagueTable {
    static constexpr std::string_view name = "league_table";
    static constexpr std::string_view summary =
        "Organizations are ranked; those at the top send their lowest contributors to the one at the bottom.";
    static constexpr std::string_view equation =
        "each round organizations are ranked by mean contribution of their members to their own pot\n"
        "with probability psi one organization of the top half, each as likely, sends the front-line member in scope "
        "who\n"
        "  gave least to a random unit of the lowest-ranked organization; it then sees, and is seen by, that unit "
        "only\n"
        "no organization falls below r_L + 1 members";
    static constexpr std::string_view source = "Construction of this program, after selection of easy cases.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "psi = 0";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool changes_structure = true;

    double psi = 0.5;

    static auto parameters() {
        using Self = LeagueTable;
        return std::array{
            Parameter<Self>{"psi", &Self::psi, 0, 1, "per round", "probability that somebody is sent away"}};
    }

    /// The only lane of a run whose structure changes.
    void act(ServiceRound<1>& now, PolicyFrame<1>& own) const {
        if (now.round == 1) return;
        DrawSequence draws(now.randomness, {.stream = Stream::policy,
                                            .draw = own.key * 64,
                                            .round = now.round,
                                            .instance = now.instance,
                                            .replicate = now.replicates[0]});
        if (!(draws.uniform() < psi)) return;
        std::vector<std::pair<double, std::uint32_t>> ranks;
        for (std::uint32_t k = 0; k < now.membership.members.size(); ++k)
            if (const double members = now.membership.members[k]; members > 0)
                ranks.emplace_back(tokens(now.local_total[k][0]) / members, k);
        if (ranks.size() < 2) return;
        std::ranges::stable_sort(ranks, std::greater{}, [](const auto& rank) { return rank.first; });
        const std::uint32_t from = ranks[draws.below(ranks.size() / 2)].second, to = ranks.back().second;
        if (now.membership.members[from] < now.game.local_enhancement + 2) return;
        const AgentId sent = lowest(from, now, own);
        if (sent == no_agent) return;
        const auto mates = unit_of(to, now, draws);
        std::erase_if(own.ties, [&](const Tie& tie) { return tie.a == sent || tie.b == sent; });
        for (const AgentId mate : mates) own.ties.push_back({mate, sent});
        own.detached.resize(now.agents, 0);
        own.detached[sent] = 1;
        now.membership.move(sent, to, now.membership.unit[mates.front()]);
    }

private:
    static AgentId lowest(std::uint32_t organization, const ServiceRound<1>& now, const PolicyFrame<1>& own) {
        AgentId lowest = no_agent;
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (now.membership.organization[agent] == organization && own.mask[agent] > 0.0f &&
                now.ground.organizations.role(agent) == Role::frontline &&
                (lowest == no_agent || now.given[0][agent] < now.given[0][lowest]))
                lowest = agent;
        return lowest;
    }

    /// The members of the unit of a random member of an organization.
    static std::vector<AgentId> unit_of(std::uint32_t organization, const ServiceRound<1>& now, DrawSequence& draws) {
        std::vector<AgentId> members, mates;
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (now.membership.organization[agent] == organization) members.push_back(agent);
        const std::uint32_t unit = now.membership.unit[members[draws.below(members.size())]];
        for (const AgentId agent : members)
            if (now.membership.unit[agent] == unit) mates.push_back(agent);
        return mates;
    }
};
static_assert(PolicyModel<LeagueTable>);

}  // namespace commonweal::models
