#pragma once

#include <algorithm>

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Many leaders at several levels and in several organizations give visibly, and know each other (see `equation`): the
/// same money as `hero_leader` with one step to everybody who sees it.
struct LeadershipNetwork {
    static constexpr std::string_view name = "leadership_network";
    static constexpr std::string_view summary =
        "Leaders at several levels and organizations, tied to each other, give public money visibly.";
    static constexpr std::string_view equation =
        "each round each of k = `leaders` managers and leaders gives gift / k tokens of public money to the pot of the "
        "system\n"
        "their units, their ties and the other leaders:  b += omega delta (min(gift / k, e) - b)   for the pot of the "
        "system\n"
        "leaders: one of each level and organization after the other, as many as there are";
    static constexpr std::string_view source =
        "Gaechter, Nosenzo, Renner & Sefton (2012), Economica 79, 219-240, on leaders who give; the form is ours.";
    static constexpr std::string_view who_pays = "the public purse";
    static constexpr std::string_view at_zero = "gift = 0 and leaders = 1";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool spends = true;
    static constexpr bool scheduled = true;

    double gift = 200, omega = 0.5, delta = 0.7;
    std::uint32_t leaders = 20;

    static auto parameters() {
        using Self = LeadershipNetwork;
        return std::array{
            Parameter<Self>{"gift", &Self::gift, 0, 1e9, "tokens per round", "B, what all leaders give together"},
            Parameter<Self>{"leaders", &Self::leaders, 1, 1000, "-", "k, number of leaders"},
            Parameter<Self>{"omega", &Self::omega, 0, 1, "-", "weight of what is seen"},
            Parameter<Self>{"delta", &Self::delta, 0, 1, "per step", "how much of it is left after one step"},
        };
    }

    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.agents + sizes.lanes; }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (own.since > 1) return;
        const auto chosen = choose(now, own);
        for (const AgentId leader : chosen) own.memory[leader] = 1;
        for (std::size_t i = 0; i < chosen.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) own.ties.push_back({chosen[j], chosen[i]});
    }

    template <std::size_t width>
    void contribute(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto count = std::count(own.memory.begin(), own.memory.begin() + now.agents, 1.0);
        for (std::size_t lane = 0; lane < width; ++lane) {
            const Micro given = count > 0 ? own.spend(micros(gift), lane, now) : 0;
            now.system_added[lane] += given;
            own.memory[now.agents + lane] = count > 0 ? tokens(given) / static_cast<double>(count) : 0;
        }
    }

    template <std::size_t width>
    void learn(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const Organizations& all = now.ground.organizations;
        for (AgentId leader = 0; leader < now.agents; ++leader) {
            if (own.memory[leader] == 0) continue;
            for (const AgentId mate : all.members_of_unit(all.unit(leader)))
                if (mate != leader) show(mate, now, own);
            for (const AgentId other : now.ground.ties.neighbors(leader))
                if (all.unit(other) != all.unit(leader)) show(other, now, own);
            for (AgentId other = 0; other < now.agents; ++other)
                if (own.memory[other] > 0 && other != leader) show(other, now, own);
        }
    }

private:
    template <std::size_t width>
    void show(AgentId agent, ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto weight = static_cast<float>(omega * delta);
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::size_t at = now.at(agent, lane);
            const auto seen = std::min(static_cast<float>(own.memory[now.agents + lane]), now.game.endowment);
            if (seen > 0.0f) now.belief[1][at] += weight * own.mask[at] * (seen - now.belief[1][at]);
        }
    }

    template <std::size_t width>
    std::vector<AgentId> choose(const ServiceRound<width>& now, const PolicyFrame<width>& own) const {
        struct Candidate {
            std::uint32_t turn, level, organization;
            AgentId agent;
            auto operator<=>(const Candidate&) const = default;
        };
        const Organizations& all = now.ground.organizations;
        std::vector<std::pair<std::uint64_t, std::uint32_t>> turns;
        std::vector<Candidate> candidates;
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const Role role = all.role(agent);
            if ((role != Role::manager && role != Role::leader) || own.mask[now.at(agent, 0)] == 0.0f) continue;
            const std::uint64_t cell = std::uint64_t{all.level(agent)} << 32 | all.organization(agent);
            auto turn = std::ranges::find(turns, cell, &std::pair<std::uint64_t, std::uint32_t>::first);
            if (turn == turns.end()) turn = turns.insert(turns.end(), {cell, 0});
            candidates.push_back({turn->second++, all.level(agent), all.organization(agent), agent});
        }
        std::ranges::sort(candidates);
        std::vector<AgentId> chosen;
        for (std::size_t i = 0; i < candidates.size() && i < leaders; ++i) chosen.push_back(candidates[i].agent);
        return chosen;
    }
};
static_assert(PolicyModel<LeadershipNetwork>);

}  // namespace commonweal::models
