#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// An organization: the tree of who reports to whom, and informal ties that prefer the near and the high.
struct DoddsWattsSabel {
    static constexpr std::string_view name = "dodds_watts_sabel";
    static constexpr std::string_view summary =
        "An organization: a tree of who reports to whom, and informal ties across it.";
    static constexpr std::string_view equation =
        "tree with `branching` b reports per manager and `levels` L levels: n = (b^L - 1) / (b - 1)\n"
        "until `links` ties are added:  draw i, j uniformly; reject if equal or tied; a: lowest common superior, D: "
        "its depth (root 0),\n"
        "  d_i, d_j: steps up to a, x = sqrt(d_i^2 + d_j^2 - 2);  accept with exp(-D / lambda) * exp(-x / zeta)\n"
        "(computed by classes (D, d_i, d_j), which gives the same probabilities without the rejections)\n"
        "lambda, zeta large: random; lambda large, zeta small: local teams; lambda small, zeta large: random "
        "interdivisional;\n"
        "both small: core-periphery; both about 0.5: multiscale.  Attributes: `level` (root 0), `manager` (agent; root "
        "-1).";
    static constexpr std::string_view source = "Dodds, Watts & Sabel (2003), PNAS 100, 12516-12521.";
    static constexpr bool random = true;

    std::uint32_t branching = 5, levels = 5;
    std::uint64_t links = 780;
    double lambda = 0.5, zeta = 0.5;

    static auto parameters() {
        using Self = DoddsWattsSabel;
        return std::array{
            Parameter<Self>{"branching", &Self::branching, 2, 10000, "agents", "reports b of each manager"},
            Parameter<Self>{"levels", &Self::levels, 1, 27, "-", "levels L of the hierarchy, the root included"},
            Parameter<Self>{"links", &Self::links, 0, 1e9, "ties", "informal ties added to the tree"},
            Parameter<Self>{"lambda", &Self::lambda, 1e-6, 1e9, "levels",
                            "how fast ties thin out as the common superior is lower"},
            Parameter<Self>{"zeta", &Self::zeta, 1e-6, 1e9, "levels",
                            "how fast ties thin out with the distance in the tree"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;

    /// n, for parameters that passed the check.
    std::uint64_t agents() const noexcept;
};
static_assert(NetworkModel<DoddsWattsSabel>);

}  // namespace commonweal::models
