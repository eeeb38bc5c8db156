#pragma once

#include <algorithm>
#include <vector>

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Leading by example: leaders give first, and may exclude who gives much less (see `equation`).
struct LeadingByExample {
    static constexpr std::string_view name = "leading_by_example";
    static constexpr std::string_view summary =
        "Leading by example: leaders give first for all to see, and may exclude those who follow too little.";
    static constexpr std::string_view equation =
        "who leads gives first and follows nobody; before the others decide, for both pots:  b += weight (c_l - b)\n"
        "c_l: what the leader gives in this round; b: what is expected of others  [tokens]\n"
        "the leader of an agent: its superior, if that leads in the same organization; else of those who lead in its "
        "unit\n"
        "the first of the smallest level. Both have to be in scope.\n"
        "exclusion > 0: who gives less than M = min(exclusion * c_l, e) to the pot of its organization gets nothing "
        "of\n"
        "that pot in the round; what it would have got is shared by all members in scope who are not excluded\n"
        "minimum: M;  added to the deterrence:  E / (M - c0), the loss per token below it, with E what each member "
        "would\n"
        "get if all gave the c0 that they wanted to give at first;  added to m for the local pot:  (r_L/n) x / "
        "(members "
        "in\n"
        "scope - x), x: excluded in the last round";
    static constexpr std::string_view source =
        "Gueth, Levati, Sutter & van der Heijden (2007), Journal of Public Economics 91, 1023-1042; Gaechter, "
        "Nosenzo, Renner & Sefton (2012), Economic Inquiry 50, 953-967 (who leads best).";
    static constexpr std::string_view who_pays =
        "nobody; who is excluded loses its part of the pot to the other members of its organization";
    static constexpr std::string_view at_zero = "weight = 0 and exclusion = 0";
    static constexpr PolicyNeeds needs{.leaders = true};
    static constexpr unsigned writes = Writes::incentives | Writes::demands;
    static constexpr std::array<std::string_view, 3> groups{"managers_and_leaders", "managers", "leaders"};

    std::uint32_t led_by = 0;
    double weight = 0.3, exclusion = 0;

    static auto parameters() {
        using Self = LeadingByExample;
        return std::array{
            Parameter<Self>{"led_by", &Self::led_by, 0, 0, "", "who gives first", groups},
            Parameter<Self>{"weight", &Self::weight, 0, 1, "-", "of what the leader gives"},
            Parameter<Self>{"exclusion", &Self::exclusion, 0, 1, "-",
                            "share of what the leader gives below which a follower is excluded; 0: nobody is"},
        };
    }

    /// What exclusion added to the share of those who were not excluded, [organization][lane].
    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.organizations * sizes.lanes; }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (exclusion == 0) return;
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const std::uint32_t k = now.membership.organization[agent];
            const double share = now.game.local_enhancement / now.membership.members[k];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                now.returns[0][at] += static_cast<float>(share * own.memory[k * width + lane]) * own.mask[at];
            }
        }
    }

    template <std::size_t width>
    void lead(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const std::vector<AgentId> leaders = leaders_of(now);
        const auto part = static_cast<float>(weight);
        std::vector<Micro> wanted(now.membership.members.size() * width);
        for (AgentId agent = 0; exclusion > 0 && agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane)
                wanted[now.membership.organization[agent] * width + lane] += now.given[0][now.at(agent, lane)];
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            if (leaders[agent] == no_agent) continue;
            const std::uint32_t k = now.membership.organization[agent];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane), up = now.at(leaders[agent], lane);
                const float led = own.mask[at] * own.mask[up];
                for (std::size_t pot = 0; pot < pots; ++pot)
                    now.belief[pot][at] += part * led * (now.contribution[pot][up] - now.belief[pot][at]);
                if (exclusion == 0 || led == 0.0f) continue;
                const float due = asked(at, up, now), missing = due - now.contribution[0][at];
                const Micro each =
                    shared_pot(wanted[k * width + lane], worth(k, lane, now), now.membership.members[k]).each;
                now.minimum[0][at] = std::max(now.minimum[0][at], due);
                now.deterrence[0][at] += missing > 0.0f ? static_cast<float>(tokens(each)) / missing : 0.0f;
            }
        }
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (exclusion == 0) return;
        const std::vector<AgentId> leaders = leaders_of(now);
        const std::size_t count = now.membership.members.size();
        std::vector<Micro> excluded(count * width), staying(count * width), each(count * width), more(count * width);
        const auto is_excluded = [&](AgentId agent, std::size_t lane) {
            if (leaders[agent] == no_agent) return false;
            const std::size_t at = now.at(agent, lane), up = now.at(leaders[agent], lane);
            return own.mask[at] * own.mask[up] > 0.0f && now.contribution[0][at] < asked(at, up, now);
        };
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane)
                if (own.mask[now.at(agent, lane)] > 0.0f)
                    ++(is_excluded(agent, lane) ? excluded
                                                : staying)[now.membership.organization[agent] * width + lane];
        for (std::size_t k = 0; k < count; ++k)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t i = k * width + lane;
                own.memory[i] = 0;
                if (excluded[i] == 0) continue;  // else a leader stays
                each[i] = shared_pot(now.local_total[k][lane] + now.local_added[k][lane], worth(k, lane, now),
                                     now.membership.members[k])
                              .each;
                more[i] = each[i] * excluded[i] / staying[i];
                now.book(Account::rounding)[lane] += each[i] * excluded[i] - more[i] * staying[i];
                own.memory[i] = static_cast<double>(excluded[i]) / static_cast<double>(staying[i]);
            }
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t i = now.membership.organization[agent] * width + lane, at = now.at(agent, lane);
                if (own.mask[at] == 0.0f) continue;
                now.payoff[at] += is_excluded(agent, lane) ? -each[i] : more[i];
            }
    }

private:
    bool leads(Role role) const noexcept {
        return (role == Role::manager && led_by != 2) || (role == Role::leader && led_by != 1);
    }

    /// [agent]: whom it follows; no_agent for those who lead, and where nobody leads.
    template <std::size_t width>
    std::vector<AgentId> leaders_of(const ServiceRound<width>& now) const {
        const Organizations& all = now.ground.organizations;
        const std::vector<std::uint32_t>&unit = now.membership.unit, &organization = now.membership.organization;
        std::vector<AgentId> in_unit(all.units(), no_agent), leaders(now.agents, no_agent);
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            AgentId& first = in_unit[unit[agent]];
            if (leads(all.role(agent)) && (first == no_agent || all.level(agent) < all.level(first))) first = agent;
        }
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            if (leads(all.role(agent))) continue;
            const AgentId superior = all.superior(agent);
            const bool direct =
                superior != no_agent && leads(all.role(superior)) && organization[superior] == organization[agent];
            leaders[agent] = direct ? superior : in_unit[unit[agent]];
        }
        return leaders;
    }

    /// M [tokens].
    template <std::size_t width>
    float asked(std::size_t at, std::size_t up, const ServiceRound<width>& now) const noexcept {
        const float share = static_cast<float>(exclusion) * now.contribution[0][up];
        const auto most = static_cast<float>(tokens(now.endowment[at]));
        return share < most ? share : most;
    }

    template <std::size_t width>
    static double worth(std::size_t k, std::size_t lane, const ServiceRound<width>& now) noexcept {
        return now.game.local_enhancement * now.local_worth[k * width + lane];
    }
};
static_assert(PolicyModel<LeadingByExample>);

}  // namespace commonweal::models
