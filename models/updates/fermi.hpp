#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/update.hpp"

namespace commonweal::models {

/// Imitation that sometimes errs: the better the model's payoff, the likelier.
struct Fermi {
    static constexpr std::string_view name = "fermi";
    static constexpr std::string_view summary =
        "Pairwise comparison: imitates a random neighbor with a probability that grows with the payoff difference.";
    static constexpr std::string_view equation =
        "focal i, model j drawn at random among the neighbors of i (among all others when well mixed)\n"
        "i takes the strategy of j with probability 1 / (1 + exp(-strength (payoff_j - payoff_i)))\n"
        "strength: beta = w = 1 / K";
    static constexpr std::string_view source =
        "Blume (1993), Games Econ Behav 5, 387-424; Szabo & Toke (1998), Phys Rev E 58, 69-73.";
    static constexpr UpdateForm form = UpdateForm::pairwise;
    static constexpr bool needs_span = false;
    static constexpr bool by_difference = true;

    double strength = 2;

    static auto parameters() {
        using Self = Fermi;
        return std::array{
            Parameter<Self>{"strength", &Self::strength, 0, 1e9, "1/payoff",
                            "beta, strength of selection: 1 / K of a noise K; 0 is chance"},
        };
    }

    double probability(const Comparison& c) const noexcept { return 1 / (1 + exp_of(-strength * (c.model - c.own))); }
};
static_assert(UpdateRule<Fermi>);

}  // namespace commonweal::models
