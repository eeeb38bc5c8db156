#pragma once

#include <algorithm>

#include "models/behaviors/weighted_choice.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Keeps a pool of contributions in mind and lets those prosper that would have served it better (see `equation`):
/// individual evolutionary learning with other-regarding preferences.
///
/// The payoff of a member relative to the group's mean is a difference of contributions, because the pot pays all
/// alike: mean(pi) = pi + c - (mean contribution of the group). With MPCR a in a group of n, giving less than the mean
/// pays iff altruism <= (1 - a) / (a - 1/n), and giving more iff envy < [a - 1 + altruism (a - 1/n)] n / (n - 1).
struct EvolutionaryLearning {
    static constexpr std::string_view name = "evolutionary_learning";
    static constexpr std::string_view summary =
        "Keeps a pool of contributions, varies them, copies those of more forgone utility and gives one of them.";
    static constexpr std::string_view equation =
        "first round of a condition:  pool of contributions uniform in [0, e);  c is one of them;\n"
        "  (altruism, envy) = (0, 0) with probability selfish, else uniform in [0, altruism_most) x [0, envy_most)\n"
        "later rounds, for each contribution x of the pool:\n"
        "  experiment:  x <- x + mutation * e * z, kept within [0, e], with probability experimentation\n"
        "  utility:     u(x) = pi(x) + altruism * mean(x) - envy * max(0, mean(x) - pi(x))\n"
        "  replicate:   the new pool takes the better of two contributions of the old one, drawn with replacement\n"
        "  choose:      c(t) = x with probability proportional to u(x) - min(0, least u of the pool)\n"
        "pi(x), mean(x): its own payoff and the mean payoff of its group in the last round had it given x; z: standard "
        "normal.";
    static constexpr std::string_view source =
        "Arifovic & Ledyard (2012), Journal of Public Economics 96, 808-823; Arifovic & Ledyard (2011), Journal of "
        "Economic Dynamics and Control 35, 1768-1789.";
    static constexpr std::uint32_t most_pool = 100;
    static constexpr std::size_t draws = 4 + 4 * most_pool;
    static constexpr std::size_t memory = most_pool + 2;  ///< the pool, then altruism and envy
    static constexpr bool needs_subjects = false;

    float experimentation = 0.033f, mutation = 0.1f, selfish = 0.48f, altruism_most = 22, envy_most = 8;
    std::uint32_t pool = 100;

    static auto parameters() {
        using Self = EvolutionaryLearning;
        return std::array{
            Parameter<Self>{"pool", &Self::pool, 2, most_pool, "-", "contributions that an agent keeps in mind"},
            Parameter<Self>{"experimentation", &Self::experimentation, 0, 1, "per round",
                            "probability that a contribution of the pool is varied"},
            Parameter<Self>{"mutation", &Self::mutation, 0, 1, "-",
                            "standard deviation of a variation, as a share of the endowment"},
            Parameter<Self>{"selfish", &Self::selfish, 0, 1, "-", "probability of neither altruism nor envy"},
            Parameter<Self>{"altruism_most", &Self::altruism_most, 0, 1e3, "-",
                            "B of the others is uniform from 0 to this: weight of the group's mean payoff"},
            Parameter<Self>{"envy_most", &Self::envy_most, 0, 1e3, "-",
                            "G of the others is uniform from 0 to this: loss per token below the group's mean payoff"},
        };
    }

    std::size_t draws_read() const noexcept { return 4 + 4 * std::size_t{pool}; }

    float first(const LocalView& view, const Person&, Memory<memory>& kept, const Draws<draws>& words) const noexcept {
        for (std::uint32_t j = 0; j < pool; ++j) kept[j] = view.endowment * uniform_of(words[4 + 4 * j]);
        const bool regards_others = uniform_of(words[1]) >= selfish;
        kept[most_pool] = regards_others ? altruism_most * uniform_of(words[2]) : 0.0f;
        kept[most_pool + 1] = regards_others ? envy_most * uniform_of(words[3]) : 0.0f;
        return kept[below_of(words[0], pool)];
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>& kept,
                       const Draws<draws>& words) const noexcept {
        std::array<float, most_pool> tried, forgone, weights;
        for (std::uint32_t j = 0; j < pool; ++j) {
            const float varied = kept[j] + mutation * view.endowment * normal_of(words[5 + 4 * j]);
            const bool varies = uniform_of(words[4 + 4 * j]) < experimentation;
            tried[j] = varies ? std::clamp(varied, 0.0f, view.endowment) : kept[j];
            forgone[j] = utility(view, tried[j], kept[most_pool], kept[most_pool + 1]);
        }
        float least = 0;
        for (std::uint32_t j = 0; j < pool; ++j) {
            const std::uint32_t one = below_of(words[6 + 4 * j], pool), other = below_of(words[7 + 4 * j], pool);
            const std::uint32_t better = forgone[one] >= forgone[other] ? one : other;
            kept[j] = tried[better];
            weights[j] = forgone[better];
            least = std::min(least, weights[j]);
        }
        for (std::uint32_t j = 0; j < pool; ++j) weights[j] -= least;
        return kept[weighted_choice(weights, pool, uniform_of(words[0]))];
    }

    /// Forgone utility of having given x in the last round [tokens].
    static float utility(const LocalView& view, float x, float altruism, float envy) noexcept {
        const float payoff = view.forgone(x);
        const float behind = x - (x + view.others_sum) / (1.0f + view.others);
        return payoff + altruism * (payoff + behind) - envy * (behind > 0 ? behind : 0.0f);
    }
};
static_assert(BehaviorRule<EvolutionaryLearning>);

}  // namespace commonweal::models
