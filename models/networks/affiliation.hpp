#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// People who are in the same group know each other.
struct Affiliation {
    static constexpr std::string_view name = "affiliation";
    static constexpr std::string_view summary =
        "Agents join groups, and all members of a group are tied: the projection of a two-mode network.";
    static constexpr std::string_view equation =
        "round(n mu / nu) groups; each agent joins Poisson(mu) different ones, all equally likely (all of them, when "
        "it draws more\n"
        "than there are); so group sizes are nearly Poisson(nu). Two agents are tied when they share a group.\n"
        "mean degree mu nu and transitivity 1 / (1 + mu), in large networks";
    static constexpr std::string_view source = "Newman, Strogatz & Watts (2001), Physical Review E 64, 026118.";
    static constexpr bool random = true;

    std::uint32_t agents = 1000;
    double groups_per_agent = 2, group_size = 5;

    static auto parameters() {
        using Self = Affiliation;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 1, 1e8, "agents", "number of agents n"},
            Parameter<Self>{"groups_per_agent", &Self::groups_per_agent, 0, 500, "groups",
                            "mean number mu of groups that an agent joins"},
            Parameter<Self>{"group_size", &Self::group_size, 0.1, 1e4, "agents", "mean size nu of a group"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;

    std::uint32_t groups() const noexcept {
        return static_cast<std::uint32_t>(agents * groups_per_agent / group_size + 0.5);
    }
};
static_assert(NetworkModel<Affiliation>);

}  // namespace commonweal::models
