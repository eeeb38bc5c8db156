#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// A random network with given degrees.
struct ConfigurationModel {
    static constexpr std::string_view distributions[] = {"power_law", "poisson", "list"};
    static constexpr std::string_view repairs[] = {"swap", "erase"};
    static constexpr std::string_view name = "configuration_model";
    static constexpr std::string_view summary =
        "A random network with given degrees, or with degrees from a given distribution.";
    static constexpr std::string_view equation =
        "degrees:  power_law  P(k) proportional to k^-exponent for min_degree <= k <= max_degree\n"
        "          poisson    P(k) = e^-z z^k / k!, z = mean_degree\n"
        "          list       as given\n"
        "An odd sum of drawn degrees: one agent, drawn by chance, gets one more. All ends of ties are joined in pairs, "
        "each\n"
        "pairing equally likely. Ties of an agent with itself and second ties of a pair\n"
        "  swap   exchange ends with ties drawn by chance until there are none: the degrees are kept\n"
        "  erase  are left out: degrees are a little lower, most so those of hubs";
    static constexpr std::string_view source =
        "Molloy & Reed (1995), Random Structures & Algorithms 6, 161-180; erased: Britton, Deijfen & Martin-Lof "
        "(2006), Journal of Statistical "
        "Physics 124, 1377-1397; exchanges: Maslov & Sneppen (2002), Science 296, 910-913.";
    static constexpr bool random = true;

    std::uint32_t agents = 1000, distribution = 0, min_degree = 2, max_degree = 100, repair = 0;
    double exponent = 2.5, mean_degree = 4;
    std::vector<double> degrees;

    static auto parameters() {
        using Self = ConfigurationModel;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 1, 2e8, "agents", "number of agents n; not read with a list"},
            Parameter<Self>{"distribution", &Self::distribution, 0, 2, "", "where degrees come from", distributions},
            Parameter<Self>{"exponent", &Self::exponent, 0, 20, "-", "exponent of the power law"},
            Parameter<Self>{"min_degree", &Self::min_degree, 1, 1e6, "neighbors", "least degree of the power law"},
            Parameter<Self>{"max_degree", &Self::max_degree, 1, 1e6, "neighbors",
                            "largest degree of the power law, below n"},
            Parameter<Self>{"mean_degree", &Self::mean_degree, 0, 500, "neighbors", "mean of the Poisson distribution"},
            Parameter<Self>{"degrees", &Self::degrees, 0, 1e9, "neighbors", "the list: whole numbers, one per agent"},
            Parameter<Self>{"repair", &Self::repair, 0, 1, "", "how the graph becomes simple", repairs},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;
};
static_assert(NetworkModel<ConfigurationModel>);

/// True when a simple graph has these degrees (Erdos & Gallai 1960): an even sum and, for the k largest,
/// sum of them <= k(k-1) + sum over the others of min(degree, k).
bool is_graphical(std::vector<std::uint32_t> degrees);

}  // namespace commonweal::models
