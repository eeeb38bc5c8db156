#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <vector>

#include "sim/core/elementary.hpp"
#include "sim/core/instruction_set.hpp"
#include "sim/model/fitness_urn.hpp"
#include "sim/model/pairwise_steps.hpp"
#include "sim/model/update.hpp"

namespace commonweal {

/// Applies an update rule to the agents of some games, one after the other or all together.
template <UpdateRule Rule, class Games>
class Revision {
public:
    Revision(const Rule& rule, Games& games, const RevisionPlan& plan)
        : rule_(rule),
          games_(games),
          plan_(plan),
          focal_(plan, games.agents()),
          model_(plan, Stream::model, 0),
          accept_(plan, Stream::accept, 0,
                  on_network && Rule::form == UpdateForm::pairwise ? Asked::seldom : Asked::often),
          mutate_(plan, Stream::mutation, 0),
          mutant_(plan, Stream::mutation, 1, Asked::seldom) {
        if constexpr (Rule::needs_span) games.prepare_spans();
    }

    std::uint64_t one_by_one() {
        const bool absorbing = plan_.mutation == 0 && Rule::form != UpdateForm::own;
        if (absorbing && uniform(games_)) return 0;
        if constexpr (on_network && Rule::form == UpdateForm::pairwise)
            if (absorbing) return looking();
        for (std::uint64_t step = 0; step < plan_.steps; ++step) {
            const AgentId focal = focal_.of(step);
            const AgentId changed = revised(focal, step);
            if (changed == nobody) continue;
            games_.change(changed, next_);
            if constexpr (Rule::form == UpdateForm::birth_death) urn_.renew(rule_, games_, changed);
            if (absorbing && games_.having(next_) == games_.agents()) return step + 1;
        }
        return plan_.steps;
    }

    std::uint64_t together() {
        const AgentId agents = games_.agents();
        keep_payoffs();
        std::vector<std::uint8_t> next(games_.strategy());
        for (AgentId agent = 0; agent < agents; ++agent)
            if (revised(agent, agent) != nobody) next[agent] = next_;
        std::uint64_t changes = 0;
        for (AgentId agent = 0; agent < agents; ++agent) {
            changes += next[agent] != games_.strategy(agent);
            games_.change(agent, next[agent]);
        }
        return changes;
    }

private:
    static constexpr AgentId nobody = 0xffffffffu;
    static constexpr bool on_network = std::same_as<Games, HostedGames>;
    using Asked = RevisionWords::Asked;

    std::uint64_t looking() {
        if (plan_.acceptance && games_.in_bytes())
            return pairwise_steps<LevelGames>(
                games_.bytes(), plan_,
                [&table = *plan_.acceptance](const LevelGames& games, const Look& look, std::uint64_t) {
                    return accepts(look.rest, table.threshold(games.strategy(look.focal), games.level(look.focal),
                                                              games.level(look.model)));
                });
        return pairwise_steps<Games&>(games_, plan_, [&](const Games&, const Look& look, std::uint64_t step) {
            return accepted(look.focal, look.model, games_.models(look.focal) <= most_models_of_a_word, look.rest,
                            step);
        });
    }

    /// Payoffs of this moment, for all revisions of a round; levels where they are all that is asked for.
    void keep_payoffs() {
        if constexpr (on_network && Rule::form == UpdateForm::pairwise)
            if (games_.levels()) {
                levels_.resize(games_.agents());
                for (AgentId agent = 0; agent < games_.agents(); ++agent) levels_[agent] = games_.level(agent);
                return;
            }
        payoffs_.resize(games_.agents());
        for (AgentId agent = 0; agent < games_.agents(); ++agent) payoffs_[agent] = games_.payoff(agent);
    }

    std::uint32_t level(AgentId agent) const { return levels_.empty() ? games_.level(agent) : levels_[agent]; }
    double payoff(AgentId agent) const { return payoffs_.empty() ? games_.payoff(agent) : payoffs_[agent]; }

