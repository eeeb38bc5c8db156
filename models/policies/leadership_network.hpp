#pragma once

#include <algorithm>
#include <array>
#include <map>

#include "models/policies/new_ties.hpp"
#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Leadership by many: leaders at several levels and in several organizations, tied to each other (see `equation`).
struct LeadershipNetwork {
    static constexpr std::string_view name = "leadership_network";
    static constexpr std::string_view summary =
        "Leadership by many: leaders at all levels, tied to each other, give visibly to the system.";
    static constexpr std::string_view equation =
        "in every round each of k = leaders adds B / k to the pot of the system, B = gift  [tokens per round]\n"
        "for each leader seen, once:  b += omega delta (min(B / k, e) - b)\n"
        "b: what an agent expects others to give to the system [tokens];  e: the endowment of the game [tokens]\n"
        "a leader is seen by its unit, by those whom it is tied to, and by the other leaders; all leaders are tied to "
        "each\n"
        "other while the policy is in force. They are chosen for each network instance among leaders and managers in "
        "scope:\n"
        "  one after the other whoever has fewest leaders at its level and in its organization together, by chance of\n"
        "  equals; k is at most their number. When less than B is left of the budget, that is shared; without a gift\n"
        "  nothing is seen.";
    static constexpr std::string_view source =
        "Gaechter, Nosenzo, Renner & Sefton (2012), Economic Inquiry 50, 953-967, on leaders who give; the form is "
        "ours.";
    static constexpr std::string_view who_pays = "the public purse, up to the budget";
    static constexpr std::string_view at_zero = "leaders = 0";
    static constexpr PolicyNeeds needs{.leaders = true};
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool spends = true;
    static constexpr bool scheduled = true;

    std::uint32_t leaders = 20;
    double gift = 200, omega = 0.5, delta = 0.7;

    static auto parameters() {
        using Self = LeadershipNetwork;
        return std::array{
            Parameter<Self>{"leaders", &Self::leaders, 0, 1000, "-", "k, number of leaders who give"},
            Parameter<Self>{"gift", &Self::gift, 0, 1e9, "tokens per round", "B, public money given by all of them"},
            Parameter<Self>{"omega", &Self::omega, 0, 1, "-", "weight of what is seen"},
            Parameter<Self>{"delta", &Self::delta, 0, 1, "-", "share of the weight that is left at one step"},
        };
    }

    /// For each agent the weight of what it sees, for each lane what there is to see of one leader [tokens], and k.
    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.agents + sizes.lanes + 1; }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (own.since > 1) return;
        const std::vector<AgentId> chosen = choose(now, own);
        own.memory.back() = static_cast<double>(chosen.size());
        own.ties.clear();
        NewTies ties(now.ground.ties, own.ties);
        for (std::size_t i = 0; i < chosen.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) ties.add(chosen[j], chosen[i]);
        std::ranges::fill(own.memory.first(now.agents), 0.0);
        std::vector<AgentId> seen_by(now.agents, no_agent);  // the last leader that an agent was found to see
        for (const AgentId leader : chosen) {
            const auto see = [&](AgentId agent) {
                if (agent == leader || seen_by[agent] == leader) return;
                seen_by[agent] = leader;
                own.memory[agent] += omega * delta * (1 - own.memory[agent]);
            };
            const std::uint32_t unit = now.membership.unit[leader];
            for (AgentId agent = 0; agent < now.agents; ++agent)
                if (now.membership.unit[agent] == unit) see(agent);
            for (const AgentId agent : now.ground.ties.neighbors(leader)) see(agent);
            for (const AgentId other : chosen) see(other);
        }
    }

    template <std::size_t width>
    void contribute(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const double count = own.memory.back();
        for (std::size_t lane = 0; lane < width; ++lane) {
            const Micro given = count > 0 ? own.spend(micros(gift), lane, now) : 0;
            now.system_added[lane] += given;
            own.memory[now.agents + lane] = count > 0 ? tokens(given) / count : 0;
        }
    }

    template <std::size_t width>
    void learn(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<float, width> seen, there;
        for (std::size_t lane = 0; lane < width; ++lane) {
            seen[lane] = std::min(static_cast<float>(own.memory[now.agents + lane]), now.game.endowment);
            there[lane] = seen[lane] > 0.0f ? 1.0f : 0.0f;
        }
        float* const belief = now.belief[1];
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const auto weight = static_cast<float>(own.memory[agent]);
            if (weight == 0.0f) continue;
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                belief[at] += weight * there[lane] * own.mask[at] * (seen[lane] - belief[at]);
            }
        }
    }

private:
    /// Who leads.
    template <std::size_t width>
    std::vector<AgentId> choose(const ServiceRound<width>& now, const PolicyFrame<width>& own) const {
        struct Candidate {
            AgentId agent;
            std::uint64_t chance;
        };
        std::vector<Candidate> candidates;
        DrawSequence draws(now.randomness, {.stream = Stream::policy, .draw = own.key * 64, .instance = now.instance});
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const Role role = now.ground.organizations.role(agent);
            if ((role == Role::leader || role == Role::manager) && own.mask[now.at(agent, 0)] > 0.0f)
                candidates.push_back({agent, draws.word64()});
        }
        std::map<std::uint32_t, std::uint32_t> at_level, in_organization;
        std::vector<AgentId> chosen;
        while (chosen.size() < leaders && !candidates.empty()) {
            const auto next = std::ranges::min_element(candidates, {}, [&](const Candidate& one) {
                return std::pair(at_level[now.ground.organizations.level(one.agent)] +
                                     in_organization[now.membership.organization[one.agent]],
                                 one.chance);
            });
            const AgentId agent = next->agent;
            ++at_level[now.ground.organizations.level(agent)];
            ++in_organization[now.membership.organization[agent]];
            chosen.push_back(agent);
            candidates.erase(next);
        }
        return chosen;
    }
};
static_assert(PolicyModel<LeadershipNetwork>);

}  // namespace commonweal::models
