#pragma once

#include "sim/game/payoff_levels.hpp"

namespace commonweal {

/// Games of two strategies that have levels, in bytes, as a loop over many agents wants them: a view of what
/// HostedGames keep, one agent after the other in flat arrays. Groups have at most 255 members.
class LevelGames {
public:
    static constexpr std::uint32_t most_members = 255;

    /// What the view looks at: strategies [agent], contributors [host], numbers of agents [strategy].
    struct Counts {
        std::uint8_t *strategies, *contributors;
        std::uint64_t* having;
    };

    LevelGames(const PayoffLevels& levels, const Layer& ties, const Counts& counts) noexcept
        : strategies_(counts.strategies),
          contributors_(counts.contributors),
          having_(counts.having),
          neighbors_(ties.targets().data()),
          agents_(ties.agents()),
          degree_(levels.group_size() - 1),
          contributor_(static_cast<std::uint8_t>(levels.contributor())),
          linear_(levels.linear()) {}

    AgentId agents() const noexcept { return agents_; }
    std::uint8_t strategy(AgentId agent) const noexcept { return strategies_[agent]; }
    std::uint64_t having(std::size_t strategy) const noexcept { return having_[strategy]; }
    std::uint32_t models(AgentId) const noexcept { return degree_; }
    AgentId model(AgentId agent, std::uint32_t which) const noexcept { return neighbors(agent)[which]; }

    std::uint32_t level(AgentId agent) const noexcept {
        std::uint32_t sum = contributors_[agent];
        if (!linear_) return sum;
        const AgentId* const hosts = neighbors(agent);
        for (std::uint32_t which = 0; which < degree_; ++which) sum += contributors_[hosts[which]];
        return sum;
    }

    /// The agent takes the other strategy.
    void change(AgentId agent, std::uint8_t strategy) noexcept {
        strategies_[agent] = strategy;
        --having_[1 - strategy];
        ++having_[strategy];
        const auto gives = static_cast<std::uint8_t>(strategy == contributor_ ? 1 : -1);  // modulo 2^8
        const auto count = [&](AgentId host) {
            contributors_[host] = static_cast<std::uint8_t>(contributors_[host] + gives);
        };
        count(agent);
        const AgentId* const hosts = neighbors(agent);
        for (std::uint32_t which = 0; which < degree_; ++which) count(hosts[which]);
    }

private:
    const AgentId* neighbors(AgentId agent) const noexcept { return neighbors_ + std::size_t{agent} * degree_; }

    std::uint8_t *strategies_, *contributors_;
    std::uint64_t* having_;
    const AgentId* neighbors_;  ///< [agent, which]
    AgentId agents_;
    std::uint32_t degree_;  ///< k
    std::uint8_t contributor_;
    bool linear_;
};

}  // namespace commonweal
