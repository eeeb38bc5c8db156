#pragma once

#include <cstdint>

#include "sim/core/randomness.hpp"
#include "sim/game/hosted_games.hpp"
#include "sim/game/well_mixed_games.hpp"
#include "sim/model/acceptance.hpp"
#include "sim/model/model_info.hpp"

namespace commonweal {

/// How a rule uses payoffs; it decides which functions the rule has.
enum class UpdateForm : std::uint8_t {
    pairwise,     ///< probability(Comparison): the focal agent imitates one model, drawn at random
    best,         ///< none: the focal agent imitates the best of its models and itself
    death_birth,  ///< fitness(payoff, top): the focal agent is replaced by a model drawn by fitness
    birth_death,  ///< fitness(payoff, top): an agent drawn by fitness replaces a model of its own, drawn at random
    own,          ///< probability(payoff): the focal agent takes up another strategy, drawn at random
};

/// An update rule: a plain struct of parameters with the functions of its form. `needs_span` for pairwise rules that
/// read Comparison::span. `top` is at least about the largest payoff among the competitors, so that exponential fitness
/// can be scaled; ratios of fitness must not depend on it. A pairwise rule that reads payoffs by their difference only
/// may declare `by_difference = true`; it is applied faster then.
template <class Rule>
concept UpdateRule = Described<Rule> && requires {
    { Rule::form } -> std::convertible_to<UpdateForm>;
    { Rule::needs_span } -> std::convertible_to<bool>;
};

/// The revisions of one round of one run.
struct RevisionPlan {
    const Randomness* randomness;
    std::uint32_t instance, replicate;
    Round round;
    std::uint64_t steps;  ///< elementary steps, at most 2^32
    double mutation;      ///< probability that a revision is a random draw of a strategy instead
    const AcceptanceTable* acceptance = nullptr;  ///< of the rule in games with levels; null: computed each time
    bool shared_focal = false;                    ///< focal agents are those of all replicates of the instance
};

/// An update rule behind one virtual call per round.
///
/// Asynchronous: `steps` elementary steps, each of one focal agent drawn at random, with the payoffs of that moment.
/// Returns the steps that were made: fewer when one strategy has everybody and no rule of the plan can bring back
/// another. Synchronous: everybody once, with the payoffs of the beginning. Returns how many agents changed.
class Update {
public:
    virtual ~Update() = default;
    virtual UpdateForm form() const noexcept = 0;
    virtual bool needs_span() const noexcept = 0;

    /// Fitness of a payoff, of rules with births; 1 for all others.
    virtual double fitness(double payoff, double top) const noexcept = 0;

    /// Thresholds of a pairwise rule for all pairs of levels; nothing for other rules and for too many levels.
    virtual std::optional<AcceptanceTable> acceptance(const PayoffLevels& levels) const = 0;

    /// threshold_of(probability) of each comparison by a pairwise rule; 0 by other rules.
    virtual void thresholds(const Comparisons& comparisons, std::uint32_t* out) const noexcept = 0;

    virtual std::uint64_t revise_one_by_one(HostedGames& games, const RevisionPlan& plan) const = 0;
    virtual std::uint64_t revise_one_by_one(WellMixedGames& games, const RevisionPlan& plan) const = 0;
    virtual std::uint64_t revise_together(HostedGames& games, const RevisionPlan& plan) const = 0;
    virtual std::uint64_t revise_together(WellMixedGames& games, const RevisionPlan& plan) const = 0;
};

/// True when one strategy has everybody.
template <class Games>
bool uniform(const Games& games) noexcept {
    for (std::size_t strategy = 0; strategy < games.strategies(); ++strategy)
        if (games.having(strategy) == games.agents()) return true;
    return false;
}

}  // namespace commonweal
