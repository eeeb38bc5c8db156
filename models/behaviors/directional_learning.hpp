#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Goes on in the direction that raised its own payoff, and turns when it did not (see `equation`). It looks at nothing
/// but its own contributions and payoffs: the rival of conditional cooperation as a reason for the decline of giving.
///
/// With whole tokens a step below half a token goes nowhere.
struct DirectionalLearning {
    static constexpr std::string_view name = "directional_learning";
    static constexpr std::string_view summary =
        "Changes its contribution in the direction that raised its payoff, and turns when it did not.";
    static constexpr std::string_view equation =
        "first round of a condition:  c = first_mean + first_sd * z\n"
        "later rounds:  c(t) = c(t-1) + step * d\n"
        "  d = +1 or -1 by a fair coin   with probability exploration, and when c did not change before\n"
        "    = sign[c(t-1) - c(t-2)]     when payoff(t-1) > payoff(t-2)\n"
        "    = -sign[c(t-1) - c(t-2)]    otherwise\n"
        "z: standard normal. Kept within [0, e].";
    static constexpr std::string_view source =
        "Burton-Chellew, Nax & West (2015), Proceedings of the Royal Society B 282, 20142678; Nax & Perc (2015), "
        "Scientific Reports 5, 8010.";
    static constexpr std::size_t draws = 2;
    static constexpr std::size_t memory = 2;  ///< contribution and payoff of the round before last
    static constexpr bool needs_subjects = false;

    float step = 1, exploration = 0.1f, first_mean = 10, first_sd = 5;

    static auto parameters() {
        using Self = DirectionalLearning;
        return std::array{
            Parameter<Self>{"step", &Self::step, 0, 1e6, "tokens", "change of the contribution from round to round"},
            Parameter<Self>{"exploration", &Self::exploration, 0, 1, "per round",
                            "probability of a step in a random direction"},
            Parameter<Self>{"first_mean", &Self::first_mean, -1e6, 1e6, "tokens", "mean of the first contribution"},
            Parameter<Self>{"first_sd", &Self::first_sd, 0, 1e6, "tokens",
                            "standard deviation of the first contribution"},
        };
    }

    float first(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return first_mean + first_sd * normal_of(words[0]);
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>& kept,
                       const Draws<draws>& words) const noexcept {
        const float change = view.round == 2.0f ? 0.0f : view.own_last - kept[0];
        const float paid = view.payoff > kept[1] ? 1.0f : -1.0f;
        const float coin = words[1] >> 31 ? 1.0f : -1.0f;
        const bool random = change == 0.0f || uniform_of(words[0]) < exploration;
        kept = {view.own_last, view.payoff};
        return view.own_last + step * (random ? coin : change > 0 ? paid : -paid);
    }
};
static_assert(BehaviorRule<DirectionalLearning>);

}  // namespace commonweal::models
