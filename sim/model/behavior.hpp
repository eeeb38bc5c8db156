#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "sim/core/types.hpp"
#include "sim/model/model_info.hpp"
#include "sim/model/subject.hpp"

namespace commonweal {

/// What policies of a service make of a pot, besides the return that a token brings (own_return).
struct Incentives {
    float system = 0;        ///< 1: the pot of the whole system; 0: that of the agent's organization [-]
    float match = 0;         ///< g, tokens that are added for each token of the agent [-]
    float crowding_out = 0;  ///< what control took of the intrinsic motivation [-]
    float minimum = 0;       ///< contribution that is demanded [tokens]
    float deterrence = 0;    ///< expected fine per token below the minimum [-]
};

/// All that an agent may know when it decides, besides its own memory.
struct LocalView {
    float endowment;       ///< e [tokens]
    float own_last;        ///< its contribution in the previous round [tokens]; 0 in the first round of a condition
    float others_sum;      ///< what the other members of its group gave in the previous round, together [tokens]
    float others;          ///< how many other members that group had [-]; on a network its neighbors, by weight
    float received;        ///< punishment points received in the previous round [points]
    float sanctions;       ///< 1 when a sanction stage follows this round's contributions, else 0 [-]
    float payoff = 0;      ///< its payoff of the previous round [tokens]; 0 in the first round of a condition
    float own_return = 0;  ///< what a token that it gives brings back to itself [-]: the MPCR in a laboratory group
    float round = 2;       ///< round of the condition, from 1 [-]
    Incentives incentives = {};  ///< of a pot in a service; none elsewhere

    /// Mean contribution of the others; 0 for an agent that has no others.
    float others_mean() const noexcept { return others > 0.0f ? others_sum / others : 0.0f; }

    /// What it would have earned in the previous round by giving `other` instead, all else equal: exact in a linear
    /// game [tokens].
    float forgone(float other) const noexcept { return payoff + (own_return - 1.0f) * (other - own_last); }
};

/// The random words of one decision; uniform_of and normal_of (sim/core/elementary.hpp) turn them into numbers.
template <std::size_t count>
using Draws = std::array<std::uint32_t, count>;

/// What a rule remembers of one agent from round to round, for example its belief.
template <std::size_t count>
using Memory = std::array<float, count>;

/// A behavior rule decides how much to give. It is a plain struct of parameters with two functions: what it gives in
/// the first round of a condition, and what it gives later. It never sees a lane, a thread or a file.
///
/// `draws` random words per decision, never more and never depending on what was decided before; a rule that needs
/// fewer with its present parameters says so in draws_read(); `memory` floats per agent; `needs_subjects` when it reads
/// the person (first contribution, belief, schedule). A rule that draws nothing may treat the first two rounds apart,
/// but otherwise answers the same to the same view and memory, whatever the round. Contributions may leave [0, e]: the
/// engine clips them, and rounds them when tokens are whole.
template <class Rule>
concept BehaviorRule = Described<Rule> && requires(const Rule rule, const LocalView& view, const Person& person,
                                                   Memory<Rule::memory>& memory, const Draws<Rule::draws>& draws) {
    { Rule::needs_subjects } -> std::convertible_to<bool>;
    { rule.first(view, person, memory, draws) } noexcept -> std::same_as<float>;
    { rule.contribution(view, person, memory, draws) } noexcept -> std::same_as<float>;
};

/// The incentives of one pot of a service, [agent][lane]. Where there are such planes, the endowment and the return of
/// a block are theirs.
struct IncentivePlanes {
    bool system;
    const float* endowments;  ///< [tokens]
    const float* returns;
    const float* match;
    const float* crowding_out;
    const float* minimum;
    const float* deterrence;
};

/// One block of agents in `width` lanes, as the engine hands it to a rule. Every plane is [agent][lane].
template <std::size_t width>
struct BehaviorBlock {
    AgentId begin, end;             ///< agents of the block
    Round round;                    ///< of the condition, from 1
    float endowment;                ///< e [tokens]
    const float* others;            ///< [agent]: other members of its group, or weight of its neighbors [-]
    const float* own_return;        ///< [agent]: what a token of its own brings back to it [-]
    std::uint8_t type;              ///< the rule decides for agents of this type ...
    const std::uint8_t* types;      ///< ... [agent][lane]; nullptr when all agents are of one type
    const std::uint8_t* sanctions;  ///< [agent]: 1 when a sanction stage follows
    const float* own_last;
    const float* others_sum;
    const float* received;
    const float* payoffs;
    const SubjectPool* pool;                      ///< nullptr without subjects
    const std::uint32_t* person;                  ///< index into the pool
    const std::uint32_t* const* words;            ///< [draw] planes, of agents from `begin` on
    float* const* memory;                         ///< [slot] planes, read and written
    float* contributions;                         ///< written
    const IncentivePlanes* incentives = nullptr;  ///< of a service; nullptr elsewhere
};

/// A behavior rule behind one virtual call per block of agents.
class Behavior {
public:
    virtual ~Behavior() = default;
    virtual std::size_t draws() const noexcept = 0;
    virtual std::size_t memory() const noexcept = 0;
    virtual bool needs_subjects() const noexcept = 0;
    virtual void decide(const BehaviorBlock<1>& block) const noexcept = 0;
    virtual void decide(const BehaviorBlock<8>& block) const noexcept = 0;
    virtual void decide(const BehaviorBlock<16>& block) const noexcept = 0;
};

}  // namespace commonweal
