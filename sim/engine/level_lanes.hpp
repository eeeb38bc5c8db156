#pragma once

#include <array>
#include <span>
#include <vector>

#include "sim/engine/evolution.hpp"
#include "sim/engine/level_decisions.hpp"
#include "sim/engine/plane.hpp"

namespace commonweal {

/// Two strategies with payoff levels (sim/game/payoff_levels.hpp) on one network instance in `width` replicates, whose
/// agents revise by a pairwise rule with a table of acceptance: all together, or one by one where replicates share the
/// focal agents. No number is a float: planes [agent][lane] hold whole numbers, and a lane is what HostedGames and
/// Revision make of its replicate.
///
/// Cell: std::uint8_t or std::uint16_t; it holds a level and one bit more.
template <std::size_t width, class Cell>
class LevelLanes {
public:
    using Replicates = std::array<std::uint32_t, width>;

    /// True when levels and the strategy of an agent fit a cell, and its group the bytes that count contributors.
    static bool fits(const PayoffLevels& levels) noexcept {
        return levels.most() < strategy_bit && levels.group_size() <= 255;
    }

    /// `design` and `habitat` must outlive it.
    LevelLanes(const EvolutionDesign& design, const Habitat& habitat, const Replicates& replicates);

    AgentId agents() const noexcept { return ties_.agents(); }

    /// A round: everybody revises once, with the payoffs of the beginning; or focal agents one after the other, with
    /// those of the moment.
    void revise(Round round);

    /// Elementary steps that the lane made in the last round: fewer than all when it came to its end within.
    std::uint64_t steps_made(std::size_t lane) const;

    std::uint64_t having(std::size_t lane, std::size_t strategy) const noexcept {
        return strategy == levels_.contributor() ? givers_[lane] : agents() - givers_[lane];
    }
    double mean_payoff(std::size_t lane);
    std::vector<std::uint8_t> strategies(std::size_t lane) const;

private:
    static constexpr unsigned level_bits = sizeof(Cell) * 8 - 1;
    static constexpr std::uint32_t strategy_bit = 1u << level_bits;

    void count_groups();
    void look_around();
    void count_group(AgentId host) noexcept;
    void see(AgentId agent, Cell* seen) const noexcept;
    void revise_together();
    void revise_in_turn();
    void revise_step(AgentId focal, const std::uint32_t* words) noexcept;
    void decide(const Layer& ties, AgentId begin, AgentId end, const std::uint32_t* words, const Cell* seen,
                std::uint8_t* giving) const noexcept;
    void count_givers();
    std::vector<std::uint8_t> strategies_of(const Plane<std::uint8_t>& giving, std::size_t lane) const;

    /// What decides besides words: kept together for the loop over agents.
    struct Thresholds {
        const std::uint32_t* entries;  ///< of agents that do not contribute, both levels 0
        std::int32_t step_own, step_model, step_strategy;
    };

    const EvolutionDesign& design_;
    const Habitat& habitat_;
    const Layer& ties_;
    const PayoffLevels& levels_;
    const AcceptanceTable& table_;
    Thresholds thresholds_;
    ShortThresholds short_thresholds_;
    std::uint32_t instance_;
    Replicates replicates_;
    Round round_ = 0;
    bool counted_ = false;                     ///< groups_ is that of the strategies of this moment
    bool known_ = false;                       ///< seen_ is so
    Plane<std::uint8_t> giving_;               ///< 1: contributes
    Plane<std::uint8_t> groups_;               ///< contributors of the group that an agent hosts
    Plane<Cell> seen_;                         ///< what others see of an agent: its level, and whether it contributes
    std::array<std::uint64_t, width> givers_;  ///< [lane]
    Plane<std::uint8_t> before_;               ///< giving_ when a round of steps began
    Layer star_;                               ///< of a focal agent, 0, and its neighbors, 1 to k
    Plane<Cell> near_;                         ///< [agent of the star][lane], what is seen of them
};

extern template class LevelLanes<16, std::uint8_t>;
extern template class LevelLanes<16, std::uint16_t>;
extern template class LevelLanes<64, std::uint8_t>;
extern template class LevelLanes<64, std::uint16_t>;

}  // namespace commonweal
