#pragma once

#include "sim/model/sanction.hpp"

namespace commonweal {

/// Applies a sanction rule to every ordered pair of members of each group of a block, lane by lane.
template <SanctionRule Rule, std::size_t width>
void assign_block(const Rule& rule, const SanctionBlock<width>& block) noexcept {
    const float others = static_cast<float>(block.size - 1);
    for (std::size_t group = block.begin; group < block.end; group += block.size)
        for (std::size_t i = 0; i < block.size; ++i)
            for (std::size_t target = 0; target + 1 < block.size; ++target) {
                const std::size_t j = target < i ? target : target + 1;
                std::array<float, width> points;
                std::array<std::size_t, width> from, to;
                for (std::size_t lane = 0; lane < width; ++lane) {
                    const std::size_t a =
                        block.shared ? block.slots[group + i] : block.slots[(group + i) * width + lane];
                    const std::size_t b =
                        block.shared ? block.slots[group + j] : block.slots[(group + j) * width + lane];
                    from[lane] = a * width + lane;
                    to[lane] = b * width + lane;
                }
                for (std::size_t lane = 0; lane < width; ++lane) {
                    Draws<Rule::draws> draws;
                    for (std::size_t draw = 0; draw < Rule::draws; ++draw)
                        draws[draw] = block.words[target * Rule::draws + draw][from[lane]];
                    const SanctionView view{block.endowment, block.contributions[from[lane]],
                                            block.contributions[to[lane]], block.others_sum[from[lane]] / others};
                    const float p = rule.points(view, draws);
                    points[lane] = p > 0.0f ? (p < block.cap ? p : block.cap) : 0.0f;
                }
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
    void assign(const SanctionBlock<1>& block) const noexcept override { assign_block<Rule, 1>(rule_, block); }
    void assign(const SanctionBlock<8>& block) const noexcept override { assign_block<Rule, 8>(rule_, block); }
    void assign(const SanctionBlock<16>& block) const noexcept override { assign_block<Rule, 16>(rule_, block); }

private:
    Rule rule_;
};

}  // namespace commonweal
