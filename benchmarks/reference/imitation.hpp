#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

#include "benchmarks/reference/network.hpp"

/// Cooperators and defectors who play public-goods games in their own group and in those of their neighbors, and
/// imitate by the Fermi function (benchmarks/scenarios/imitation.toml). Cost 1, strength 2. The start is half and half.
class Imitation {
public:
    Imitation(const Neighbors& neighbors, double enhancement, unsigned seed)
        : neighbors_(neighbors),
          enhancement_(enhancement),
          strategy_(neighbors.size()),
          total_(neighbors.size()),
          random_(seed) {
        std::bernoulli_distribution half(0.5);
        for (int& strategy : strategy_) strategy = half(random_) ? 1 : 0;
    }
    virtual ~Imitation() = default;

    /// Everybody once, or as many random agents as there are.
    virtual void round() = 0;

    /// Share of cooperators.
    double level() const {
        double sum = 0;
        for (const int strategy : strategy_) sum += strategy;
        return sum / static_cast<double>(strategy_.size());
    }

protected:
    static constexpr double strength = 2;

    /// Cooperators in the group of an agent.
    int counted(std::size_t host) const {
        int total = strategy_[host];
        for (const int j : neighbors_[host]) total += strategy_[static_cast<std::size_t>(j)];
        return total;
    }

    /// What the group of an agent pays each of its members.
    double share(std::size_t host, int total) const {
        return enhancement_ * total / static_cast<double>(neighbors_[host].size() + 1);
    }

    double cost(std::size_t agent) const {
        return strategy_[agent] * static_cast<double>(neighbors_[agent].size() + 1);
    }

    std::size_t random_neighbor(std::size_t agent) {
        const std::vector<int>& near = neighbors_[agent];
        return static_cast<std::size_t>(near[std::uniform_int_distribution<std::size_t>(0, near.size() - 1)(random_)]);
    }

    /// Whether somebody who earns `own` imitates one who earns `other`.
    bool imitates(double own, double other) {
        return std::uniform_real_distribution<double>(0, 1)(random_) < 1 / (1 + std::exp(-strength * (other - own)));
    }

    const Neighbors& neighbors_;
    double enhancement_;
    std::vector<int> strategy_, total_;
    std::mt19937 random_;
};

/// Everybody at once: one pass for the totals of groups, one for payoffs, one for decisions.
class ImitationTogether final : public Imitation {
public:
    ImitationTogether(const Neighbors& neighbors, double enhancement, unsigned seed)
        : Imitation(neighbors, enhancement, seed), next_(neighbors.size()), payoff_(neighbors.size()) {}

    void round() override {
        const std::size_t agents = neighbors_.size();
        for (std::size_t i = 0; i < agents; ++i) total_[i] = counted(i);
        for (std::size_t i = 0; i < agents; ++i) {
            double earned = share(i, total_[i]) - cost(i);
            for (const int j : neighbors_[i])
                earned += share(static_cast<std::size_t>(j), total_[static_cast<std::size_t>(j)]);
            payoff_[i] = earned;
        }
        for (std::size_t i = 0; i < agents; ++i) {
            const std::size_t model = random_neighbor(i);
            next_[i] = strategy_[i];
            if (strategy_[i] != strategy_[model] && imitates(payoff_[i], payoff_[model])) next_[i] = strategy_[model];
        }
        strategy_.swap(next_);
    }

private:
    std::vector<int> next_;
    std::vector<double> payoff_;
};

/// Random sequential (Monte Carlo): a random agent looks at a random neighbor; payoffs are computed when their
/// strategies differ.
class ImitationOneByOne final : public Imitation {
public:
    using Imitation::Imitation;

    void round() override {
        std::uniform_int_distribution<std::size_t> anybody(0, neighbors_.size() - 1);
        for (std::size_t step = 0; step < neighbors_.size(); ++step) {
            const std::size_t focal = anybody(random_), model = random_neighbor(focal);
            if (strategy_[focal] == strategy_[model]) continue;
            if (imitates(payoff(focal), payoff(model))) strategy_[focal] = strategy_[model];
        }
    }

private:
    double payoff(std::size_t agent) const {
        double earned = share(agent, counted(agent)) - cost(agent);
        for (const int j : neighbors_[agent]) {
            const auto host = static_cast<std::size_t>(j);
            earned += share(host, counted(host));
        }
        return earned;
    }
};
