#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "sim/game/payoff_levels.hpp"

namespace commonweal {

/// What a focal agent compares with one model.
struct Comparison {
    double own;    ///< payoff of the focal agent
    double model;  ///< payoff of the model
    double span;   ///< largest difference that their payoffs could have; 0 unless the rule needs it
};

/// Comparisons of some agents, in planes.
struct Comparisons {
    const double *own, *model, *span;  ///< [comparison]; span is null unless the rule needs it
    std::size_t size;
};

/// Agents with at most this many models find whom they look at and whether they imitate it in one random word.
inline constexpr std::uint32_t most_models_of_a_word = 256;

/// Whom a random word picks among n models, and the rest of it: a 32-bit uniform number that decides whether it is
/// imitated. They are the upper and the lower half of word * n, so the model is that of below_of(word, n).
struct Pick {
    std::uint32_t which, rest;
};
inline Pick pick_of(std::uint32_t word, std::uint32_t models) noexcept {
    const std::uint64_t product = std::uint64_t{word} * models;
    return {static_cast<std::uint32_t>(product >> 32), static_cast<std::uint32_t>(product)};
}

/// Number of the 2^31 equal cells of (0, 1) whose midpoint lies below a probability: exactly that of all j with
/// (2 j + 1) / 2^32 < probability. 0 for 0 (and what is no number), 2^31 for 1, 2^30 for 1/2.
inline std::uint32_t threshold_of(double probability) noexcept {
    const double cells = probability * 0x1.0p31 - 0.5;  // exact wherever the sign or a whole part depends on it
    const double below = cells < 0x1.0p31 ? cells : 0x1.0p31, inside = cells > 0 ? below : 0.0;
    const auto whole = static_cast<std::uint32_t>(inside);
    return whole + (static_cast<double>(whole) < inside ? 1u : 0u);
}

/// The one acceptance function of imitation on networks: the midpoint of the cell that `rest` falls into lies below the
/// probability that the threshold was made of.
inline bool accepts(std::uint32_t rest, std::uint32_t threshold) noexcept { return (rest >> 1) < threshold; }

/// True when a pairwise rule declares that it reads payoffs by their difference only.
template <class Rule>
inline constexpr bool by_difference = requires { requires Rule::by_difference; };

/// What a pairwise rule compares when an agent of `strategy` at the level `own` looks at one of the other strategy at
/// the level `model`. Where only a difference counts and payoffs are linear, both levels are lowered until one is 0:
/// what is equal for equal differences then is so to the last bit.
template <class Rule>
Comparison compared(const PayoffLevels& levels, std::size_t strategy, std::uint32_t own, std::uint32_t model) noexcept {
    const std::uint32_t lower = by_difference<Rule> && levels.linear() ? std::min(own, model) : 0;
    return {levels.payoff(strategy, own - lower), levels.payoff(1 - strategy, model - lower),
            Rule::needs_span ? levels.span() : 0.0};
}

/// Thresholds of a pairwise rule for every pair of levels: threshold_of(probability(compared(...))), kept.
class AcceptanceTable {
public:
    static constexpr std::size_t most_entries = 1u << 20;

    /// Nothing when there would be more than 2^20 entries.
    template <class Rule>
    static std::optional<AcceptanceTable> of(const Rule& rule, const PayoffLevels& levels) {
        const std::uint64_t most = levels.most();
        const bool difference = by_difference<Rule> && levels.linear();
        if (2 * (difference ? 2 * most + 1 : (most + 1) * (most + 1)) > most_entries) return std::nullopt;
        AcceptanceTable table(levels.most(), difference);
        for (std::size_t strategy = 0; strategy < 2; ++strategy)
            for (std::uint32_t own = 0; own <= most; ++own)
                for (std::uint32_t model = 0; model <= most; ++model) {
                    if (difference && own > 0 && model > 0) break;  // known: what is compared is that of a lower pair
                    table.entries_[table.at(strategy, own, model)] =
                        threshold_of(rule.probability(compared<Rule>(levels, strategy, own, model)));
                }
        return table;
    }

    /// Of an agent of `strategy` at the level `own` that looks at one of the other strategy at the level `model`.
    std::uint32_t threshold(std::size_t strategy, std::uint32_t own, std::uint32_t model) const noexcept {
        return entries_[at(strategy, own, model)];
    }

    /// Where it lies in entries(): first(strategy) + step_own own + step_model model.
    std::int64_t first(std::size_t strategy) const noexcept { return first_[strategy]; }
    std::int64_t step_own() const noexcept { return step_own_; }  ///< -1 when only the difference counts, step_model 1
    std::int64_t step_model() const noexcept { return step_model_; }
    const std::vector<std::uint32_t>& entries() const noexcept { return entries_; }

private:
    AcceptanceTable(std::uint32_t most, bool difference) {
        const std::int64_t levels = std::int64_t{most} + 1;
        const std::int64_t each = difference ? 2 * levels - 1 : levels * levels;
        first_ = {difference ? most : 0, each + (difference ? most : 0)};
        step_own_ = difference ? -1 : levels;
        entries_.resize(static_cast<std::size_t>(2 * each));
    }

    std::size_t at(std::size_t strategy, std::uint32_t own, std::uint32_t model) const noexcept {
        return static_cast<std::size_t>(first_[strategy] + step_own_ * own + step_model_ * model);
    }

    std::array<std::int64_t, 2> first_{};
    std::int64_t step_own_ = 0, step_model_ = 1;
    std::vector<std::uint32_t> entries_;
};

}  // namespace commonweal
