#pragma once

#include "models/behaviors/weighted_choice.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Chooses better contributions more often, not always (see `equation`): the quantal response to a linear game.
///
/// What the others do shifts the utility of all contributions alike and so cancels: in the linear game the logit
/// response is the logit equilibrium. The return to the others is taken to be own_return each, as in a group.
struct QuantalResponse {
    static constexpr std::string_view name = "quantal_response";
    static constexpr std::string_view summary =
        "Chooses contributions with more utility more often: logit choice on its own payoff and, with altruism, the "
        "others'.";
    static constexpr std::string_view equation =
        "every round:  probability of c proportional to exp(precision * U(c)),  c = 0, e/(levels-1), ..., e\n"
        "  U(c) = (own payoff when giving c) + altruism * (what the others together get of c)\n"
        "       = (a - 1) * c + altruism * k * a * c + terms without c\n"
        "a: what a token given brings back to oneself, in a group the MPCR; k: number of others.";
    static constexpr std::string_view source =
        "McKelvey & Palfrey (1995), Games and Economic Behavior 10, 6-38; Anderson, Goeree & Holt (1998), Journal of "
        "Public Economics 70, 297-323.";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;
    static constexpr std::uint32_t most_levels = 101;

    float precision = 0.1f, altruism = 0;
    std::uint32_t levels = 21;

    static auto parameters() {
        using Self = QuantalResponse;
        return std::array{
            Parameter<Self>{"precision", &Self::precision, 0, 1e3, "per token",
                            "lambda: 0 chooses blindly, a large one the best contribution only"},
            Parameter<Self>{"altruism", &Self::altruism, -10, 10, "-",
                            "weight of a token of the others against one of one's own; negative is spite"},
            Parameter<Self>{"levels", &Self::levels, 2, most_levels, "-",
                            "number of contributions to choose from, evenly spaced from 0 to the endowment"},
        };
    }

    float first(const LocalView& view, const Person& person, Memory<memory>& kept,
                const Draws<draws>& words) const noexcept {
        return contribution(view, person, kept, words);
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&,
                       const Draws<draws>& words) const noexcept {
        const float per_token = (view.own_return - 1.0f) + altruism * view.own_return * view.others;
        std::array<float, most_levels> utilities;
        for (std::uint32_t i = 0; i < levels; ++i) utilities[i] = per_token * level_of(i, levels, view.endowment);
        return level_of(logit_choice(utilities, levels, precision, uniform_of(words[0])), levels, view.endowment);
    }
};
static_assert(BehaviorRule<QuantalResponse>);

}  // namespace commonweal::models
