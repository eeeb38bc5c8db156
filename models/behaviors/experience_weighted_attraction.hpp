#pragma once

#include <algorithm>

#include "models/behaviors/weighted_choice.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Learns how attractive each level of giving is, from what it earned and from what it would have earned (see
/// `equation`). delta = 0 with rho = 0 is reinforcement of what was done; delta = 1 with rho = phi is belief learning.
///
/// The level nearest to what was really given counts as chosen, so that whole tokens and contributions set from outside
/// are learned from too.
struct ExperienceWeightedAttraction {
    static constexpr std::string_view name = "experience_weighted_attraction";
    static constexpr std::string_view summary =
        "Learns the attraction of each level of giving from earned and forgone payoffs, and chooses by logit.";
    static constexpr std::string_view equation =
        "levels c_j = 0, e/(levels-1), ..., e. First round of a condition: A_j = 0 and N = experience, so any level.\n"
        "later rounds:  A_j <- [phi * N * A_j + (delta + (1 - delta) * 1{c_j given}) * pi_j] / (rho * N + 1)\n"
        "               N   <- rho * N + 1\n"
        "  probability of c_j proportional to exp(precision * A_j)\n"
        "pi_j: payoff of the last round had c_j been given, all else equal.";
    static constexpr std::string_view source = "Camerer & Ho (1999), Econometrica 67, 827-874.";
    static constexpr std::uint32_t most_levels = 21;
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = most_levels + 1;  ///< the attractions, then N
    static constexpr bool needs_subjects = false;

    float phi = 0.9f, delta = 0.5f, rho = 0.9f, precision = 0.5f, experience = 1;
    std::uint32_t levels = 21;

    static auto parameters() {
        using Self = ExperienceWeightedAttraction;
        return std::array{
            Parameter<Self>{"phi", &Self::phi, 0, 1, "-", "share of an attraction that is kept from round to round"},
            Parameter<Self>{"delta", &Self::delta, 0, 1, "-",
                            "weight of a payoff that was forgone, against one that was earned"},
            Parameter<Self>{"rho", &Self::rho, 0, 1, "-", "share of past experience that is kept, N"},
            Parameter<Self>{"precision", &Self::precision, 0, 1e3, "per token",
                            "lambda: 0 chooses blindly, a large one the most attractive level only"},
            Parameter<Self>{"experience", &Self::experience, 0, 1e3, "rounds", "N before the first round"},
            Parameter<Self>{"levels", &Self::levels, 2, most_levels, "-",
                            "number of contributions to choose from, evenly spaced from 0 to the endowment"},
        };
    }

    float first(const LocalView& view, const Person&, Memory<memory>& kept, const Draws<draws>& words) const noexcept {
        kept.fill(0.0f);
        kept[most_levels] = experience;
        return level_of(logit_choice(kept, levels, precision, uniform_of(words[0])), levels, view.endowment);
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>& kept,
                       const Draws<draws>& words) const noexcept {
        const float before = kept[most_levels], after = rho * before + 1.0f;
        const float given = level_given(view);
        for (std::uint32_t j = 0; j < levels; ++j) {
            const float weight = static_cast<float>(j) == given ? 1.0f : delta;
            const float payoff = view.forgone(level_of(j, levels, view.endowment));
            kept[j] = (phi * before * kept[j] + weight * payoff) / after;
        }
        kept[most_levels] = after;
        return level_of(logit_choice(kept, levels, precision, uniform_of(words[0])), levels, view.endowment);
    }

private:
    float level_given(const LocalView& view) const noexcept {
        const float top = static_cast<float>(levels - 1);
        return std::clamp(floor_of(view.own_last / view.endowment * top + 0.5f), 0.0f, top);
    }
};
static_assert(BehaviorRule<ExperienceWeightedAttraction>);

}  // namespace commonweal::models
