#pragma once

#include <algorithm>
#include <vector>

#include "models/policies/new_ties.hpp"
#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Bridges: pairs of agents of different organizations who see what the other gives (see `equation`).
struct BridgingTies {
    static constexpr std::string_view name = "bridging_ties";
    static constexpr std::string_view summary =
        "Bridges: random pairs of people of different organizations see what the other gives.";
    static constexpr std::string_view equation =
        "per_head * n / 2 pairs of agents in scope, n of them, of different organizations and not tied yet, see each "
        "other;\n"
        "they are drawn for each network instance, and anew every rotate_every rounds\n"
        "cost:  tie_cost for each pair  [tokens per round], used up. When less is left of the budget, there are "
        "fewer\n"
        "pairs. No money reaches agents: m stays as it is.";
    static constexpr std::string_view source =
        "Ties between organizations: Granovetter (1973), American Journal of Sociology 78, 1360-1380; the rest is a "
        "construction of this program.";
    static constexpr std::string_view who_pays = "the public purse, up to the budget";
    static constexpr std::string_view at_zero = "per_head = 0";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool spends = true;
    static constexpr bool scheduled = true;

    double per_head = 1, tie_cost = 0.1;
    std::uint32_t rotate_every = 0;

    static auto parameters() {
        using Self = BridgingTies;
        return std::array{
            Parameter<Self>{"per_head", &Self::per_head, 0, 1000, "-", "mean number of such ties of an agent in scope"},
            Parameter<Self>{"tie_cost", &Self::tie_cost, 0, 1e6, "tokens per round", "public money that a tie uses up"},
            Parameter<Self>{"rotate_every", &Self::rotate_every, 0, 1e6, "rounds",
                            "until the pairs are drawn anew; 0: never"},
        };
    }

    std::size_t memory(const PolicyMemory&) const noexcept { return 1; }  // pairs that are paid for

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::vector<AgentId> people;
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (own.mask[now.at(agent, 0)] > 0.0f) people.push_back(agent);
        const Micro cost = micros(tie_cost);
        auto wanted = static_cast<std::size_t>(per_head * static_cast<double>(people.size()) / 2);
        if (cost > 0) wanted = std::min(wanted, static_cast<std::size_t>(own.left[0] / cost));
        const Round age = own.since - 1, in_office = rotate_every == 0 ? age : age % rotate_every;
        if (in_office == 0 || static_cast<std::size_t>(own.memory[0]) != wanted)
            draw(wanted, now.round - in_office, people, now, own);
        own.memory[0] = static_cast<double>(wanted);
        for (std::size_t lane = 0; lane < width; ++lane)
            own.waste(cost * static_cast<Micro>(own.ties.size()), lane, now);
    }

private:
    /// The first `wanted` pairs of the draw of a round. Where nearly all pairs are tied there may be fewer.
    template <std::size_t width>
    static void draw(std::size_t wanted, Round round, const std::vector<AgentId>& people, ServiceRound<width>& now,
                     PolicyFrame<width>& own) {
        own.ties.clear();
        NewTies ties(now.ground.ties, own.ties);
        DrawSequence draws(now.randomness,
                           {.stream = Stream::policy, .draw = own.key * 64, .round = round, .instance = now.instance});
        for (std::size_t left = 100 * wanted; left > 0 && own.ties.size() < wanted; --left) {
            const AgentId one = people[draws.below(people.size())], other = people[draws.below(people.size())];
            if (now.membership.organization[one] != now.membership.organization[other]) ties.add(one, other);
        }
    }
};
static_assert(PolicyModel<BridgingTies>);

}  // namespace commonweal::models
