#pragma once

#include <memory>
#include <vector>

#include "sim/game/level_games.hpp"
#include "sim/game/payoff_levels.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// Agents with strategies on a network, where every agent hosts a game for itself and its neighbors.
///
/// Group g is agent g and its neighbors, k_g + 1 members. An agent plays its own game and those of its neighbors (hosts
/// = all), or its own only (focal); in the donation game its own one stands for one meeting with each neighbor. Payoffs
/// are sums over games, in the order own game, then neighbors by number, or averages. Counts are kept up to date, so a
/// payoff costs k + 1 groups and a change of strategy k + 1 counts.
///
/// How a payoff is put together, the first that applies; every path that plays these games does the same:
///     levels()        PayoffLevels::payoff
///     shares alike    the shares of all pots, in this order, less (k + 1) StrategyGame::dues(): public goods of all
///                     hosts where members of a group get the same, whatever they do, and nothing else moves payoffs
///     otherwise       StrategyGame::payoff of every game, in this order
class HostedGames {
public:
    /// `game` and `ties` must outlive the games; `strategies`: [agent]. `levels` may be shared by games on the same
    /// ties; without them the games make their own where there are any.
    HostedGames(const StrategyGame& game, const Layer& ties, std::vector<std::uint8_t> strategies,
                std::shared_ptr<const PayoffLevels> levels = nullptr);

    AgentId agents() const noexcept { return ties_.agents(); }
    std::size_t strategies() const noexcept { return game_.strategies(); }
    std::uint8_t strategy(AgentId agent) const noexcept { return strategy_[agent]; }
    const std::vector<std::uint8_t>& strategy() const noexcept { return strategy_; }

    /// Agents that have a strategy.
    std::uint64_t having(std::size_t strategy) const noexcept { return having_[strategy]; }

    /// Whom an agent may imitate.
    std::uint32_t models(AgentId agent) const noexcept { return ties_.degree(agent); }
    AgentId model(AgentId agent, std::uint32_t which) const noexcept { return ties_.neighbors(agent)[which]; }

    double payoff(AgentId agent) const noexcept;

    /// True when payoffs are put together as "shares alike" says, where there are no levels().
    static bool shares_alike(const StrategyGame& game, const Layer& ties);

    /// [contributors] What each member of a host's group gets; where shares are alike.
    const double* share_table(AgentId host) const noexcept { return table_.data() + (rows_.empty() ? 0 : rows_[host]); }

    /// What an agent of a strategy pays in all its games together; where shares are alike.
    double dues(AgentId agent, std::size_t strategy) const noexcept {
        return (ties_.degree(agent) + 1.0) * game_.dues(strategy);
    }

    /// Payoff of an agent whose games brought it `sum` all together.
    double averaged(AgentId agent, double sum) const noexcept { return game_.averaged(sum, ties_.degree(agent)); }

    /// Payoffs as a function of a whole number, or null.
    const PayoffLevels* levels() const noexcept { return levels_.get(); }

    /// The level of an agent; where there are levels().
    std::uint32_t level(AgentId agent) const noexcept {
        std::uint32_t sum = contributors(agent);
        if (levels_->linear())
            for (const AgentId host : ties_.neighbors(agent)) sum += contributors(host);
        return sum;
    }

    /// True when there are levels() and groups small enough for bytes().
    bool in_bytes() const noexcept { return !contributors_.empty(); }

    /// The same games for a loop over many agents; a change in one is one in the other.
    LevelGames bytes() noexcept { return {*levels_, ties_, {strategy_.data(), contributors_.data(), having_.data()}}; }

    /// Mean over agents: PayoffLevels::mean where there are levels, else payoffs added in blocks of agents_per_block,
    /// each in agent order, and blocks in order.
    double mean_payoff() const;

    /// What the fund spends in a round: the mean over agents of what it spends on them in their games, summed or
    /// averaged as payoffs are. 0 without a fund.
    double fund_cost() const noexcept;

    /// Largest payoff difference that the pair could have: max(Pmax_a, Pmax_b) - min(Pmin_a, Pmin_b), where Pmax is
    /// the best and Pmin the worst payoff of one strategy among agents who all have one other strategy: for
    /// cooperators and defectors, a defector among cooperators and a cooperator among defectors (Santos, Santos &
    /// Pacheco 2008). A fund that rewards adds to Pmax what lone contributors of all its games get, one that punishes
    /// takes from Pmin what those who alone do not contribute lose. After prepare_spans().
    double span(AgentId a, AgentId b) const noexcept;
    void prepare_spans();

    void change(AgentId agent, std::uint8_t strategy) noexcept;

    /// Agents whose payoff may change when this agent changes, itself included, each once, in increasing order:
    /// everybody when the last change made a fund turn from rewards to punishment or back.
    void touched(AgentId agent, std::vector<AgentId>& out) const;

private:
    struct Extremes {
        double best, worst;
    };

    template <class Visit>
    void visit_groups(AgentId agent, const Visit& visit) const;
    double payoff_in(AgentId agent, AgentId host) const noexcept;
    double mean_of_levels() const;
    void add_fund_to_extremes();
    double given(AgentId agent, AgentId host) const noexcept;
    float weight(AgentId agent, AgentId host) const noexcept;
    void fill_pot(AgentId host) noexcept;
    void fill_table();

    std::uint32_t contributors(AgentId host) const noexcept {
        return contributors_.empty() ? groups_[host].contributors : contributors_[host];
    }
    GroupCount group(AgentId host) const noexcept;

    /// Payoff of a strategy in a host's group, from the table.
    double listed(std::size_t strategy, AgentId host) const noexcept {
        const std::size_t row = rows_.empty() ? 0 : rows_[host];
        const std::size_t columns = rows_.empty() ? columns_ : ties_.degree(host) + 2;
        return table_[row + (first_row_ + strategy) * columns + groups_[host].contributors];
    }

    /// Share of each member of a host's group, from the table.
    double listed_share(AgentId host) const noexcept { return share_table(host)[groups_[host].contributors]; }

    void set_common(Incentive common) noexcept {
        common_ = common;
        first_row_ = game_.place_of(common) * game_.strategies();
    }

    const StrategyGame& game_;
    const Layer& ties_;
    std::vector<std::uint8_t> strategy_;
    std::vector<std::uint64_t> having_;
    std::vector<GroupCount> groups_;              ///< [host]; empty where bytes do
    std::vector<std::uint8_t> contributors_;      ///< [host], where there are levels and groups are small; else empty
    std::vector<std::uint32_t> counts_;           ///< [host, strategy], when co-players matter by strategy
    std::vector<double> pots_;                    ///< [host], contributions of 1, when they are uneven
    std::shared_ptr<const PayoffLevels> levels_;  ///< null when more matters
    std::vector<double> shares_;                  ///< [host], of each member; empty unless shares are alike
    std::vector<double> table_;           ///< [group size][incentive, strategy, contributors]; empty when more matters,
                                          ///< [group size][contributors] of shares when they are alike
    std::vector<std::uint32_t> rows_;     ///< [host], where the rows of its size begin; empty when all are of one size
    std::size_t columns_ = 0;             ///< of a row, when all groups are of one size
    std::size_t first_row_ = 0;           ///< of the incentive of the moment
    GroupCount everybody_;                ///< all agents
    Incentive common_ = Incentive::none;  ///< of a fund that follows everybody
    bool turned_ = false;                 ///< the last change turned that incentive
    std::vector<double> parts_;           ///< [agent], into how many parts it divides c, when individuals pay c once
    std::vector<Extremes> extremes_;      ///< [agent], after prepare_spans()
};

}  // namespace commonweal
