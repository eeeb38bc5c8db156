#pragma once

#include <memory>
#include <vector>

#include "sim/core/types.hpp"
#include "sim/game/strategy_game.hpp"

namespace commonweal {

/// Every make-up of the co-players of a group of `size`, and what each strategy earns in it. Immutable, shared by runs.
class GroupTable {
public:
    GroupTable(const StrategyGame& game, std::uint32_t size);

    /// True when the numbers of groups of a population fit into a double: no product overflows.
    static bool fits(std::uint32_t size, std::size_t strategies, AgentId agents) noexcept;

    /// Expected payoff of a strategy among these co-players: [strategy] numbers, the agent itself not counted.
    ///     sum over make-ups j of payoff(j) prod_s C(n_s, j_s) / C(N - 1, size - 1)
    /// `place`: of the incentive among StrategyGame::incentives().
    double expected(std::size_t strategy, const std::vector<std::uint64_t>& others, std::size_t place = 0) const {
        return mean_of(payoffs_, strategy, others, place);
    }

    /// What a fund is expected to spend on an agent of the strategy among these co-players.
    double expected_spending(std::size_t strategy, const std::vector<std::uint64_t>& others, std::size_t place) const {
        return spent_.empty() ? 0.0 : mean_of(spent_, strategy, others, place);
    }

private:
    double mean_of(const std::vector<double>& values, std::size_t strategy, const std::vector<std::uint64_t>& others,
                   std::size_t place) const;

    std::uint32_t size_;
    std::size_t strategies_;
    std::vector<std::uint32_t> make_ups_;  ///< [make-up, strategy]
    std::vector<double> payoffs_;          ///< [incentive, strategy, make-up]
    std::vector<double> spent_;            ///< the same of what a fund spends; empty when it pays nothing
};

/// Agents with strategies in a well-mixed population: the payoff of a strategy is its expectation over all groups of
/// `size` that the agent could be in, drawn without replacement (multivariate hypergeometric). No sampling noise enters
/// a comparison of payoffs.
class WellMixedGames {
public:
    /// `game` must outlive the games; `strategies`: [agent]. 2 <= size <= number of agents.
    /// `table` may be shared between games of one size; without one the games make their own.
    WellMixedGames(const StrategyGame& game, std::uint32_t size, std::vector<std::uint8_t> strategies,
                   std::shared_ptr<const GroupTable> table = nullptr);

    AgentId agents() const noexcept { return static_cast<AgentId>(strategy_.size()); }
    std::size_t strategies() const noexcept { return game_.strategies(); }
    std::uint8_t strategy(AgentId agent) const noexcept { return strategy_[agent]; }
    const std::vector<std::uint8_t>& strategy() const noexcept { return strategy_; }
    std::uint64_t having(std::size_t strategy) const noexcept { return having_[strategy]; }

    /// Everybody else may be imitated.
    std::uint32_t models(AgentId) const noexcept { return agents() - 1; }
    AgentId model(AgentId agent, std::uint32_t which) const noexcept { return which < agent ? which : which + 1; }

    double payoff(AgentId agent) const { return expected(strategy_[agent]); }

    /// Expected payoff of an agent of strategy s in the present population.
    double expected(std::size_t strategy) const;

    /// What the fund is expected to spend in a game per member: the mean over agents of what it spends on them. 0
    /// without a fund.
    double fund_cost() const;

    /// Largest payoff difference that any two groups could bring. After prepare_spans().
    double span(AgentId, AgentId) const noexcept { return span_; }
    void prepare_spans();

    void change(AgentId agent, std::uint8_t strategy) noexcept;

    /// Everybody.
    void touched(AgentId agent, std::vector<AgentId>& out) const;

private:
    /// Where the expectation of a strategy is kept: two strategies come back to the same numbers again and again.
    std::size_t cell(std::size_t strategy) const noexcept {
        return strategies() == 2 ? 2 * having_[0] + strategy : strategy;
    }

    /// What a fund that follows everybody does now.
    Incentive common() const noexcept;

    const StrategyGame& game_;
    std::uint32_t size_;
    std::shared_ptr<const GroupTable> table_;  ///< null when numbers of groups do not fit
    std::vector<std::uint8_t> strategy_;
    std::vector<std::uint64_t> having_;
    double span_ = 0;
    mutable std::vector<double> expected_;     ///< [strategy]; with two strategies [number of the first, strategy]
    mutable std::vector<std::uint8_t> known_;  ///< in step with expected_
};

/// Groups of `size` with `strategies` strategies that a sum over groups visits: compositions of size - 1.
double compositions(std::uint32_t size, std::size_t strategies) noexcept;
inline constexpr double most_compositions = 2e6;

}  // namespace commonweal
