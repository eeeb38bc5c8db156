#pragma once

#include <algorithm>
#include <limits>

#include "sim/engine/evolution.hpp"

namespace commonweal {

/// Writes the trace of a run, round by round. When the state cannot change any more the rest is filled in.
class EvolutionRecord {
public:
    EvolutionRecord(const EvolutionDesign& design, double steps_per_round) : design_(design) {
        const std::size_t d = design.game.strategies();
        trace_.share.reserve(design.recorded() * d);
        trace_.payoff.reserve(design.recorded());
        trace_.late_share.assign(d, 0.0);
        trace_.absorption_steps = std::numeric_limits<double>::quiet_NaN();
        trace_.steps_per_round = steps_per_round;
    }

    /// The state at the end of a round. `state` has having(strategy), total(), mean_payoff(), fund_cost(),
    /// and strategy() when kept.
    template <class State>
    void on_round(Round round, const State& state) {
        if (round > 0 && round + design_.window > design_.rounds) add_late(state, 1);
        if (round % design_.every == 0) keep(state);
    }

    /// Nothing changes after this round.
    template <class State>
    void fill(Round round, const State& state) {
        const Round late_from = design_.rounds - design_.window;
        if (round < design_.rounds) add_late(state, design_.rounds - std::max(round, late_from));
        if (round >= design_.rounds) return;
        const double payoff = state.mean_payoff(), cost = cost_in(state);
        const std::size_t left = design_.rounds / design_.every - round / design_.every;
        for (std::size_t row = 0; row < left; ++row) keep(state, payoff, cost);
    }

    void absorbed(std::size_t strategy, double steps) {
        trace_.absorbed = static_cast<std::int32_t>(strategy);
        trace_.absorption_steps = steps;
    }

    EvolutionTrace take(double revisions) {
        trace_.revisions = revisions;
        for (double& share : trace_.late_share) share /= design_.window;
        return std::move(trace_);
    }

private:
    template <class State>
    void add_late(const State& state, double weight) {
        for (std::size_t s = 0; s < trace_.late_share.size(); ++s) trace_.late_share[s] += weight * share(state, s);
    }

    template <class State>
    void keep(const State& state) {
        keep(state, state.mean_payoff(), cost_in(state));
    }

    template <class State>
    void keep(const State& state, double payoff, double cost) {
        for (std::size_t s = 0; s < trace_.late_share.size(); ++s) trace_.share.push_back(share(state, s));
        trace_.payoff.push_back(payoff);
        if (design_.game.has_fund()) trace_.fund_cost.push_back(cost);
        if (!design_.keep_strategies) return;
        const auto& strategies = state.strategy();
        trace_.strategies.insert(trace_.strategies.end(), strategies.begin(), strategies.end());
    }

    template <class State>
    double cost_in(const State& state) const {
        return design_.game.has_fund() ? state.fund_cost() : 0.0;
    }

    template <class State>
    static double share(const State& state, std::size_t strategy) {
        return static_cast<double>(state.having(strategy)) / static_cast<double>(state.total());
    }

    const EvolutionDesign& design_;
    EvolutionTrace trace_;
};

}  // namespace commonweal
