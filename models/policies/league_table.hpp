#pragma once

#include <algorithm>
#include <vector>

#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// A league table that the best keep clean: they send away those who give least (see `equation`).
struct LeagueTable {
    static constexpr std::string_view name = "league_table";
    static constexpr std::string_view summary =
        "League table: organizations are ranked, and those at the top send who gives least to the one at the bottom.";
    static constexpr std::string_view equation =
        "in every round organizations are ranked by the mean contribution to their pot; of equals the first leads\n"
        "at the end of the round, with probability psi, one of the first half (K/2 rounded down, each as likely) "
        "sends\n"
        "whoever of its front-line staff in scope gave least to the last one, unless fewer than r_L + 1 members would\n"
        "stay. Who is sent takes the unit of a random member of the front line there, sees it in place of all earlier\n"
        "ties, and stays when the policy ends.\n"
        "The table itself moves no belief and no money; r_L / n follows the members n of an organization.";
    static constexpr std::string_view source =
        "Selection in place of performance (cream skimming): Propper & Wilson (2003), Oxford Review of Economic Policy "
        "19, 250-267; the rule is a construction of this program.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "psi = 0";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool changes_structure = true, lasting = true;

    double psi = 0.5;

    static auto parameters() {
        using Self = LeagueTable;
        return std::array{
            Parameter<Self>{"psi", &Self::psi, 0, 1, "per round", "probability that somebody is sent away"},
        };
    }

    template <std::size_t width>
    void learn(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if constexpr (width == 1) send(now, own);
    }

    /// Organizations that have members, the best first.
    static std::vector<std::uint32_t> table(const ServiceRound<1>& now) {
        std::vector<std::uint32_t> order;
        for (std::uint32_t k = 0; k < now.membership.members.size(); ++k)
            if (now.membership.members[k] > 0) order.push_back(k);
        std::ranges::stable_sort(order, std::greater{}, [&](std::uint32_t k) {
            return tokens(now.local_total[k][0]) / now.membership.members[k];
        });
        return order;
    }

private:
    void send(ServiceRound<1>& now, PolicyFrame<1>& own) const {
        DrawSequence draws(now.randomness, {.stream = Stream::policy,
                                            .draw = own.key * 64,
                                            .round = now.round,
                                            .instance = now.instance,
                                            .replicate = now.replicates[0]});
        if (!(draws.uniform() < psi)) return;
        const std::vector<std::uint32_t> order = table(now);
        if (order.size() < 2) return;
        const std::uint32_t from = order[draws.below(order.size() / 2)], to = order.back();
        const AgentId worst = who_gave_least(from, now, own);
        if (worst == no_agent || now.membership.members[from] - 1 < now.game.local_enhancement + 1) return;
        std::vector<AgentId> hosts = members_of(to, true, now);
        if (hosts.empty()) hosts = members_of(to, false, now);
        now.membership.move(worst, to, now.membership.unit[hosts[draws.below(hosts.size())]]);
        own.detached.resize(now.agents, 0);
        own.detached[worst] = 1;
        tie(now, own);
    }

    static std::vector<AgentId> members_of(std::uint32_t k, bool frontline, const ServiceRound<1>& now) {
        std::vector<AgentId> members;
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (now.membership.organization[agent] == k &&
                (!frontline || now.ground.organizations.role(agent) == Role::frontline))
                members.push_back(agent);
        return members;
    }

    static AgentId who_gave_least(std::uint32_t k, const ServiceRound<1>& now, const PolicyFrame<1>& own) {
        AgentId worst = no_agent;
        for (const AgentId agent : members_of(k, true, now))
            if (own.mask[agent] > 0.0f && (worst == no_agent || now.given[0][agent] < now.given[0][worst]))
                worst = agent;
        return worst;
    }

    /// Those who were sent away see all members of their present unit, and are seen by them.
    static void tie(const ServiceRound<1>& now, PolicyFrame<1>& own) {
        std::vector<std::vector<AgentId>> in_unit(now.ground.organizations.units());
        for (AgentId agent = 0; agent < now.agents; ++agent) in_unit[now.membership.unit[agent]].push_back(agent);
        own.ties.clear();
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            if (!own.detached[agent]) continue;
            for (const AgentId other : in_unit[now.membership.unit[agent]])
                if (!own.detached[other] || agent < other) own.ties.push_back({agent, other});
        }
    }
};
static_assert(PolicyModel<LeagueTable>);

}  // namespace commonweal::models
