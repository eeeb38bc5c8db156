#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Gives in proportion to what the others gave, and sometimes errs (see `equation`). slope < 1 is the self-serving bias
/// that makes cooperation decay.
struct ConditionalCooperator {
    static constexpr std::string_view name = "conditional_cooperator";
    static constexpr std::string_view summary =
        "Gives in proportion to what the others gave in the last round, and sometimes errs.";
    static constexpr std::string_view equation =
        "first round of a condition:  c = first_share * e\n"
        "later rounds:  c(t) = uniform in [0, e)                        with probability tremble\n"
        "                    = intercept + slope * m(t-1)                otherwise\n"
        "m: mean contribution of the others. Kept within [0, e].";
    static constexpr std::string_view source = "Fischbacher, Gaechter & Fehr (2001), Economics Letters 71, 397-404.";
    static constexpr std::size_t draws = 2;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;

    float slope = 0.9f, intercept = 0, tremble = 0.02f, first_share = 0.5f;

    static auto parameters() {
        using Self = ConditionalCooperator;
        return std::array{
            Parameter<Self>{"slope", &Self::slope, 0, 2, "-", "tokens given per token the others gave on average"},
            Parameter<Self>{"intercept", &Self::intercept, -1e6, 1e6, "tokens", "given when the others give nothing"},
            Parameter<Self>{"tremble", &Self::tremble, 0, 1, "per round", "probability of a random contribution"},
            Parameter<Self>{"first_share", &Self::first_share, 0, 1, "-",
                            "share of the endowment given in the first round"},
        };
    }

    float first(const LocalView& view, const Person&, Memory<memory>&, const Draws<draws>&) const noexcept {
        return first_share * view.endowment;
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&,
                       const Draws<draws>& words) const noexcept {
        const float planned = intercept + slope * view.others_mean();
        return uniform_of(words[0]) < tremble ? view.endowment * uniform_of(words[1]) : planned;
    }
};
static_assert(BehaviorRule<ConditionalCooperator>);

}  // namespace commonweal::models
