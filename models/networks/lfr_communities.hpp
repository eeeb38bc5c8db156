#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Communities of unequal size among agents of unequal degree.
struct LfrCommunities {
    static constexpr std::string_view name = "lfr_communities";
    static constexpr std::string_view summary =
        "Communities of unequal size among agents of unequal degree, after Lancichinetti, Fortunato and Radicchi.";
    static constexpr std::string_view equation =
        "degrees k: P(k) proportional to k^-tau1 up to max_degree, with the two least degrees mixed so that the mean "
        "is mean_degree\n"
        "community sizes s: P(s) proportional to s^-tau2 in [min_community, max_community], drawn until all agents "
        "have a place;\n"
        "the last one is left out and its agents are spread over the others, if they have room\n"
        "each agent has (1-mu) k ties inside its community, rounded up or down by chance; agents take places in "
        "decreasing order\n"
        "of these, uniform among communities with more members than that\n"
        "ends of ties are joined by chance, inside each community and between communities, as in configuration_model "
        "(swap);\n"
        "an odd number of ends inside a community: one of them leads outside. The attribute `community` tells the "
        "community.";
    static constexpr std::string_view source =
        "Lancichinetti, Fortunato & Radicchi (2008), Physical Review E 78, 046110.";
    static constexpr bool random = true;

    std::uint32_t agents = 1000, max_degree = 50, min_community = 20, max_community = 100;
    double tau1 = 2.5, tau2 = 1.5, mu = 0.2, mean_degree = 10;

    static auto parameters() {
        using Self = LfrCommunities;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 2, 1e8, "agents", "number of agents n"},
            Parameter<Self>{"tau1", &Self::tau1, 1, 20, "-", "exponent of the degrees"},
            Parameter<Self>{"tau2", &Self::tau2, 0, 20, "-", "exponent of the community sizes"},
            Parameter<Self>{"mu", &Self::mu, 0, 1, "-",
                            "mixing: share of an agent's ties that lead to other communities"},
            Parameter<Self>{"mean_degree", &Self::mean_degree, 1, 1e6, "neighbors", "mean degree"},
            Parameter<Self>{"max_degree", &Self::max_degree, 1, 1e6, "neighbors", "largest degree, below n"},
            Parameter<Self>{"min_community", &Self::min_community, 2, 1e8, "agents", "size of the smallest community"},
            Parameter<Self>{"max_community", &Self::max_community, 2, 1e8, "agents",
                            "size of the largest one; above (1-mu) max_degree"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;
};
static_assert(NetworkModel<LfrCommunities>);

}  // namespace commonweal::models
