#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/randomness.hpp"
#include "sim/engine/neighborhoods.hpp"
#include "sim/game/public_goods.hpp"
#include "sim/matching/matching.hpp"
#include "sim/model/behavior.hpp"
#include "sim/model/sanction.hpp"
#include "sim/model/subject.hpp"

namespace commonweal {

/// One type of agent: which rule decides for it, and the upper end of its interval of [0, 1).
struct PlayerType {
    std::shared_ptr<const Behavior> behavior;
    float up_to = 1;  ///< cumulative share [-]
};

/// Everything that all runs of a scenario have in common. Immutable while runs are computed.
///
/// A run is a whole experiment: `sessions` sessions of `session_size` agents. Each session plays every condition for
/// `condition_rounds` rounds, one condition after the other; agents of session s are s * session_size + 0 .. size-1.
/// On a network a run is one session of all its agents under one condition; who is of which type is then a matter of
/// places, and groups, matching and sanctions mean nothing.
struct Experiment {
    AgentId sessions = 1;
    AgentId session_size = 24;
    AgentId group_size = 4;
    Round condition_rounds = 10;
    std::uint32_t conditions = 1;
    bool counterbalanced = false;  ///< session s begins with condition s mod `conditions`
    std::vector<bool> sanctioned;  ///< [condition]: has a sanction stage
    PublicGoods game;
    bool whole_tokens = true;  ///< contributions are rounded half up
    SanctionStage stage;
    std::vector<PlayerType> types;
    std::shared_ptr<const Sanction> sanction;       ///< null without a sanction stage
    std::shared_ptr<const SubjectSource> subjects;  ///< null when no rule needs people
    std::shared_ptr<const Matching> matching;       ///< null on a network
    std::optional<NetworkDesign> network;
    Randomness randomness{Seeds{}};

    AgentId agents() const noexcept { return sessions * session_size; }
    Round rounds() const noexcept { return condition_rounds * conditions; }

    /// Position within the session of the game that a round belongs to; rounds count from 1.
    std::uint32_t game_of(Round round) const noexcept { return (round - 1) / condition_rounds; }

    /// The condition that a session plays at a position of its order, from 0.
    std::uint32_t condition_of(AgentId session, std::uint32_t position) const noexcept {
        return counterbalanced ? (position + session) % conditions : position;
    }

    /// The round before the first one of a condition in a session, so that round r of the condition is this + r.
    Round before(AgentId session, std::uint32_t condition) const noexcept {
        const std::uint32_t position =
            counterbalanced ? (condition + conditions - session % conditions) % conditions : condition;
        return position * condition_rounds;
    }

    bool any_sanctions() const noexcept {
        for (const bool has : sanctioned)
            if (has && sanction) return true;
        return false;
    }
};

/// Who meets whom in one network instance: the neighborhoods of its network; in a laboratory the groups of every round,
/// when lanes share them.
class MeetingPlan {
public:
    /// `experiment` must outlive the plan. Throws ConfigError as Neighborhoods do.
    MeetingPlan(const Experiment& experiment, std::uint32_t instance);

    std::uint32_t instance() const noexcept { return instance_; }

    /// [slot]: agents of all sessions, groups of consecutive slots; nullptr when each replicate has groups of its own.
    const AgentId* slots(Round round) const noexcept { return rounds_.empty() ? nullptr : rounds_[round - 1].data(); }

    /// nullptr in a laboratory.
    const Neighborhoods* neighborhoods() const noexcept { return neighborhoods_.get(); }

private:
    std::uint32_t instance_;
    std::unique_ptr<const Neighborhoods> neighborhoods_;
    std::vector<std::vector<AgentId>> rounds_;
};

/// Groups of all sessions in one round of one replicate, as agents of the whole run: [slot].
void meet(const Experiment& experiment, std::uint32_t instance, std::uint32_t replicate, Round round,
          std::span<AgentId> slots);

}  // namespace commonweal
