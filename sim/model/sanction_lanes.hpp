#pragma once

#include <algorithm>
#include <array>

#include "sim/core/instruction_set.hpp"
#include "sim/model/sanction.hpp"

namespace commonweal {

inline constexpr std::size_t most_sanction_draws = 4;

/// What a member and a target of its group gave, in all lanes.
template <std::size_t width>
struct SanctionRows {
    std::array<float, width> own, target, others_sum;
    std::array<std::array<std::uint32_t, width>, most_sanction_draws> words;
};

/// Points of a member for a target, between 0 and `cap`. Lanes are independent, so the bits are those of scalar code.
template <SanctionRule Rule, std::size_t width>
std::array<float, width> points_for(const Rule& rule, const SanctionBlock<width>& block,
                                    const SanctionRows<width>& rows) noexcept {
    const float endowment = block.endowment, cap = block.cap, others = static_cast<float>(block.size - 1);
    std::array<float, width> points;
    for (std::size_t lane = 0; lane < width; ++lane) {
        Draws<Rule::draws> draws;
        for (std::size_t draw = 0; draw != Rule::draws; ++draw) draws[draw] = rows.words[draw][lane];
        const float p =
            rule.points({endowment, rows.own[lane], rows.target[lane], rows.others_sum[lane] / others}, draws);
        points[lane] = p > 0.0f ? (p < cap ? p : cap) : 0.0f;
    }
    return points;
}

/// Applies a sanction rule to every ordered pair of members of each group of a block, in all lanes.
template <SanctionRule Rule, std::size_t width>
void assign_block(const Rule& rule, const SanctionBlock<width>& block) noexcept {
    static_assert(Rule::draws <= most_sanction_draws);
    SanctionRows<width> rows;
    std::array<std::size_t, width> from, to;
    for (std::size_t group = block.begin; group < block.end; group += block.size)
        for (std::size_t i = 0; i < block.size; ++i)
            for (std::size_t target = 0; target + 1 < block.size; ++target) {
                const std::size_t own = group + i, other = group + (target < i ? target : target + 1);
                const std::uint32_t* const* const words = block.words + target * Rule::draws;
                if (block.shared) {
                    const std::size_t a = block.slots[own] * width, b = block.slots[other] * width;
                    std::copy_n(block.contributions + a, width, rows.own.begin());
                    std::copy_n(block.contributions + b, width, rows.target.begin());
                    std::copy_n(block.others_sum + a, width, rows.others_sum.begin());
                    for (std::size_t draw = 0; draw != Rule::draws; ++draw)
                        std::copy_n(words[draw] + a, width, rows.words[draw].begin());
                    const std::array<float, width> points = points_for(rule, block, rows);
                    for (std::size_t lane = 0; lane < width; ++lane) block.given[a + lane] += points[lane];
                    for (std::size_t lane = 0; lane < width; ++lane) block.received[b + lane] += points[lane];
                    continue;
                }
                for (std::size_t lane = 0; lane < width; ++lane) {
                    const std::size_t a = block.slots[own * width + lane] * width + lane;
                    const std::size_t b = block.slots[other * width + lane] * width + lane;
                    rows.own[lane] = block.contributions[a];
                    rows.target[lane] = block.contributions[b];
                    rows.others_sum[lane] = block.others_sum[a];
                    for (std::size_t draw = 0; draw != Rule::draws; ++draw) rows.words[draw][lane] = words[draw][a];
                    from[lane] = a;
                    to[lane] = b;
                }
                const std::array<float, width> points = points_for(rule, block, rows);
                for (std::size_t lane = 0; lane < width; ++lane) {
                    block.given[from[lane]] += points[lane];
                    block.received[to[lane]] += points[lane];
                }
            }
}

template <SanctionRule Rule>
class SanctionOf final : public Sanction {
public:
    explicit SanctionOf(const Rule& rule) : rule_(rule) {}
    std::size_t draws() const noexcept override { return Rule::draws; }
    void assign(const SanctionBlock<1>& block) const noexcept override { assign_vectorized(block); }
    void assign(const SanctionBlock<8>& block) const noexcept override { assign_vectorized(block); }
    void assign(const SanctionBlock<16>& block) const noexcept override { assign_vectorized(block); }

private:
    template <std::size_t width>
    void assign_vectorized(const SanctionBlock<width>& block) const noexcept {
        vectorized([&] { assign_block<Rule, width>(rule_, block); });
    }

    Rule rule_;
};

}  // namespace commonweal
