#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Each pair is tied with the same probability.
struct ErdosRenyi {
    static constexpr std::string_view name = "erdos_renyi";
    static constexpr std::string_view summary =
        "A random network: each pair of agents is tied with the same probability.";
    static constexpr std::string_view equation =
        "P(i and j are tied) = p, or mean_degree / (n-1), independently of all other pairs\n"
        "degrees are binomial, nearly Poisson in large networks.\n"
        "Give one of the two: with p, write mean_degree=0.";
    static constexpr std::string_view source =
        "Gilbert (1959), Annals of Mathematical Statistics 30, 1141-1144; Erdos & Renyi (1959). Gaps as in Batagelj & "
        "Brandes (2005).";
    static constexpr bool random = true;

    std::uint32_t agents = 1000;
    double mean_degree = 10, p = 0;

    static auto parameters() {
        using Self = ErdosRenyi;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 1, 2e8, "agents", "number of agents n"},
            Parameter<Self>{"mean_degree", &Self::mean_degree, 0, 2e8, "neighbors",
                            "expected neighbors of an agent, at most n-1; 0 when p is given"},
            Parameter<Self>{"p", &Self::p, 0, 1, "-", "probability of each tie; 0 when mean_degree is given"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;
};
static_assert(NetworkModel<ErdosRenyi>);

}  // namespace commonweal::models
