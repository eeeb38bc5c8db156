#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Gives all or nothing, with log odds that are linear in the round and in what happened before (see `equation`): the
/// regression in which experiments on networks report cooperation, read as a rule.
///
/// Of the coefficients only those of the round, and one of the number of others, were published. All others are 0
/// until somebody sets them: no value of `intercept`, `neighbors` or `own` comes from data.
struct LogitCooperation {
    static constexpr std::string_view name = "logit_cooperation";
    static constexpr std::string_view summary =
        "Gives all or nothing, with log odds linear in the round, the others' and its own last act, and its degree.";
    static constexpr std::string_view equation =
        "first round of a condition:  c = e with probability first_share, else 0\n"
        "later rounds:  c(t) = e with probability 1 / (1 + exp(-x)), else 0\n"
        "  x = intercept + per_round * t + neighbors * (S / (k * e)) + own * c(t-1) / e + degree * k\n"
        "S: what the others gave in the last round, together; k: their number, on a network the neighbors or their "
        "weight;\n"
        "S / (k * e) is the share of them that gave, 0 without others.";
    static constexpr std::string_view source =
        "Form and slopes per round: Rand, Arbesman & Christakis (2011), PNAS 108, 19193-19198, as quoted by others: "
        "-0.186 where ties are fixed, -0.220 viscous, -0.113 random, -0.186 + 0.135 fluid; 0.052 per neighbor, which "
        "another source contradicts. All other values are the user's.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;

    float intercept = 0, per_round = -0.186f, neighbors = 0, own = 0, degree = 0, first_share = 0.5f;

    static auto parameters() {
        using Self = LogitCooperation;
        return std::array{
            Parameter<Self>{"intercept", &Self::intercept, -1e3, 1e3, "log odds", "log odds of giving before all else"},
            Parameter<Self>{"per_round", &Self::per_round, -1e3, 1e3, "log odds per round",
                            "slope on the round of the condition, which counts from 1"},
            Parameter<Self>{"neighbors", &Self::neighbors, -1e3, 1e3, "log odds",
                            "effect of all others having given in the last round, against none"},
            Parameter<Self>{"own", &Self::own, -1e3, 1e3, "log odds", "effect of having given in the last round"},
            Parameter<Self>{"degree", &Self::degree, -1e3, 1e3, "log odds per neighbor",
                            "effect of each other member or neighbor, whatever it did"},
            Parameter<Self>{"first_share", &Self::first_share, 0, 1, "-", "probability of giving in the first round"},
        };
    }

    float first(const LocalView& view, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return uniform_of(words[0]) < first_share ? view.endowment : 0.0f;
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&,
                       const Draws<draws>& words) const noexcept {
        const float past = neighbors * (view.others_mean() / view.endowment) + own * (view.own_last / view.endowment);
        const float odds = intercept + per_round * view.round + past + degree * view.others;
        const float gives = 1.0f / (1.0f + exp_of(-odds));
        return uniform_of(words[0]) < gives ? view.endowment : 0.0f;
    }
};
static_assert(BehaviorRule<LogitCooperation>);

}  // namespace commonweal::models