    /// The agent that changes in a revision of `focal`, or nobody; its new strategy is next_.
    AgentId revised(AgentId focal, std::uint64_t number) {
        if (plan_.mutation > 0 && unit_of(mutate_.of(number)) < plan_.mutation) {
            next_ = static_cast<std::uint8_t>(
                below_of(mutant_.of(number), static_cast<std::uint32_t>(games_.strategies())));
            return next_ != games_.strategy(focal) ? focal : nobody;
        }
        if constexpr (Rule::form == UpdateForm::own) return explored(focal, number);
        if constexpr (Rule::form == UpdateForm::birth_death) return replaced(number);
        if (games_.models(focal) == 0) return nobody;
        if constexpr (Rule::form == UpdateForm::pairwise) return imitated(focal, number);
        if constexpr (Rule::form == UpdateForm::best) return imitated_best(focal, number);
        if constexpr (Rule::form == UpdateForm::death_birth) return succeeded(focal, number);
    }

    AgentId change_to(AgentId agent, std::uint8_t strategy) noexcept {
        next_ = strategy;
        return strategy != games_.strategy(agent) ? agent : nobody;
    }

    AgentId imitated(AgentId focal, std::uint64_t number) {
        const std::uint32_t models = games_.models(focal);
        const Pick pick = pick_of(model_.of(number), models);
        const AgentId model = games_.model(focal, pick.which);
        if (games_.strategy(model) == games_.strategy(focal)) return nobody;
        if (!accepted(focal, model, models <= most_models_of_a_word, pick.rest, number)) return nobody;
        return change_to(focal, games_.strategy(model));
    }

    /// On networks the rest of the word that picked the model decides where it may, and the acceptance function of
    /// sim/model/acceptance.hpp; elsewhere a word of its own.
    bool accepted(AgentId focal, AgentId model, bool one_word, std::uint32_t rest, std::uint64_t number) {
        if constexpr (on_network)
            return accepts(one_word ? rest : accept_.of(number), threshold(focal, model));
        else
            return unit_of(accept_.of(number)) < rule_.probability(comparison(focal, model));
    }

    Comparison comparison(AgentId focal, AgentId model) const {
        return {payoff(focal), payoff(model), Rule::needs_span ? games_.span(focal, model) : 0.0};
    }

    std::uint32_t threshold(AgentId focal, AgentId model) const {
        const PayoffLevels* const levels = games_.levels();
        if (!levels) return threshold_of(rule_.probability(comparison(focal, model)));
        const std::uint32_t own = level(focal), other = level(model);
        if (plan_.acceptance) return plan_.acceptance->threshold(games_.strategy(focal), own, other);
        return threshold_of(rule_.probability(compared<Rule>(*levels, games_.strategy(focal), own, other)));
    }

    /// Keeps its strategy when one of the best has it; else one of the best is drawn. Payoffs that differ by rounding
    /// only are equal: the same sums in another order.
    AgentId imitated_best(AgentId focal, std::uint64_t number) {
        const std::uint32_t models = games_.models(focal);
        double best = payoff(focal);
        weights_.resize(models);
        for (std::uint32_t i = 0; i < models; ++i) best = std::max(best, weights_[i] = payoff(games_.model(focal, i)));
        const double good = best - 1e-9 * (1 + std::abs(best));
        bool keeps = payoff(focal) >= good;
        std::uint32_t ties = 0;
        for (std::uint32_t i = 0; i < models; ++i) {
            if (!(weights_[i] >= good)) continue;
            ++ties;
            keeps = keeps || games_.strategy(games_.model(focal, i)) == games_.strategy(focal);
        }
        if (keeps) return nobody;
        std::uint32_t chosen = below_of(model_.of(number), ties), i = 0;
        while (!(weights_[i] >= good) || chosen-- > 0) ++i;
        return change_to(focal, games_.strategy(games_.model(focal, i)));
    }

