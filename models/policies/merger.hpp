#pragma once

#include "models/policies/named_organizations.hpp"
#include "models/policies/new_ties.hpp"
#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// A merger: one organization joins another, and their people grow together slowly (see `equation`).
struct Merger {
    static constexpr std::string_view name = "merger";
    static constexpr std::string_view summary =
        "Merger: an organization joins another; pots become one at once, ties across grow with time.";
    static constexpr std::string_view equation =
        "in its first round all members of `second`, n_2 of them, become members of `first`, with n_1; units stay "
        "units\n"
        "what members in scope expect of others for the local pot starts at, in the organization with n_own members:\n"
        "  (n_own b + n_other trust b) / (n_own + n_other)   [tokens]\n"
        "m for the local pot becomes r_L / (n_1 + n_2): all its members together still get r_L per token\n"
        "each round, rate * (n_1 + n_2) new pairs of one member in scope of either side see each other (fractions add "
        "up);\n"
        "they are drawn for each network instance\n"
        "People stay merged, and tied, when the policy ends. Whoever is in scope: an organization joins whole.";
    static constexpr std::string_view source =
        "Beliefs about the other side after a merger: Haunschild, Moreland & Murrell (1994), Journal of Applied Social "
        "Psychology 24, 1150-1178; the rule is a construction of this program.";
    static constexpr std::string_view who_pays = "nobody; the pots of both are shared by the members of both";
    static constexpr std::string_view at_zero = "second = first: an organization that joins itself";
    static constexpr unsigned writes = Writes::incentives;
    static constexpr bool scheduled = true, lasting = true;

    std::string first, second;
    double trust = 0.5, rate = 0.02;

    static auto parameters() {
        using Self = Merger;
        return std::array{
            Parameter<Self>{"first", &Self::first, 0, 0, "",
                            "name of the organization that the other joins; empty: the first of the network"},
            Parameter<Self>{"second", &Self::second, 0, 0, "",
                            "name of the organization that joins; empty: the second of the network"},
            Parameter<Self>{
                "trust", &Self::trust, 0, 10, "-",
                "tau, what is expected of the other side at first, as a share of what is expected of the own"},
            Parameter<Self>{"rate", &Self::rate, 0, 1000, "per round", "new ties across per member"},
        };
    }

    void check(const ServiceGround& ground, const std::string& where) const {
        check_organization(ground.organizations, "first", first, where);
        check_organization(ground.organizations, "second", second, where);
        if (second.empty() && ground.organizations.organizations() < 2)
            throw ConfigError(where, "the network has one organization; a merger is of two");
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const Organizations& all = now.ground.organizations;
        const std::uint32_t one = first.empty() ? 0 : organization_named(all, first),
                            other = second.empty() ? 1 : organization_named(all, second);
        if (one == other) return;
        if (own.since == 1) join(one, other, now, own);
        grow(all.members_of_organization(one), all.members_of_organization(other), now, own);
    }

private:
    /// Members of `other` become members of `one`, or of the organization that `one` has joined before.
    template <std::size_t width>
    void join(std::uint32_t one, std::uint32_t other, ServiceRound<width>& now, PolicyFrame<width>& own) const {
        Membership& all = now.membership;
        if (all.members[one] == 0)
            one = all.organization[now.ground.organizations.members_of_organization(one).front()];
        const double n_one = all.members[one], n_other = all.members[other];
        if (one == other || n_other == 0) return;
        const double all_members = n_one + n_other;
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const bool joins = all.organization[agent] == other;
            if (!joins && all.organization[agent] != one) continue;
            const double before = joins ? n_other : n_one;
            const auto expected = static_cast<float>((before + (all_members - before) * trust) / all_members - 1);
            const auto lost = static_cast<float>(now.game.local_enhancement / all_members) -
                              static_cast<float>(now.game.local_enhancement / before);
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                now.belief[0][at] += expected * own.mask[at] * now.belief[0][at];
                now.returns[0][at] += lost;
            }
            if (joins) all.move(agent, one, all.unit[agent]);
        }
    }

    template <std::size_t width>
    void grow(std::span<const AgentId> one, std::span<const AgentId> other, ServiceRound<width>& now,
              PolicyFrame<width>& own) const {
        const auto in_scope = [&](std::span<const AgentId> members) {
            std::vector<AgentId> people;
            for (const AgentId agent : members)
                if (own.mask[now.at(agent, 0)] > 0.0f) people.push_back(agent);
            return people;
        };
        const std::vector<AgentId> here = in_scope(one), there = in_scope(other);
        if (here.empty() || there.empty()) return;
        const double per_round = rate * static_cast<double>(one.size() + other.size());
        const auto until = [&](Round rounds) { return static_cast<std::size_t>(per_round * rounds); };
        std::size_t wanted = until(own.since) - until(own.since - 1);
        if (wanted == 0) return;
        NewTies ties(now.ground.ties, own.ties);
        DrawSequence draws(
            now.randomness,
            {.stream = Stream::policy, .draw = own.key * 64, .round = now.round, .instance = now.instance});
        for (std::size_t left = 100 * wanted; left > 0 && wanted > 0; --left)
            wanted -= ties.add(here[draws.below(here.size())], there[draws.below(there.size())]) ? 1 : 0;
    }
};
static_assert(PolicyModel<Merger>);

}  // namespace commonweal::models
