#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Everybody has the same number of neighbors, who are drawn by chance.
struct RandomRegular {
    static constexpr std::string_view name = "random_regular";
    static constexpr std::string_view summary = "Everybody has the same number of neighbors, drawn by chance.";
    static constexpr std::string_view equation =
        "each agent has k ends of ties; all ends are joined in pairs, each pairing equally likely; ties of an agent "
        "with itself\n"
        "and second ties of a pair exchange ends with ties drawn by chance until there are none\n"
        "(asymptotically uniform among simple k-regular graphs; for k > (n-1)/2 the complement is made so)";
    static constexpr std::string_view source =
        "Bollobas (1980), European Journal of Combinatorics 1, 311-316; exchanges: Maslov & Sneppen (2002), Science "
        "296, 910-913.";
    static constexpr bool random = true;

    std::uint32_t agents = 1000, degree = 4;

    static auto parameters() {
        using Self = RandomRegular;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 1, 2e8, "agents", "number of agents n"},
            Parameter<Self>{"degree", &Self::degree, 0, 10000, "neighbors",
                            "neighbors k of each agent, below n; n * k even"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;
};
static_assert(NetworkModel<RandomRegular>);

}  // namespace commonweal::models
