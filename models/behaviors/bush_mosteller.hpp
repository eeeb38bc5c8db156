#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Repeats what brought more than it aspires to, and avoids what brought less (see `equation`).
///
/// What was really given decides which action is reinforced, so a contribution that was rounded or set from outside
/// counts as cooperation from threshold_share * e on. With giving = continuous the contribution scatters around the
/// probability, as in the public-goods version of Ezaki et al.: z is the first of eight normal numbers that leaves it
/// within [0, e]; when none does, as for one decision in 256 at p = 0 or 1, the engine clips it.
struct BushMosteller {
    static constexpr std::string_view name = "bush_mosteller";
    static constexpr std::string_view summary =
        "Repeats what brought more than an aspired payoff and avoids what brought less.";
    static constexpr std::string_view equation =
        "p: probability of cooperation, first_probability in the first round of a condition. Later rounds:\n"
        "  s = tanh(sensitivity * (payoff(t-1) - aspiration));  the last action is cooperation when\n"
        "  c(t-1) >= threshold_share * e;  q = its probability, p or 1 - p\n"
        "  q <- q + (1 - q) * s  when s >= 0;  q <- q + q * s  when s < 0;  p = q or 1 - q\n"
        "giving = all_or_nothing:  c(t) = e with probability (1 - error) * p + error * (1 - p), else 0\n"
        "giving = continuous:      c(t) = e * (p + spread * z), z normal such that c is within [0, e]";
    static constexpr std::string_view source =
        "Bush & Mosteller (1955), Stochastic Models for Learning; Macy & Flache (2002), PNAS 99, 7229-7236; Ezaki, "
        "Horita, Takezawa & Masuda (2016), PLoS Computational Biology 12, e1005034.";
    static constexpr std::size_t draws = 8;
    static constexpr std::size_t memory = 1;
    static constexpr bool needs_subjects = false;
    static constexpr std::array<std::string_view, 2> ways{"all_or_nothing", "continuous"};

    float aspiration = 18, sensitivity = 0.1f, error = 0.2f, first_probability = 0.5f;
    float threshold_share = 0.4f, spread = 0.2f;
    std::uint32_t giving = 0;

    static auto parameters() {
        using Self = BushMosteller;
        return std::array{
            Parameter<Self>{"aspiration", &Self::aspiration, -1e6, 1e6, "tokens", "A, the payoff that satisfies"},
            Parameter<Self>{"sensitivity", &Self::sensitivity, 0, 1e3, "per token",
                            "beta, how strongly a payoff above or below the aspiration acts"},
            Parameter<Self>{"error", &Self::error, 0, 1, "per round",
                            "probability of the other action than the chosen one"},
            Parameter<Self>{"first_probability", &Self::first_probability, 0, 1, "-",
                            "probability of cooperation in the first round"},
            Parameter<Self>{"threshold_share", &Self::threshold_share, 0.001, 1, "-",
                            "share of the endowment from which on a contribution counts as cooperation"},
            Parameter<Self>{"giving", &Self::giving, 0, 0, "",
                            "all_or_nothing: e or 0, by the probability; continuous: around probability * e", ways},
            Parameter<Self>{"spread", &Self::spread, 0, 10, "-",
                            "standard deviation of a continuous contribution, as a share of the endowment"},
        };
    }

    std::size_t draws_read() const noexcept { return giving == 0 ? 1 : draws; }

    float first(const LocalView& view, const Person&, Memory<memory>& kept, const Draws<draws>& words) const noexcept {
        kept[0] = first_probability;
        return acted(first_probability, view.endowment, words);
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>& kept,
                       const Draws<draws>& words) const noexcept {
        const bool cooperated = view.own_last >= threshold_share * view.endowment;
        kept[0] = reinforced(kept[0], cooperated, tanh_of(sensitivity * (view.payoff - aspiration)));
        return acted(kept[0], view.endowment, words);
    }

    /// Hyperbolic tangent, absolute error below 3e-7, never outside [-1, 1].
    static float tanh_of(float x) noexcept {
        const float shrunk = exp_of(-2.0f * (x < 0 ? -x : x));
        const float size = (1.0f - shrunk) / (1.0f + shrunk);
        return x < 0 ? -size : size;
    }

private:
    static float reinforced(float probability, bool cooperated, float stimulus) noexcept {
        const float q = cooperated ? probability : 1.0f - probability;
        const float moved = q + (stimulus >= 0 ? 1.0f - q : q) * stimulus;
        return cooperated ? moved : 1.0f - moved;
    }

    float acted(float probability, float endowment, const Draws<draws>& words) const noexcept {
        if (giving == 0) {
            const float cooperates = (1.0f - error) * probability + error * (1.0f - probability);
            return uniform_of(words[0]) < cooperates ? endowment : 0.0f;
        }
        float share = probability + spread * normal_of(words[0]);
        for (std::size_t next = 1; next < draws; ++next) {
            const bool inside = share >= 0.0f && share <= 1.0f;
            share = inside ? share : probability + spread * normal_of(words[next]);
        }
        return share * endowment;
    }
};
static_assert(BehaviorRule<BushMosteller>);

}  // namespace commonweal::models
