#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Weighs what a token brings against what others are expected to give (see `equation`): the linear-quadratic network
/// game with conditional cooperation as its norm. In a service it decides for each pot alone.
///
/// A rising cost of effort, q > 0, keeps contributions finite: without it the slope on the norm would be 1, and every
/// policy all or nothing. kappa / (kappa + q) is the slope of conditional cooperation; the defaults give .77, that of
/// Fischbacher & Gaechter (2010), so that without incentives giving declines as it does there.
struct NormIncentive {
    static constexpr std::string_view name = "norm_incentive";
    static constexpr std::string_view summary =
        "Gives by what a token brings, by its own motivation, and by what others are expected to give.";
    static constexpr std::string_view equation =
        "maximizes, for each pot:  ((m + w)(1 + g) - 1) c - (q/2) c^2 - (kappa/2)(c - b)^2\n"
        "c(t) = [kappa b + (m + w)(1 + g) - 1] / (kappa + q) + noise * z\n"
        "m: what a token that arrives brings its giver, with every incentive of the regime; g: tokens added per "
        "token;\n"
        "w = max(0, motivation - what control crowded out), for the system's pot system_motivation; b: what others "
        "are\n"
        "expected to give (in a laboratory and on a network: what they gave on average); z: standard normal.\n"
        "Below a demanded minimum with expected fine f per missing token:  m + f in place of m, at most the minimum.\n"
        "Kept within the endowment; in a service the pair for both pots is.";
    static constexpr std::string_view source =
        "Ballester, Calvo-Armengol & Zenou (2006), Econometrica 74, 1403-1417; Fischbacher & Gaechter (2010), American "
        "Economic Review 100, 541-556; crowding out: Bowles & Polania-Reyes (2012), Journal of Economic Literature 50, "
        "368-425.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;
    static constexpr bool reads_incentives = true;

    float pull = 0.134f, effort = 0.04f, motivation = 1.2f, system_motivation = 1.15f, noise = 3;

    static auto parameters() {
        using Self = NormIncentive;
        return std::array{
            Parameter<Self>{"pull", &Self::pull, 0, 1e3, "1/token", "kappa, pull of what others are expected to give"},
            Parameter<Self>{"effort", &Self::effort, 1e-6, 1e3, "1/token", "q, how fast the cost of giving rises"},
            Parameter<Self>{"motivation", &Self::motivation, 0, 1e3, "-",
                            "w, intrinsic motivation per token that arrives"},
            Parameter<Self>{"system_motivation", &Self::system_motivation, 0, 1e3, "-",
                            "the same for tokens to the pot of the system"},
            Parameter<Self>{"noise", &Self::noise, 0, 1e3, "tokens", "standard deviation of a contribution"},
        };
    }

    std::size_t draws_read() const noexcept { return noise > 0 ? 1 : 0; }

    float first(const LocalView& view, const Person& person, Memory<memory>& kept,
                const Draws<draws>& words) const noexcept {
        return contribution(view, person, kept, words);
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&,
                       const Draws<draws>& words) const noexcept {
        const Incentives& pot = view.incentives;
        const float inner = (pot.system > 0.0f ? system_motivation : motivation) - pot.crowding_out;
        const float w = inner > 0.0f ? inner : 0.0f;
        const float norm = pull * view.others_mean() - 1.0f, factor = 1.0f + pot.match, scale = 1.0f / (pull + effort);
        const float free = (norm + (view.own_return + w) * factor) * scale;
        const float fear = pot.minimum > 0.0f ? pot.deterrence : 0.0f;
        const float driven = (norm + (view.own_return + w + fear) * factor) * scale;
        const float urged = driven < pot.minimum ? driven : pot.minimum;
        return (free > urged ? free : urged) + noise * normal_of(words[0]);
    }
};
static_assert(BehaviorRule<NormIncentive>);

}  // namespace commonweal::models
