#pragma once

#include <vector>

#include "sim/core/draw_sequence.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// One organization joins another (see `equation`): the pots join for good, ties across grow, and each side expects
/// less of the other at first. With r_L constant the merger changes no return by arithmetic: at equal contributions
/// payoffs are what they were.
struct Merger {
    static constexpr std::string_view name = "merger";
    static constexpr std::string_view summary =
        "Two organizations share one pot; ties across are added, trust starts low.";
    static constexpr std::string_view equation =
        "from its first round on the members of `second` belong to `first`, for good\n"
        "beliefs about the joint pot start at  (n_own b + n_other trust b) / (n_own + n_other)\n"
        "each round in force rate * (n_first + n_second) / 2 random pairs of the two sides are tied";
    static constexpr std::string_view source = "Construction of this program.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "none; leave the policy out";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool scheduled = true;

    std::string first, second;
    double rate = 0.02, trust = 0.5;

    static auto parameters() {
        using Self = Merger;
        return std::array{
            Parameter<Self>{"first", &Self::first, 0, 0, "", "name of the organization that the other joins"},
            Parameter<Self>{"second", &Self::second, 0, 0, "", "name of the organization that joins"},
            Parameter<Self>{"rate", &Self::rate, 0, 10, "per member and round", "ties across that are added"},
            Parameter<Self>{"trust", &Self::trust, 0, 1, "-",
                            "tau, belief about the other side at first, as a share of that about the own"},
        };
    }

    void check(const ServiceGround& ground, const std::string& where) const {
        if (number_of(first, ground, where) == number_of(second, ground, where))
            throw ConfigError(where, "a merger needs two organizations, first and second");
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const std::uint32_t one = number_of(first, now.ground, std::string(name)),
                            two = number_of(second, now.ground, std::string(name));
        const auto ours = now.ground.organizations.members_of_organization(one),
                   theirs = now.ground.organizations.members_of_organization(two);
        if (own.since == 1) {
            for (const AgentId agent : theirs) now.membership.move(agent, one, now.membership.unit[agent]);
            const double all = static_cast<double>(ours.size() + theirs.size());
            meet(ours, static_cast<double>(theirs.size()) / all, now);
            meet(theirs, static_cast<double>(ours.size()) / all, now);
        }
        DrawSequence draws(
            now.randomness,
            {.stream = Stream::policy, .draw = own.key * 64, .round = now.round, .instance = now.instance});
        const double wanted = rate * static_cast<double>(ours.size() + theirs.size()) / 2;
        const auto whole = static_cast<std::uint64_t>(wanted);
        const std::uint64_t pairs = whole + (draws.uniform() < wanted - static_cast<double>(whole) ? 1 : 0);
        for (std::uint64_t pair = 0; pair < pairs; ++pair)
            own.ties.push_back({ours[draws.below(ours.size())], theirs[draws.below(theirs.size())]});
    }

private:
    static std::uint32_t number_of(const std::string& wanted, const ServiceGround& ground, const std::string& where) {
        const Organizations& all = ground.organizations;
        std::vector<std::string> names;
        for (std::uint32_t k = 0; k < all.organizations(); ++k) {
            if (all.organization_name(k) == wanted) return k;
            names.push_back(all.organization_name(k));
        }
        throw ConfigError(where, "the network has no organization '" + wanted + "'" + did_you_mean(wanted, names));
    }

    template <std::size_t width>
    void meet(std::span<const AgentId> side, double others, ServiceRound<width>& now) const {
        const auto factor = static_cast<float>(1 - others * (1 - trust));
        for (const AgentId agent : side)
            for (std::size_t at = now.at(agent, 0); at < now.at(agent, width); ++at) now.belief[0][at] *= factor;
    }
};
static_assert(PolicyModel<Merger>);

}  // namespace commonweal::models
