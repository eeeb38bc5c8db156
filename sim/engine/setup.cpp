#include "sim/engine/setup.hpp"

namespace commonweal {

MeetingPlan::MeetingPlan(const Setup& setup, std::uint32_t instance) : instance_(instance) {
    if (!setup.matching->shared()) return;
    rounds_.assign(setup.rounds(), std::vector<AgentId>(setup.agents()));
    for (Round round = 1; round <= setup.rounds(); ++round) meet(setup, instance, 0, round, rounds_[round - 1]);
}

void meet(const Setup& setup, std::uint32_t instance, std::uint32_t replicate, Round round, std::span<AgentId> slots) {
    const std::uint32_t game = setup.game_of(round);
    for (AgentId session = 0; session < setup.sessions; ++session) {
        const AgentId first = session * setup.session_size;
        const auto own = slots.subspan(first, setup.session_size);
        setup.matching->groups(setup.randomness,
                               {.session = session,
                                .game = game,
                                .round = round - 1 - game * setup.condition_rounds,
                                .instance = instance,
                                .replicate = replicate},
                               own);
        for (AgentId& agent : own) agent += first;
    }
}

}  // namespace commonweal
