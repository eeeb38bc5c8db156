#pragma once

#include <cmath>

#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Ties between people of different organizations (see `equation`), along which they see each other.
struct BridgingTies {
    static constexpr std::string_view name = "bridging_ties";
    static constexpr std::string_view summary = "Ties between people of different organizations, kept or rotated.";
    static constexpr std::string_view equation =
        "per_head * (agents in scope) / 2 random pairs of agents of different organizations see each other;\n"
        "drawn anew every rotate_every rounds (0: kept); a tie costs tie_cost tokens of public money a round";
    static constexpr std::string_view source = "Construction of this program.";
    static constexpr std::string_view who_pays = "the public purse; a tie's cost is used up";
    static constexpr std::string_view at_zero = "per_head = 0";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool spends = true;
    static constexpr bool scheduled = true;

    double per_head = 1, tie_cost = 0.1;
    std::uint32_t rotate_every = 0;

    static auto parameters() {
        using Self = BridgingTies;
        return std::array{
            Parameter<Self>{"per_head", &Self::per_head, 0, 100, "-", "mean number of bridging ties of an agent"},
            Parameter<Self>{"rotate_every", &Self::rotate_every, 0, 1e6, "rounds",
                            "until ties are drawn anew; 0: never"},
            Parameter<Self>{"tie_cost", &Self::tie_cost, 0, 1e6, "tokens per round", "public money for each tie"},
        };
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const bool anew = own.since == 1 || (rotate_every > 0 && (own.since - 1) % rotate_every == 0);
        if (anew) draw(now, own);
        const Micro wanted = micros(tie_cost * static_cast<double>(own.ties.size()));
        for (std::size_t lane = 0; lane < width; ++lane)
            if (own.waste(wanted, lane, now) < wanted) own.ties.clear();
    }

private:
    /// Pairs of one organization are drawn again, at most a fixed number of times: then the tie is left out.
    template <std::size_t width>
    void draw(const ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::vector<AgentId> people;
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (own.mask[now.at(agent, 0)] > 0.0f) people.push_back(agent);
        own.ties.clear();
        if (people.size() < 2) return;
        const auto pairs = static_cast<std::uint64_t>(std::llround(per_head * static_cast<double>(people.size()) / 2));
        DrawSequence draws(
            now.randomness,
            {.stream = Stream::policy, .draw = own.key * 64, .round = own.since, .instance = now.instance});
        constexpr int attempts = 64;
        const auto& organization = now.membership.organization;
        for (std::uint64_t pair = 0; pair < pairs; ++pair)
            for (int attempt = 0; attempt < attempts; ++attempt) {
                const AgentId a = people[draws.below(people.size())], b = people[draws.below(people.size())];
                if (organization[a] == organization[b]) continue;
                own.ties.push_back({a, b});
                break;
            }
    }
};
static_assert(PolicyModel<BridgingTies>);

}  // namespace commonweal::models
