#pragma once

#include <algorithm>

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Leaders give first, and their people see it before they decide (see `equation`). With power to exclude, who follows
/// too little gets nothing from the pot of the organization in that round.
struct LeadingByExample {
    static constexpr std::string_view name = "leading_by_example";
    static constexpr std::string_view summary = "Leaders give first; their people see it, and may be excluded.";
    static constexpr std::string_view equation =
        "managers and leaders in scope give first; whoever reports to one, else is in a unit with one:\n"
        "  b += weight (what the leader gives in this round - b), for both pots, before the decision\n"
        "exclusion > 0: a follower who gives less than exclusion * (the leader's contribution) to the pot of the\n"
        "  organization loses its part of that pot to the other members in scope; demand: that minimum, at (part of "
        "the\n"
        "  pot in the last round) / minimum per missing token";
    static constexpr std::string_view source =
        "Gueth, Levati, Sutter & van der Heijden (2007), Journal of Public Economics 91, 1023-1042.";
    static constexpr std::string_view who_pays = "who is excluded pays the other members";
    static constexpr std::string_view at_zero = "weight = 0 and exclusion = 0";
    static constexpr unsigned writes = Writes::demands;

    double weight = 0.3, exclusion = 0;

    static auto parameters() {
        using Self = LeadingByExample;
        return std::array{
            Parameter<Self>{"weight", &Self::weight, 0, 1, "-", "how far beliefs move to what the leader gives"},
            Parameter<Self>{"exclusion", &Self::exclusion, 0, 1, "-",
                            "share of the leader's contribution below which a follower is excluded; 0: nobody is"},
        };
    }

    /// The leader of each agent + 1, or 0; then what the pot of each organization paid last [micro-tokens].
    std::size_t memory(const PolicyMemory& sizes) const noexcept {
        return sizes.agents + sizes.organizations * sizes.lanes;
    }

    template <std::size_t width>
    void lead(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (own.since == 1) find_leaders(now, own);
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            if (own.memory[agent] == 0) continue;
            const auto leader = static_cast<AgentId>(own.memory[agent] - 1);
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane), seen = now.at(leader, lane);
                const float part = static_cast<float>(weight) * own.mask[at] * own.mask[seen];
                for (std::size_t pot = 0; pot < pots; ++pot)
                    now.belief[pot][at] += part * (now.contribution[pot][seen] - now.belief[pot][at]);
                const float asked = static_cast<float>(exclusion) * now.contribution[0][seen];
                if (asked == 0.0f || part_of(own, at, seen) == 0.0f) continue;
                const double paid =
                    tokens_per_micro * own.memory[now.agents + now.membership.organization[agent] * width + lane];
                now.minimum[0][at] = std::max(now.minimum[0][at], asked);
                now.deterrence[0][at] += static_cast<float>(paid) / std::max(asked, 1.0f);
            }
        }
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (exclusion == 0) return;
        const std::size_t count = now.membership.members.size();
        std::vector<Micro> each(count * width);
        for (std::size_t k = 0; k < count; ++k)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const Micro members = now.membership.members[k];
                if (members == 0) continue;
                each[k * width + lane] =
                    shared_pot(now.local_total[k][lane] + now.local_added[k][lane],
                               now.game.local_enhancement * now.local_worth[k * width + lane], members)
                        .each;
                own.memory[now.agents + k * width + lane] = static_cast<double>(each[k * width + lane]);
            }
        std::vector<Micro> taken(count * width), staying(count * width);
        const auto pass = [&](const auto& act) {
            for (AgentId agent = 0; agent < now.agents; ++agent)
                for (std::size_t lane = 0; lane < width; ++lane)
                    if (const std::size_t at = now.at(agent, lane); own.mask[at] > 0.0f)
                        act(at, now.membership.organization[agent] * width + lane, excluded(agent, lane, now, own));
        };
        pass([&](std::size_t, std::size_t k, bool out) { (out ? taken : staying)[k] += out ? each[k] : 1; });
        pass([&](std::size_t at, std::size_t k, bool out) {
            if (staying[k] == 0) return;
            now.payoff[at] += out ? -each[k] : taken[k] / staying[k];
        });
        for (std::size_t k = 0; k < count * width; ++k)
            if (staying[k] > 0) now.book(Account::rounding)[k % width] += taken[k] % staying[k];
    }

private:
    template <std::size_t width>
    static float part_of(const PolicyFrame<width>& own, std::size_t at, std::size_t leader) {
        return own.mask[at] * own.mask[leader];
    }

    template <std::size_t width>
    bool excluded(AgentId agent, std::size_t lane, const ServiceRound<width>& now,
                  const PolicyFrame<width>& own) const {
        if (own.memory[agent] == 0) return false;
        const std::size_t at = now.at(agent, lane), seen = now.at(static_cast<AgentId>(own.memory[agent] - 1), lane);
        return part_of(own, at, seen) > 0.0f &&
               static_cast<double>(now.given[0][at]) < exclusion * static_cast<double>(now.given[0][seen]);
    }

    template <std::size_t width>
    static void find_leaders(const ServiceRound<width>& now, PolicyFrame<width>& own) {
        const Organizations& all = now.ground.organizations;
        const auto leads = [&](AgentId agent) {
            return all.role(agent) == Role::manager || all.role(agent) == Role::leader;
        };
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            if (leads(agent)) continue;
            AgentId leader = all.superior(agent);
            for (const AgentId mate : all.members_of_unit(all.unit(agent)))
                if (leader == no_agent && leads(mate)) leader = mate;
            own.memory[agent] = leader == no_agent ? 0 : leader + 1.0;
        }
    }
};
static_assert(PolicyModel<LeadingByExample>);

}  // namespace commonweal::models
