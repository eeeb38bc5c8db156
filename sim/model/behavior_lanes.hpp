#pragma once

#include <concepts>

#include "sim/core/instruction_set.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal {

/// Words per decision that a rule with these parameters reads: the first ones. Numbers of the others are never made.
template <BehaviorRule Rule>
std::size_t draws_read(const Rule& rule) noexcept {
    if constexpr (requires { rule.draws_read(); })
        return rule.draws_read();
    else
        return Rule::draws;
}

/// A rule may have a plain form that most people use: `is_plain()`, and `plain()` with the values of that form written
/// down. The compiler then makes a version of it without branches, which computes lanes together.
template <class Rule>
concept HasPlainForm = requires(const Rule rule) {
    { rule.is_plain() } -> std::same_as<bool>;
    { rule.plain() } -> std::same_as<Rule>;
};

/// A rule of incentives says so: `static constexpr bool reads_incentives = true`. To others they are never handed.
template <class Rule>
constexpr bool reads_incentives() noexcept {
    if constexpr (requires { Rule::reads_incentives; })
        return Rule::reads_incentives;
    else
        return false;
}

/// Applies a rule to the cells of a block that follow each other from an agent's first one: the lanes of the agent, or
/// with one lane a number of agents. Cells are independent, so the bits are those of scalar code.
template <std::size_t cells, BehaviorRule Rule, std::size_t width>
void decide_cells(const Rule& rule, const BehaviorBlock<width>& block, AgentId agent) noexcept {
    const std::size_t read = draws_read(rule);
    const IncentivePlanes* const planes = block.incentives;
    const float system = planes && planes->system ? 1.0f : 0.0f;  // a bool would keep the loop scalar
    constexpr std::array<float, cells> nothing{};                 // without planes
    constexpr std::array<std::uint32_t, cells> no_words{};        // of draws that are not read
    const float round = static_cast<float>(block.round);
    const SubjectPool* const pool = Rule::needs_subjects ? block.pool : nullptr;
    const float steps = pool ? static_cast<float>(pool->steps) : 0.0f;
    const std::uint32_t entries = pool ? pool->steps + 1 : 0;
    const float* const schedules = pool ? pool->schedule.data() : nullptr;
    const float* const first_contribution = pool ? pool->first_contribution.data() : nullptr;
    const float* const first_belief = pool ? pool->first_belief.data() : nullptr;
    const std::size_t row = std::size_t{agent} * width;
    const std::size_t part = std::size_t{agent - block.begin} * width;
    std::array<float, cells> endowment, own_return, others, sanctions;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::size_t who = agent + (width == 1 ? cell : 0);
        endowment[cell] = planes ? planes->endowments[row + cell] : block.endowment;
        own_return[cell] = planes ? planes->returns[row + cell] : block.own_return[who];
        others[cell] = block.others[who];
        sanctions[cell] = block.sanctions[who];
    }
    const float* const match = planes ? planes->match + row : nothing.data();
    const float* const crowding_out = planes ? planes->crowding_out + row : nothing.data();
    const float* const minimum = planes ? planes->minimum + row : nothing.data();
    const float* const deterrence = planes ? planes->deterrence + row : nothing.data();
    std::array<const std::uint32_t*, Rule::draws> words;
    for (std::size_t draw = 0; draw != Rule::draws; ++draw)
        words[draw] = draw < read ? block.words[draw] + part : no_words.data();
    std::array<float, cells> given;  // a local result cannot alias the inputs
    std::array<std::array<float, cells>, Rule::memory> kept;
    const auto decide = [&]<bool is_first>(std::size_t cell) {
        const std::size_t at = row + cell;
        LocalView view{endowment[cell], block.own_last[at], block.others_sum[at], others[cell], block.received[at],
                       sanctions[cell], block.payoffs[at],  own_return[cell],     round};
        if constexpr (reads_incentives<Rule>())
            view.incentives = {system, match[cell], crowding_out[cell], minimum[cell], deterrence[cell]};
        Draws<Rule::draws> draws;
        for (std::size_t draw = 0; draw != Rule::draws; ++draw) draws[draw] = words[draw][cell];
        Memory<Rule::memory> memory;
        for (std::size_t slot = 0; slot != Rule::memory; ++slot) memory[slot] = block.memory[slot][at];
        Person person;
        if constexpr (Rule::needs_subjects) {
            const std::uint32_t who = block.person[at];
            person = {first_contribution[who], first_belief[who], schedules, who * entries, steps,
                      steps / endowment[cell]};
        }
        given[cell] =
            is_first ? rule.first(view, person, memory, draws) : rule.contribution(view, person, memory, draws);
        for (std::size_t slot = 0; slot != Rule::memory; ++slot) kept[slot][cell] = memory[slot];
    };
    if (block.round == 1)
        for (std::size_t cell = 0; cell < cells; ++cell) decide.template operator()<true>(cell);
    else
        for (std::size_t cell = 0; cell < cells; ++cell) decide.template operator()<false>(cell);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::size_t at = row + cell;
        const bool mine = !block.types || block.types[at] == block.type;
        block.contributions[at] = mine ? given[cell] : block.contributions[at];
        for (std::size_t slot = 0; slot != Rule::memory; ++slot)
            block.memory[slot][at] = mine ? kept[slot][cell] : block.memory[slot][at];
    }
}

/// Applies a rule to all agents of a block.
template <BehaviorRule Rule, std::size_t width>
void decide_block(const Rule& rule, const BehaviorBlock<width>& block) noexcept {
    AgentId agent = block.begin;
    if constexpr (width == 1)
        for (; agent + 16 <= block.end; agent += 16) decide_cells<16>(rule, block, agent);
    for (; agent < block.end; ++agent) decide_cells<width>(rule, block, agent);
}

template <BehaviorRule Rule>
class BehaviorOf final : public Behavior {
public:
    explicit BehaviorOf(const Rule& rule) : rule_(rule) {}

    std::size_t draws() const noexcept override { return draws_read(rule_); }
    std::size_t memory() const noexcept override { return Rule::memory; }
    bool needs_subjects() const noexcept override { return Rule::needs_subjects; }
    void decide(const BehaviorBlock<1>& block) const noexcept override { decide_vectorized(block); }
    void decide(const BehaviorBlock<8>& block) const noexcept override { decide_vectorized(block); }
    void decide(const BehaviorBlock<16>& block) const noexcept override { decide_vectorized(block); }

private:
    template <std::size_t width>
    void decide_vectorized(const BehaviorBlock<width>& block) const noexcept {
        if constexpr (HasPlainForm<Rule>) {
            if (rule_.is_plain()) {
                vectorized([&] { decide_block<Rule, width>(rule_.plain(), block); });
                return;
            }
        }
        vectorized([&] { decide_block<Rule, width>(rule_, block); });
    }

    Rule rule_;
};

}  // namespace commonweal
