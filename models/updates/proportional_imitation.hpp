#pragma once

#include "sim/model/update.hpp"

namespace commonweal::models {

/// Imitation of the better only, the finite analog of replicator dynamics.
struct ProportionalImitation {
    static constexpr std::string_view name = "proportional_imitation";
    static constexpr std::string_view summary =
        "Imitates a random neighbor that earns more, with a probability proportional to the difference.";
    static constexpr std::string_view equation =
        "focal i, model j drawn at random among the neighbors of i (among all others when well mixed)\n"
        "i takes the strategy of j with probability max(0, payoff_j - payoff_i) / M, at most 1\n"
        "M: largest payoff difference of the pair, max(Pmax_i, Pmax_j) - min(Pmin_i, Pmin_j); Pmax and Pmin are the "
        "best and the worst\n"
        "payoff of one strategy where all others have one other strategy: of a defector among cooperators, and of a "
        "cooperator among\n"
        "defectors. Well mixed: the difference of the best and the worst payoff that a group can bring";
    static constexpr std::string_view source =
        "Helbing (1992), Physica A 181, 29-52; Santos, Santos & Pacheco (2008), Nature 454, 213-216.";
    static constexpr UpdateForm form = UpdateForm::pairwise;
    static constexpr bool needs_span = true;
    static constexpr bool by_difference = true;

    static auto parameters() { return std::array<Parameter<ProportionalImitation>, 0>{}; }

    double probability(const Comparison& c) const noexcept {
        return c.model > c.own ? (c.model - c.own) / c.span : 0.0;
    }
};
static_assert(UpdateRule<ProportionalImitation>);

}  // namespace commonweal::models
