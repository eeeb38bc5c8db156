#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

#include "benchmarks/reference/network.hpp"

/// Conditional cooperators who play in their own group and in those of their neighbors (benchmarks/scenarios/
/// conditional_cooperation.toml), one run at a time: one pass for the totals of groups, one for payoffs, one for
/// decisions.
class ConditionalCooperation {
public:
    ConditionalCooperation(const Neighbors& neighbors, unsigned seed)
        : neighbors_(neighbors),
          contribution_(neighbors.size(), endowment / 2),
          total_(neighbors.size()),
          payoff_(neighbors.size()),
          random_(seed) {
        pay();
    }

    void round() {
        decide();
        pay();
    }

    /// Mean contribution [tokens].
    double level() const {
        double sum = 0;
        for (const double c : contribution_) sum += c;
        return sum / static_cast<double>(contribution_.size());
    }

    /// Somebody looks at payoffs: without this a compiler may leave them out.
    double mean_payoff() const {
        double sum = 0;
        for (const double payoff : payoff_) sum += payoff;
        return sum / static_cast<double>(payoff_.size());
    }

private:
    static constexpr double endowment = 20, enhancement = 3, slope = 0.9, intercept = 1, tremble = 0.02;

    /// What the others of its own group gave is the total of that group without its own contribution.
    void decide() {
        std::uniform_real_distribution<double> uniform(0, 1);
        for (std::size_t i = 0; i < neighbors_.size(); ++i) {
            const double mean = (total_[i] - contribution_[i]) / static_cast<double>(neighbors_[i].size());
            const double planned = uniform(random_) < tremble ? endowment * uniform(random_) : intercept + slope * mean;
            contribution_[i] = std::clamp(planned, 0.0, endowment);
        }
    }

    void pay() {
        for (std::size_t i = 0; i < neighbors_.size(); ++i) {
            double total = contribution_[i];
            for (const int j : neighbors_[i]) total += contribution_[static_cast<std::size_t>(j)];
            total_[i] = total;
        }
        for (std::size_t i = 0; i < neighbors_.size(); ++i) {
            const auto groups = static_cast<double>(neighbors_[i].size() + 1);
            double earned = share(i);
            for (const int j : neighbors_[i]) earned += share(static_cast<std::size_t>(j));
            payoff_[i] = endowment - groups * contribution_[i] + earned;
        }
    }

    /// What the group of an agent pays each of its members.
    double share(std::size_t host) const {
        return enhancement * total_[host] / static_cast<double>(neighbors_[host].size() + 1);
    }

    const Neighbors& neighbors_;
    std::vector<double> contribution_, total_, payoff_;
    std::mt19937 random_;
};
