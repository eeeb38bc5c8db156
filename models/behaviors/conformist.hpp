#pragma once

#include "models/behaviors/conformity.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Gives all or nothing and follows the majority (see `equation`): alpha > 1 makes a majority larger than it was.
struct Conformist {
    static constexpr std::string_view name = "conformist";
    static constexpr std::string_view summary =
        "Does what most of the others did, with a probability that bends towards the majority.";
    static constexpr std::string_view equation =
        "first round of a condition:  c = e with probability first_probability, else 0\n"
        "later rounds:  c(t) = e with probability x^alpha / (x^alpha + (1-x)^alpha), else 0\n"
        "x: share of the others who gave everything, (sum of what they gave in the last round) / (e * their number).\n"
        "An agent without others repeats c.";
    static constexpr std::string_view source =
        "Boyd & Richerson (1985), Culture and the Evolutionary Process; Henrich & Boyd (1998), Evolution and Human "
        "Behavior 19, 215-241; the power form is that of McElreath et al. (2008), Philosophical Transactions of the "
        "Royal Society B 363, 3515-3528.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;

    float alpha = 2, first_probability = 0.5f;

    static auto parameters() {
        using Self = Conformist;
        return std::array{
            Parameter<Self>{
                "alpha", &Self::alpha, 0, 100, "-",
                "1 copies an other at random; above 1 favors the majority; 0 tosses a coin unless all others agree"},
            Parameter<Self>{"first_probability", &Self::first_probability, 0, 1, "-",
                            "probability of giving everything in the first round"},
        };
    }

    float first(const LocalView& view, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return uniform_of(words[0]) < first_probability ? view.endowment : 0.0f;
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&,
                       const Draws<draws>& words) const noexcept {
        const float x = view.others_mean() / view.endowment;
        const float drawn = uniform_of(words[0]) < followed(x, alpha) ? view.endowment : 0.0f;
        return view.others > 0 ? drawn : view.own_last;
    }
};
static_assert(BehaviorRule<Conformist>);

}  // namespace commonweal::models
