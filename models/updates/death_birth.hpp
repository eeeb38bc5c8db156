#pragma once

#include "models/updates/fitness.hpp"
#include "sim/model/update.hpp"

namespace commonweal::models {

/// Moran process on a graph, death first.
struct DeathBirth {
    static constexpr std::string_view name = "death_birth";
    static constexpr std::string_view summary = "A random agent dies; its neighbors compete for the place by fitness.";
    static constexpr std::string_view equation =
        "focal i dies; neighbor j takes its place with probability f_j / sum of f over the neighbors of i\n"
        "fitness f = exp(strength payoff), or 1 - strength + strength payoff (0 when negative)";
    static constexpr std::string_view source =
        "Ohtsuki, Hauert, Lieberman & Nowak (2006), Nature 441, 502-505; Nowak, Sasaki, Taylor & Fudenberg (2004), "
        "Nature 428, 646-650.";
    static constexpr UpdateForm form = UpdateForm::death_birth;
    static constexpr bool needs_span = false;

    double strength = 0.1;
    std::uint32_t fitness_of = 0;

    static auto parameters() {
        using Self = DeathBirth;
        return std::array{
            Parameter<Self>{"strength", &Self::strength, 0, 1e9, "1/payoff", "w, strength of selection; 0 is chance"},
            Parameter<Self>{"fitness", &Self::fitness_of, 0, 0, "", "how fitness follows from payoff", fitness_kinds},
        };
    }

    double fitness(double payoff, double top) const noexcept {
        return fitness_of_payoff(fitness_of, strength, payoff, top);
    }
};
static_assert(UpdateRule<DeathBirth>);

}  // namespace commonweal::models
