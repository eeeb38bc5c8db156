#pragma once

#include "sim/engine/evolution_record.hpp"

namespace commonweal {

/// The course of one run of strategies: what is recorded of it, and when nothing can change any more. One run and runs
/// in lanes come to their end by the same words.
class EvolutionCourse {
public:
    /// `steps`: elementary steps of a round.
    EvolutionCourse(const EvolutionDesign& design, std::uint64_t steps)
        : design_(design), record_(design, static_cast<double>(steps)) {}

    /// The state of round 0. `state` is that of EvolutionRecord.
    template <class State>
    void begin(const State& state) {
        record_.on_round(0, state);
        end_if_settled(state);
    }

    /// The state after a round of `steps` elementary steps. `still`: the round would only repeat itself.
    template <class State>
    void add(Round round, double steps, bool still, const State& state) {
        round_ = round;
        steps_ += steps;
        end_if_settled(state);
        ended_ = ended_ || still;
        record_.on_round(round, state);
    }

    bool ended() const noexcept { return ended_; }

    /// The trace; of a run that ended early the rest is filled in with its last state.
    template <class State>
    EvolutionTrace take(const State& state) {
        if (ended_) record_.fill(round_, state);
        return record_.take(steps_);
    }

private:
    /// One strategy has everybody, and nothing brings back another.
    template <class State>
    void end_if_settled(const State& state) {
        if (design_.mutation > 0 || design_.update->form() == UpdateForm::own) return;
        for (std::size_t strategy = 0; strategy < design_.game.strategies(); ++strategy)
            if (state.having(strategy) == state.total()) {
                record_.absorbed(strategy, steps_);
                ended_ = true;
            }
    }

    const EvolutionDesign& design_;
    EvolutionRecord record_;
    Round round_ = 0;
    double steps_ = 0;
    bool ended_ = false;
};

}  // namespace commonweal
