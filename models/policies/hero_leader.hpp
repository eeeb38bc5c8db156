#pragma once

#include <algorithm>

#include "sim/core/elementary.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// One leader at the top gives visibly (see `equation`). What is seen fades with the steps on the line.
struct HeroLeader {
    static constexpr std::string_view name = "hero_leader";
    static constexpr std::string_view summary = "One leader at the top gives public money visibly, down the line.";
    static constexpr std::string_view equation =
        "each round the agent at the top gives `gift` = B tokens of public money to the pot of the system\n"
        "who is h >= 1 steps below on the line:  b += omega delta^h (min(B, e) - b)   for the pot of the system\n"
        "at the top: the agent in scope without a superior who has most agents below, then by number";
    static constexpr std::string_view source =
        "Gaechter, Nosenzo, Renner & Sefton (2012), Economic Inquiry 50, 953-967, on leaders who give; the form is "
        "ours.";
    static constexpr std::string_view who_pays = "the public purse";
    static constexpr std::string_view at_zero = "gift = 0";
    static constexpr PolicyNeeds needs{.line = true};
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool spends = true;

    double gift = 20, omega = 0.5, delta = 0.7;

    static auto parameters() {
        using Self = HeroLeader;
        return std::array{
            Parameter<Self>{"gift", &Self::gift, 0, 1e9, "tokens per round", "B, what the leader gives"},
            Parameter<Self>{"omega", &Self::omega, 0, 1, "-", "weight of what is seen"},
            Parameter<Self>{"delta", &Self::delta, 0, 1, "per step", "how much of it is left after each step"},
        };
    }

    /// Steps below the leader + 1 of each agent, 0 for all others; then what was given, lane by lane.
    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.agents + sizes.lanes; }

    template <std::size_t width>
    void contribute(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (own.since == 1) find_line(now, own);
        for (std::size_t lane = 0; lane < width; ++lane) {
            const bool here = own.memory[now.agents + lane] >= 0;
            const Micro given = here ? own.spend(micros(gift), lane, now) : 0;
            now.system_added[lane] += given;
            own.memory[now.agents + lane] = here ? tokens(given) : -1;
        }
    }

    template <std::size_t width>
    void learn(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const double h = own.memory[agent] - 1;
            if (h < 1) continue;
            const auto weight = static_cast<float>(omega * exp_of(h * log_of(std::max(delta, 1e-300))));
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                const auto seen = std::min(static_cast<float>(own.memory[now.agents + lane]), now.game.endowment);
                if (seen > 0.0f) now.belief[1][at] += weight * own.mask[at] * (seen - now.belief[1][at]);
            }
        }
    }

private:
    template <std::size_t width>
    static void find_line(ServiceRound<width>& now, PolicyFrame<width>& own) {
        const Organizations& all = now.ground.organizations;
        std::vector<std::uint64_t> below(now.agents, 0);
        std::vector<AgentId> order(now.agents);
        for (AgentId agent = 0; agent < now.agents; ++agent) order[agent] = agent;
        std::ranges::stable_sort(order, std::greater{}, [&](AgentId agent) { return all.level(agent); });
        for (const AgentId agent : order)
            if (const AgentId superior = all.superior(agent); superior != no_agent) below[superior] += below[agent] + 1;
        AgentId top = no_agent;
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (all.superior(agent) == no_agent && below[agent] > 0 && (top == no_agent || below[agent] > below[top]))
                top = agent;
        for (std::size_t lane = 0; lane < width; ++lane)
            own.memory[now.agents + lane] = top != no_agent && own.mask[now.at(top, lane)] > 0.0f ? 0 : -1;
        if (top == no_agent) return;
        own.memory[top] = 1;
        for (std::size_t i = order.size(); i-- > 0;) {
            const AgentId superior = all.superior(order[i]);
            if (superior != no_agent && own.memory[superior] > 0) own.memory[order[i]] = own.memory[superior] + 1;
        }
    }
};
static_assert(PolicyModel<HeroLeader>);

}  // namespace commonweal::models