    AgentId succeeded(AgentId focal, std::uint64_t number) {
        if constexpr (Rule::form == UpdateForm::death_birth) {
            const std::uint32_t models = games_.models(focal);
            weights_.resize(models);
            double top = -1e300;
            for (std::uint32_t i = 0; i < models; ++i)
                top = std::max(top, weights_[i] = payoff(games_.model(focal, i)));
            double sum = 0;
            for (double& weight : weights_) sum += weight = rule_.fitness(weight, top);
            if (!(sum > 0)) return nobody;
            double left = unit_of(model_.of(number)) * sum;
            std::uint32_t i = 0;
            while (i + 1 < models && left >= weights_[i]) left -= weights_[i++];
            return change_to(focal, games_.strategy(games_.model(focal, i)));
        }
    }

    AgentId replaced(std::uint64_t number) {
        if constexpr (Rule::form == UpdateForm::birth_death) {
            if (urn_.empty()) urn_.fill(rule_, games_);
            const AgentId parent = urn_.draw(unit_of(accept_.of(number)));
            if (games_.models(parent) == 0) return nobody;
            const AgentId child = games_.model(parent, below_of(model_.of(number), games_.models(parent)));
            return change_to(child, games_.strategy(parent));
        }
    }

    AgentId explored(AgentId focal, std::uint64_t number) {
        if constexpr (Rule::form == UpdateForm::own) {
            if (games_.strategies() < 2 || !(unit_of(accept_.of(number)) < rule_.probability(payoff(focal))))
                return nobody;
            const auto others = static_cast<std::uint32_t>(games_.strategies() - 1);
            const std::uint32_t other = below_of(model_.of(number), others);
            return change_to(focal, static_cast<std::uint8_t>(other + (other >= games_.strategy(focal) ? 1 : 0)));
        }
    }

    const Rule& rule_;
    Games& games_;
    const RevisionPlan& plan_;
    FocalAgents focal_;
    RevisionWords model_, accept_, mutate_, mutant_;
    FitnessUrn urn_;
    std::vector<double> payoffs_, weights_;
    std::vector<std::uint32_t> levels_;
    std::uint8_t next_ = 0;
};

template <UpdateRule Rule>
class UpdateOf final : public Update {
public:
    explicit UpdateOf(const Rule& rule) : rule_(rule) {}
    UpdateForm form() const noexcept override { return Rule::form; }
    bool needs_span() const noexcept override { return Rule::needs_span; }
    double fitness(double payoff, double top) const noexcept override {
        if constexpr (Rule::form == UpdateForm::birth_death || Rule::form == UpdateForm::death_birth)
            return rule_.fitness(payoff, top);
        else
            return 1;
    }
    std::optional<AcceptanceTable> acceptance(const PayoffLevels& levels) const override {
        if constexpr (Rule::form == UpdateForm::pairwise)
            return AcceptanceTable::of(rule_, levels);
        else
            return std::nullopt;
    }
    void thresholds(const Comparisons& comparisons, std::uint32_t* out) const noexcept override {
        vectorized([&, rule = rule_, comparisons] {
            for (std::size_t i = 0; i < comparisons.size; ++i)
                if constexpr (Rule::form == UpdateForm::pairwise)
                    out[i] = threshold_of(rule.probability(
                        {comparisons.own[i], comparisons.model[i], Rule::needs_span ? comparisons.span[i] : 0.0}));
                else
                    out[i] = 0;
        });
    }
    std::uint64_t revise_one_by_one(HostedGames& games, const RevisionPlan& plan) const override {
        return Revision<Rule, HostedGames>(rule_, games, plan).one_by_one();
    }
    std::uint64_t revise_one_by_one(WellMixedGames& games, const RevisionPlan& plan) const override {
        return Revision<Rule, WellMixedGames>(rule_, games, plan).one_by_one();
    }
    std::uint64_t revise_together(HostedGames& games, const RevisionPlan& plan) const override {
        return Revision<Rule, HostedGames>(rule_, games, plan).together();
    }
    std::uint64_t revise_together(WellMixedGames& games, const RevisionPlan& plan) const override {
        return Revision<Rule, WellMixedGames>(rule_, games, plan).together();
    }

private:
    Rule rule_;
};

}  // namespace commonweal
