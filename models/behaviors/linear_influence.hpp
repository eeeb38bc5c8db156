#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Giving that follows one's own past and the others' past linearly (see `equation`): the exact case.
///
/// Far from the bounds 0 and e, with strangers in groups of s: one token more of one person moves a later group mate by
/// `influence` one round later; a chain of d meetings moves its end by influence^d when persistence is 0; all others
/// and the source together move by (persistence + (s-1) influence)^t after t rounds.
struct LinearInfluence {
    static constexpr std::string_view name = "linear_influence";
    static constexpr std::string_view summary =
        "Contribution is a linear function of one's own and the others' last contributions.";
    static constexpr std::string_view equation =
        "first round of a condition:  c = first_mean + first_sd * z\n"
        "later rounds:  c(t) = constant + persistence * c(t-1) + influence * (sum of what each other member of last "
        "round's\n"
        "                      group gave) + noise * z\n"
        "z: standard normal. Kept within [0, e].";
    static constexpr std::string_view source =
        "The linear counterpart of Fowler & Christakis (2010), PNAS 107, 5334-5338; vector autoregression.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;

    float constant = 0, persistence = 0, influence = 0.1f, noise = 0, first_mean = 10, first_sd = 3;

    static auto parameters() {
        using Self = LinearInfluence;
        return std::array{
            Parameter<Self>{"constant", &Self::constant, -1e6, 1e6, "tokens", "a, given whatever happened"},
            Parameter<Self>{"persistence", &Self::persistence, -2, 2, "-",
                            "h, tokens per token of one's own last contribution"},
            Parameter<Self>{"influence", &Self::influence, -2, 2, "-",
                            "b, tokens per token of each other member's last contribution"},
            Parameter<Self>{"noise", &Self::noise, 0, 1e6, "tokens",
                            "standard deviation of the normal noise in each round"},
            Parameter<Self>{"first_mean", &Self::first_mean, -1e6, 1e6, "tokens", "mean of the first contribution"},
            Parameter<Self>{"first_sd", &Self::first_sd, 0, 1e6, "tokens",
                            "standard deviation of the first contribution"},
        };
    }

    float first(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return first_mean + first_sd * normal_of(words[0]);
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&,
                       const Draws<draws>& words) const noexcept {
        return constant + persistence * view.own_last + influence * view.others_sum + noise * normal_of(words[0]);
    }
};
static_assert(BehaviorRule<LinearInfluence>);

}  // namespace commonweal::models
