#pragma once

#include "models/behaviors/weighted_choice.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Dislikes earning less and earning more than the others (see `equation`), and expects each of them to give what they
/// gave on average in the last round.
///
/// In a linear game without points the pot pays all members alike, so a difference of payoffs is a difference of
/// contributions: x_j - x_i = c_i - c_j. With all c_j = m, the envy term of Fehr & Schmidt is envy * max(c - m, 0) and
/// the guilt term guilt * max(m - c, 0). With precision large, an agent of guilt > 1 - a matches m, others give
/// nothing.
struct FehrSchmidt {
    static constexpr std::string_view name = "fehr_schmidt";
    static constexpr std::string_view summary =
        "Dislikes inequality of payoffs: logit choice on its payoff less envy and guilt.";
    static constexpr std::string_view equation =
        "every round:  probability of c proportional to exp(precision * U(c)),  c = 0, e/(levels-1), ..., e\n"
        "  U(c) = (own payoff when giving c) - envy * max(c - m, 0) - guilt * max(m - c, 0)\n"
        "m: mean contribution of the others in the last round, first_expectation * e in the first round of a "
        "condition;\n"
        "an agent without others has neither envy nor guilt.\n"
        "population = calibrated:  (envy, guilt) of an agent is (0, 0), (0.5, 0.25), (1, 0.6), (4, 0.6) with "
        "probability\n"
        "  0.3, 0.3, 0.3, 0.1, drawn in the first round of a condition.";
    static constexpr std::string_view source =
        "Fehr & Schmidt (1999), Quarterly Journal of Economics 114, 817-868; logit choice and the expectation are "
        "additions of this project.";
    static constexpr std::size_t draws = 2;
    static constexpr std::size_t memory = 2;
    static constexpr bool needs_subjects = false;
    static constexpr std::uint32_t most_levels = 101;
    static constexpr std::array<std::string_view, 2> populations{"fixed", "calibrated"};

    float envy = 0.5f, guilt = 0.6f, precision = 1, first_expectation = 0.5f;
    std::uint32_t population = 0, levels = 21;

    static auto parameters() {
        using Self = FehrSchmidt;
        return std::array{
            Parameter<Self>{"population", &Self::population, 0, 0, "",
                            "fixed: all agents have the envy and guilt given here; calibrated: drawn for each agent",
                            populations},
            Parameter<Self>{"envy", &Self::envy, 0, 100, "-", "alpha, loss per token that the others earn more"},
            Parameter<Self>{"guilt", &Self::guilt, 0, 100, "-", "beta, loss per token that the others earn less"},
            Parameter<Self>{"precision", &Self::precision, 0, 1e3, "per token",
                            "lambda: 0 chooses blindly, a large one the best contribution only"},
            Parameter<Self>{"first_expectation", &Self::first_expectation, 0, 1, "-",
                            "share of the endowment that the others are expected to give in the first round"},
            Parameter<Self>{"levels", &Self::levels, 2, most_levels, "-",
                            "number of contributions to choose from, evenly spaced from 0 to the endowment"},
        };
    }

    std::size_t draws_read() const noexcept { return population == 0 ? 1 : draws; }

    float first(const LocalView& view, const Person&, Memory<memory>& kept, const Draws<draws>& words) const noexcept {
        kept = population == 0 ? Memory<memory>{envy, guilt} : calibrated(uniform_of(words[1]));
        return chosen(view, first_expectation * view.endowment, kept, uniform_of(words[0]));
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>& kept,
                       const Draws<draws>& words) const noexcept {
        return chosen(view, view.others_mean(), kept, uniform_of(words[0]));
    }

    /// Envy and guilt of the calibrated population, perfectly correlated, by a uniform number.
    static Memory<memory> calibrated(float u) noexcept {
        return {u < 0.3f ? 0.0f : u < 0.6f ? 0.5f : u < 0.9f ? 1.0f : 4.0f, u < 0.3f ? 0.0f : u < 0.6f ? 0.25f : 0.6f};
    }

private:
    float chosen(const LocalView& view, float expected, const Memory<memory>& taste, float u) const noexcept {
        const float envies = view.others > 0 ? taste[0] : 0.0f, regrets = view.others > 0 ? taste[1] : 0.0f;
        std::array<float, most_levels> utilities;
        for (std::uint32_t i = 0; i < levels; ++i) {
            const float c = level_of(i, levels, view.endowment), behind = c - expected;
            utilities[i] = view.forgone(c) - (behind > 0 ? envies * behind : -regrets * behind);
        }
        return level_of(logit_choice(utilities, levels, precision, u), levels, view.endowment);
    }
};
static_assert(BehaviorRule<FehrSchmidt>);

}  // namespace commonweal::models
