#pragma once

#include "models/updates/fitness.hpp"
#include "sim/model/update.hpp"

namespace commonweal::models {

/// Moran process on a graph, birth first. Asynchronous only.
struct BirthDeath {
    static constexpr std::string_view name = "birth_death";
    static constexpr std::string_view summary =
        "An agent drawn by fitness has an offspring, which replaces a random neighbor.";
    static constexpr std::string_view equation =
        "parent i is drawn with probability f_i / sum of f over all; its offspring replaces a random neighbor of i\n"
        "fitness f = exp(strength payoff), or 1 - strength + strength payoff (0 when negative)";
    static constexpr std::string_view source =
        "Ohtsuki, Hauert, Lieberman & Nowak (2006), Nature 441, 502-505; Nowak, Sasaki, Taylor & Fudenberg (2004), "
        "Nature 428, 646-650.";
    static constexpr UpdateForm form = UpdateForm::birth_death;
    static constexpr bool needs_span = false;

    double strength = 0.1;
    std::uint32_t fitness_of = 0;

    static auto parameters() {
        using Self = BirthDeath;
        return std::array{
            Parameter<Self>{"strength", &Self::strength, 0, 1e9, "1/payoff", "w, strength of selection; 0 is chance"},
            Parameter<Self>{"fitness", &Self::fitness_of, 0, 0, "", "how fitness follows from payoff", fitness_kinds},
        };
    }

    double fitness(double payoff, double top) const noexcept {
        return fitness_of_payoff(fitness_of, strength, payoff, top);
    }
};
static_assert(UpdateRule<BirthDeath>);

}  // namespace commonweal::models
