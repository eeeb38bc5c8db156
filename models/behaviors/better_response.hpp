#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Moves along the slope of its own payoff (see `equation`): it rests where no small change pays, which is at an
/// equilibrium when all do so. The selfish reference for incentives: no norm, no motivation.
struct BetterResponse {
    static constexpr std::string_view name = "better_response";
    static constexpr std::string_view summary = "Moves its contribution along the slope of its own payoff.";
    static constexpr std::string_view equation =
        "first round:  c = first\n"
        "later rounds:  c(t) = c(t-1) + step * [m (1 + g) - 1] + noise * z\n"
        "m: what a token that arrives brings its giver, with every incentive of the regime, at what was given last;\n"
        "g: tokens added per token; below a demanded minimum the expected fine per missing token is added to m;\n"
        "z: standard normal. Kept within the endowment.";
    static constexpr std::string_view source =
        "Gradient dynamics of games: Arrow & Hurwicz (1960), Econometrica 28, 443-458.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;
    static constexpr bool reads_incentives = true;

    float step = 1, first_contribution = 1, noise = 0;

    static auto parameters() {
        using Self = BetterResponse;
        return std::array{
            Parameter<Self>{"step", &Self::step, 0, 1e6, "tokens", "change per unit of the slope of the payoff"},
            Parameter<Self>{"first_contribution", &Self::first_contribution, 0, 1e6, "tokens",
                            "contribution of round 1"},
            Parameter<Self>{"noise", &Self::noise, 0, 1e3, "tokens", "standard deviation of a contribution"},
        };
    }

    std::size_t draws_read() const noexcept { return noise > 0 ? 1 : 0; }

    float first(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return first_contribution + error(words);
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&,
                       const Draws<draws>& words) const noexcept {
        const Incentives& pot = view.incentives;
        const float fined = view.own_last < pot.minimum ? pot.deterrence : 0.0f;
        const float slope = (view.own_return + fined) * (1.0f + pot.match) - 1.0f;
        return view.own_last + step * slope + error(words);
    }

private:
    float error(const Draws<draws>& words) const noexcept { return noise * normal_of(words[0]); }
};
static_assert(BehaviorRule<BetterResponse>);

}  // namespace commonweal::models
