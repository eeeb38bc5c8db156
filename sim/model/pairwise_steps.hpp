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
        : high_(drawn_for(plan), Stream::focal, 0), low_(drawn_for(plan), Stream::focal, 1), agents_(agents) {}

    AgentId of(std::uint64_t step) noexcept {
        return one_word() ? below_of(high_.of(step), agents_) : wide(high_.of(step), low_.of(step));
    }

    /// Those of the steps from `first` on, as many as `out` has room for: at most RevisionWords::most.
    void fill(std::uint64_t first, std::span<AgentId> out) noexcept {
        const std::uint32_t* const high = high_.from(first);
        if (one_word()) {
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = below_of(high[i], agents_);
            return;
        }
        const std::uint32_t* const low = low_.from(first);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = wide(high[i], low[i]);
    }

private:
    static RevisionPlan drawn_for(RevisionPlan plan) noexcept {
        if (plan.shared_focal) plan.replicate = 0;
        return plan;
    }

    bool one_word() const noexcept { return agents_ <= 1u << 16; }

    AgentId wide(std::uint32_t high, std::uint32_t low) const noexcept {
        __extension__ using Wide = unsigned __int128;
        return static_cast<AgentId>((Wide{std::uint64_t{high} << 32 | low} * agents_) >> 64);
    }

    RevisionWords high_, low_;
    AgentId agents_;
};

/// Who looks at whom in an elementary step, and the 32-bit number that decides whether it imitates. An agent without
/// models looks at itself.
struct Look {
    AgentId focal, model;
    std::uint32_t rest;
};

/// Looks of many steps of a round. No strategy enters here, so they are drawn ahead, and a processor waits for the
/// neighbors of many agents at a time.
class Looks {
public:
    static constexpr std::size_t most = RevisionWords::most;
    static constexpr std::size_t block = 16;  ///< steps that are looked at together

    Looks(const RevisionPlan& plan, AgentId agents) noexcept
        : focal_(plan, agents), words_(plan, Stream::model, 0), steps_(plan.steps) {}

    /// Draws those of `most` steps from `first` on, a multiple of `most`; after the last step of the round there are
    /// looks at oneself, to the end of a block.
    template <class Games>
    void draw(const Games& games, std::uint64_t first) noexcept {
        count_ = std::min<std::uint64_t>(most, steps_ - first);
        std::array<AgentId, most> focal;
        focal_.fill(first, std::span(focal).first(count_));
        const std::uint32_t* const words = words_.from(first);
        for (std::size_t i = 0; i < count_; ++i) {
            const std::uint32_t models = games.models(focal[i]);
            const Pick pick = pick_of(words[i], models);
            looks_[i] = {focal[i], models > 0 ? games.model(focal[i], pick.which) : focal[i], pick.rest};
        }
        while (count_ % block != 0) looks_[count_++] = {};
    }

    std::size_t count() const noexcept { return count_; }
    const Look& operator[](std::size_t i) const noexcept { return looks_[i]; }

private:
    FocalAgents focal_;
    RevisionWords words_;
    std::uint64_t steps_;
    std::size_t count_ = 0;
    std::array<Look, most> looks_;
};

/// Bit i: the agents of the look i of a block have different strategies.
template <class Games>
std::uint32_t unlike(const Games& games, const Look* looks) noexcept {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < Looks::block; ++i)
        bits |= std::uint32_t{games.strategy(looks[i].focal) != games.strategy(looks[i].model)} << i;
    return bits;
}

/// Elementary steps of a pairwise rule without mutation. `accepted(games, look, step)`: the focal agent, whose strategy
/// differs, imitates the model. Returns the steps made until one strategy has everybody.
template <class Games, class Accepted>
std::uint64_t pairwise_steps(Games games, const RevisionPlan& plan, const Accepted& accepted) {
    Looks looks(plan, games.agents());
    for (std::uint64_t first = 0; first < plan.steps; first += Looks::most) {
        looks.draw(games, first);
        for (std::size_t begin = 0; begin < looks.count(); begin += Looks::block) {
            std::uint32_t left = unlike(games, &looks[begin]);
            while (left != 0) {
                const std::size_t i = static_cast<std::size_t>(std::countr_zero(left));
                const Look look = looks[begin + i];
                left &= left - 1;
                if (!accepted(games, look, first + begin + i)) continue;
                const std::uint8_t strategy = games.strategy(look.model);
                games.change(look.focal, strategy);
                if (games.having(strategy) == games.agents()) return first + begin + i + 1;
                left = unlike(games, &looks[begin]) & ~((2u << i) - 1);
            }
        }
    }
    return plan.steps;
}

}  // namespace commonweal
