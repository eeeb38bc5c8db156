#pragma once

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

/// A rule of incentives says so: `static constexpr bool reads_incentives = true`. To others they are never handed.
template <class Rule>
constexpr bool reads_incentives() noexcept {
    if constexpr (requires { Rule::reads_incentives; })
        return Rule::reads_incentives;
    else
        return false;
}

/// Applies a rule to the lanes of each agent of a block. Lanes are independent, so the bits are those of scalar code.
template <BehaviorRule Rule, std::size_t width>
void decide_block(const Rule& rule, const BehaviorBlock<width>& block) noexcept {
    const std::size_t read = draws_read(rule);
    const IncentivePlanes* const planes = block.incentives;
    const float system = planes && planes->system ? 1.0f : 0.0f;  // a bool would keep the loop scalar
    constexpr std::array<float, width> nothing{};                 // without planes
    constexpr std::array<std::uint32_t, width> no_words{};        // of draws that are not read
    const float round = static_cast<float>(block.round);
    const bool first = block.round == 1;
    const float steps = Rule::needs_subjects ? static_cast<float>(block.pool->steps) : 0.0f;
    for (AgentId agent = block.begin; agent < block.end; ++agent) {
        const std::size_t row = std::size_t{agent} * width;
        const float sanctions = block.sanctions[agent];
        const float others = block.others[agent];
        std::array<float, width> endowment, own_return;
        for (std::size_t lane = 0; lane < width; ++lane) {
            endowment[lane] = planes ? planes->endowments[row + lane] : block.endowment;
            own_return[lane] = planes ? planes->returns[row + lane] : block.own_return[agent];
        }
        const float* const match = planes ? planes->match + row : nothing.data();
        const float* const crowding_out = planes ? planes->crowding_out + row : nothing.data();
        const float* const minimum = planes ? planes->minimum + row : nothing.data();
        const float* const deterrence = planes ? planes->deterrence + row : nothing.data();
        std::array<const std::uint32_t*, Rule::draws> words;
        for (std::size_t draw = 0; draw != Rule::draws; ++draw)
            words[draw] = draw < read ? block.words[draw] + row : no_words.data();
        std::array<float, width> given;  // a local result cannot alias the inputs
        std::array<std::array<float, width>, Rule::memory> kept;
        const auto decide = [&]<bool is_first>(std::size_t lane) {
            const std::size_t at = row + lane;
            LocalView view{endowment[lane], block.own_last[at], block.others_sum[at], others, block.received[at],
                           sanctions,       block.payoffs[at],  own_return[lane],     round};
            if constexpr (reads_incentives<Rule>())
                view.incentives = {system, match[lane], crowding_out[lane], minimum[lane], deterrence[lane]};
            Draws<Rule::draws> draws;
            for (std::size_t draw = 0; draw != Rule::draws; ++draw) draws[draw] = words[draw][lane];
            Memory<Rule::memory> memory;
            for (std::size_t slot = 0; slot != Rule::memory; ++slot) memory[slot] = block.memory[slot][at];
            Person person;
            if constexpr (Rule::needs_subjects) {
                const std::uint32_t who = block.person[at];
                const SubjectPool& pool = *block.pool;
                person = {pool.first_contribution[who], pool.first_belief[who],
                          pool.schedule.data() + std::size_t{who} * (pool.steps + 1), steps, steps / endowment[lane]};
            }
            given[lane] =
                is_first ? rule.first(view, person, memory, draws) : rule.contribution(view, person, memory, draws);
            for (std::size_t slot = 0; slot != Rule::memory; ++slot) kept[slot][lane] = memory[slot];
        };
        if (first)
            for (std::size_t lane = 0; lane < width; ++lane) decide.template operator()<true>(lane);
        else
            for (std::size_t lane = 0; lane < width; ++lane) decide.template operator()<false>(lane);
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::size_t at = row + lane;
            const bool mine = !block.types || block.types[at] == block.type;
            block.contributions[at] = mine ? given[lane] : block.contributions[at];
            for (std::size_t slot = 0; slot != Rule::memory; ++slot)
                block.memory[slot][at] = mine ? kept[slot][lane] : block.memory[slot][at];
        }
    }
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
        vectorized([&] { decide_block<Rule, width>(rule_, block); });
    }

    Rule rule_;
};

}  // namespace commonweal
