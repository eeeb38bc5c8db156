#pragma once

#include <bit>

#include "sim/core/elementary.hpp"
#include "sim/model/acceptance.hpp"
#include "sim/model/revision_words.hpp"

namespace commonweal {

/// Draws focal agents: uniform among all; two words where 32 bits would be biased by more than 2^-16.
class FocalAgents {
public:
    FocalAgents(const RevisionPlan& plan, AgentId agents) noexcept
        : high_(plan, Stream::focal, 0), low_(plan, Stream::focal, 1), agents_(agents) {}

    AgentId of(std::uint64_t step) noexcept {
        if (agents_ <= 1u << 16) return below_of(high_.of(step), agents_);
        const std::uint64_t word = std::uint64_t{high_.of(step)} << 32 | low_.of(step);
        __extension__ using Wide = unsigned __int128;
        return static_cast<AgentId>((Wide{word} * agents_) >> 64);
    }

private:
    RevisionWords high_, low_;
    AgentId agents_;
};

/// Who looks at whom in an elementary step, and the 32-bit number that decides whether it imitates: no strategy enters
/// here. An agent without models looks at itself.
struct Look {
    AgentId focal, model;
    std::uint32_t rest;
};

template <class Games>
Look look_of(const Games& games, AgentId focal, std::uint32_t word) noexcept {
    const std::uint32_t models = games.models(focal);
    const Pick pick = pick_of(word, models);
    return {focal, models > 0 ? games.model(focal, pick.which) : focal, pick.rest};
}

/// Elementary steps of a pairwise rule without mutation. Looks are drawn for many steps at once, so that processors can
/// wait for many agents at a time; what follows from a look depends on the steps before it. `accepted(look, step)`: the
/// focal agent, whose strategy differs, imitates the model. Returns the steps made until one strategy has everybody.
template <class Games, class Accepted>
std::uint64_t pairwise_steps(Games& games, const RevisionPlan& plan, const Accepted& accepted) {
    constexpr std::uint64_t most = 512;
    FocalAgents focal(plan, games.agents());
    RevisionWords words(plan, Stream::model, 0);
    std::array<Look, most> looks;
    for (std::uint64_t first = 0; first < plan.steps; first += most) {
        const std::uint64_t count = std::min(most, plan.steps - first);
        for (std::uint64_t i = 0; i < count; ++i) looks[i] = look_of(games, focal.of(first + i), words.of(first + i));
        for (std::uint64_t begin = 0; begin < count; begin += 16) {
            const std::uint64_t end = std::min(count, begin + 16);
            const auto differing = [&](std::uint64_t from) {
                std::uint32_t mask = 0;
                for (std::uint64_t i = from; i < end; ++i)
                    mask |= static_cast<std::uint32_t>(games.strategy(looks[i].focal) != games.strategy(looks[i].model))
                            << (i - begin);
                return mask;
            };
            std::uint32_t mask = differing(begin);
            while (mask != 0) {
                const std::uint64_t i = begin + static_cast<std::uint32_t>(std::countr_zero(mask));
                mask &= mask - 1;
                const Look& look = looks[i];
                if (!accepted(look, first + i)) continue;
                const std::uint8_t strategy = games.strategy(look.model);
                games.change(look.focal, strategy);
                if (games.having(strategy) == games.agents()) return first + i + 1;
                mask = differing(i + 1);
            }
        }
    }
    return plan.steps;
}

}  // namespace commonweal
