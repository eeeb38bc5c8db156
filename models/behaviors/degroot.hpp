#pragma once

#include "models/behaviors/averaging.hpp"
#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// Moves to a weighted mean of its own and the others' last contributions (see `equation`). In a fixed group everybody
/// ends at the mean of the first contributions; on a network at their mean weighted by the eigenvector of the weights.
struct Degroot {
    static constexpr std::string_view name = "degroot";
    static constexpr std::string_view summary =
        "Gives a weighted mean of what it and what the others gave in the last round.";
    static constexpr std::string_view equation =
        "first round of a condition:  c = first_mean + first_sd * z\n"
        "later rounds:  c(t) = self_weight * c(t-1) + (1 - self_weight) * m(t-1)\n"
        "m: mean contribution of the others; z: standard normal. An agent without others keeps c. Kept within [0, e].";
    static constexpr std::string_view source =
        "DeGroot (1974), Journal of the American Statistical Association 69, 118-121.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;

    float self_weight = 0.5f, first_mean = 10, first_sd = 3;

    static auto parameters() {
        using Self = Degroot;
        return std::array{
            Parameter<Self>{"self_weight", &Self::self_weight, 0, 1, "-", "weight of one's own last contribution"},
            Parameter<Self>{"first_mean", &Self::first_mean, -1e6, 1e6, "tokens", "mean of the first contribution"},
            Parameter<Self>{"first_sd", &Self::first_sd, 0, 1e6, "tokens",
                            "standard deviation of the first contribution"},
        };
    }

    std::size_t draws_read() const noexcept { return first_sd > 0 ? 1 : 0; }

    float first(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return first_sd > 0 ? first_mean + first_sd * normal_of(words[0]) : first_mean;
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&, const Draws<draws>&) const noexcept {
        return averaged(view, self_weight);
    }
};
static_assert(BehaviorRule<Degroot>);

}  // namespace commonweal::models
