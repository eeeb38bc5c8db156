#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Agents arrive one after the other and prefer those who have many ties.
struct BarabasiAlbert {
    static constexpr std::string_view name = "barabasi_albert";
    static constexpr std::string_view summary =
        "Agents arrive one after the other and tie themselves to those who have many ties already.";
    static constexpr std::string_view equation =
        "start: m+1 agents, all tied; each next agent ties itself to m different ones, drawn one after the other with\n"
        "P(i) proportional to the degree k_i before it came\n"
        "share of agents with degree k:  2m(m+1) / (k(k+1)(k+2)) for k >= m, in large networks";
    static constexpr std::string_view source =
        "Barabasi & Albert (1999), Science 286, 509-512; degrees: Dorogovtsev, Mendes & Samukhin (2000), Physical "
        "Review Letters 85, 4633-4636.";
    static constexpr bool random = true;

    std::uint32_t agents = 1000, links = 2;

    static auto parameters() {
        using Self = BarabasiAlbert;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 2, 2e8, "agents", "number of agents n, above links"},
            Parameter<Self>{"links", &Self::links, 1, 10000, "ties",
                            "ties m that each new agent makes; the mean degree is nearly 2m"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;
};
static_assert(NetworkModel<BarabasiAlbert>);

}  // namespace commonweal::models
