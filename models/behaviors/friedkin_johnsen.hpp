#pragma once

#include "models/behaviors/averaging.hpp"
#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// Averages like DeGroot and stays attached to its first contribution (see `equation`), so differences remain.
///
/// The first contribution is read in the second round, as it was really given: whoever sets the first round from
/// outside, rounds it or nudges it, sets what the agent is attached to.
struct FriedkinJohnsen {
    static constexpr std::string_view name = "friedkin_johnsen";
    static constexpr std::string_view summary =
        "Averages its own and the others' last contributions, and stays attached to its own first one.";
    static constexpr std::string_view equation =
        "first round of a condition:  c(1) = first_mean + first_sd * z\n"
        "later rounds:  c(t) = susceptibility * [self_weight * c(t-1) + (1 - self_weight) * m(t-1)]\n"
        "                      + (1 - susceptibility) * c(1)\n"
        "m: mean contribution of the others, for an agent without others its own; z: standard normal. Kept within [0, "
        "e].";
    static constexpr std::string_view source =
        "Friedkin & Johnsen (1990), Journal of Mathematical Sociology 15, 193-206.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 1;
    static constexpr bool needs_subjects = false;

    float susceptibility = 0.5f, self_weight = 0.5f, first_mean = 10, first_sd = 3;

    static auto parameters() {
        using Self = FriedkinJohnsen;
        return std::array{
            Parameter<Self>{"susceptibility", &Self::susceptibility, 0, 1, "-",
                            "weight of the averaging; the rest is the weight of the first contribution"},
            Parameter<Self>{"self_weight", &Self::self_weight, 0, 1, "-",
                            "weight of one's own last contribution in the averaging"},
            Parameter<Self>{"first_mean", &Self::first_mean, -1e6, 1e6, "tokens", "mean of the first contribution"},
            Parameter<Self>{"first_sd", &Self::first_sd, 0, 1e6, "tokens",
                            "standard deviation of the first contribution"},
        };
    }

    std::size_t draws_read() const noexcept { return first_sd > 0 ? 1 : 0; }

    float first(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return first_sd > 0 ? first_mean + first_sd * normal_of(words[0]) : first_mean;
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>& kept, const Draws<draws>&) const noexcept {
        kept[0] = view.round == 2.0f ? view.own_last : kept[0];
        return susceptibility * averaged(view, self_weight) + (1.0f - susceptibility) * kept[0];
    }
};
static_assert(BehaviorRule<FriedkinJohnsen>);

}  // namespace commonweal::models
