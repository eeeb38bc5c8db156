#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Agents on a square lattice without edges.
struct SquareLattice {
    static constexpr std::string_view neighborhoods[] = {"von_neumann", "moore"};
    static constexpr std::string_view name = "square_lattice";
    static constexpr std::string_view summary =
        "Agents on a square lattice without edges, four or eight neighbors each.";
    static constexpr std::string_view equation =
        "von_neumann:  site (x, y) is tied to (x+-1, y) and (x, y+-1), modulo width and height; degree 4\n"
        "moore:        to the four sites (x+-1, y+-1) too; degree 8\n"
        "n = width * height";
    static constexpr std::string_view source = "Nowak & May (1992), Nature 359, 826-829.";
    static constexpr bool random = false;

    std::uint32_t width = 100, height = 100, neighborhood = 0;

    static auto parameters() {
        using Self = SquareLattice;
        return std::array{
            Parameter<Self>{"width", &Self::width, 3, 10000, "agents", "agents in a row"},
            Parameter<Self>{"height", &Self::height, 3, 10000, "agents", "rows"},
            Parameter<Self>{"neighborhood", &Self::neighborhood, 0, 1, "", "who is a neighbor", neighborhoods},
        };
    }

    Network generate(const Randomness&, std::uint32_t) const;
};
static_assert(NetworkModel<SquareLattice>);

}  // namespace commonweal::models
