#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "sim/network/layer.hpp"

namespace commonweal {

/// The evolution of cooperators (0) and defectors (1) as a careful program without further thought has it: a vector of
/// neighbors per agent, payoffs counted anew, std::mt19937, and no work for agents that are alike. What benchmarks
/// compare with; its random numbers are not those of the engine.
class SimpleReference {
public:
    SimpleReference(const Layer& ties, const std::vector<std::uint8_t>& strategies, double enhancement, double strength)
        : neighbors_(ties.agents()),
          strategy_(strategies.begin(), strategies.end()),
          enhancement_(enhancement),
          strength_(strength),
          any_(0, ties.agents() - 1) {
        for (AgentId agent = 0; agent < ties.agents(); ++agent) {
            const auto row = ties.neighbors(agent);
            neighbors_[agent].assign(row.begin(), row.end());
        }
    }

    /// One agent looks at one neighbor and imitates it by the Fermi rule.
    void step() {
        const std::size_t focal = any_(random_);
        const auto& row = neighbors_[focal];
        const std::size_t model = row[std::uniform_int_distribution<std::size_t>(0, row.size() - 1)(random_)];
        if (strategy_[focal] == strategy_[model]) return;
        const double better = payoff(model) - payoff(focal);
        if (unit_(random_) < 1 / (1 + std::exp(-strength_ * better))) strategy_[focal] = strategy_[model];
    }

private:
    double payoff(std::size_t agent) const {
        double sum = share(agent);
        for (const std::size_t host : neighbors_[agent]) sum += share(host);
        return strategy_[agent] == 0 ? sum - static_cast<double>(neighbors_[agent].size() + 1) : sum;
    }

    double share(std::size_t host) const {
        int givers = strategy_[host] == 0;
        for (const std::size_t member : neighbors_[host]) givers += strategy_[member] == 0;
        return enhancement_ * givers / static_cast<double>(neighbors_[host].size() + 1);
    }

    std::vector<std::vector<std::size_t>> neighbors_;
    std::vector<int> strategy_;
    double enhancement_, strength_;
    std::mt19937 random_{1};
    std::uniform_int_distribution<std::size_t> any_;
    std::uniform_real_distribution<double> unit_{0, 1};
};

}  // namespace commonweal
