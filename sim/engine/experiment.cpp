#include "sim/engine/experiment.hpp"

namespace commonweal {

MeetingPlan::MeetingPlan(const Experiment& experiment, std::uint32_t instance) : instance_(instance) {
    if (experiment.network) {
        neighborhoods_ = std::make_unique<const Neighborhoods>(*experiment.network, experiment.randomness, instance);
        return;
    }
    if (!experiment.matching->shared()) return;
    rounds_.assign(experiment.rounds(), std::vector<AgentId>(experiment.agents()));
    for (Round round = 1; round <= experiment.rounds(); ++round)
        meet(experiment, instance, 0, round, rounds_[round - 1]);
}

void meet(const Experiment& experiment, std::uint32_t instance, std::uint32_t replicate, Round round,
          std::span<AgentId> slots) {
    const std::uint32_t game = experiment.game_of(round);
    for (AgentId session = 0; session < experiment.sessions; ++session) {
        const AgentId first = session * experiment.session_size;
        const auto own = slots.subspan(first, experiment.session_size);
        experiment.matching->groups(experiment.randomness,
                                    {.session = session,
                                     .game = game,
                                     .round = round - 1 - game * experiment.condition_rounds,
                                     .instance = instance,
                                     .replicate = replicate},
                                    own);
        for (AgentId& agent : own) agent += first;
    }
}

}  // namespace commonweal
