#pragma once

#include <algorithm>
#include <vector>

#include "sim/core/types.hpp"

namespace commonweal {

/// Draws agents in proportion to their fitness, and keeps up with changes of payoffs. Sums are kept in blocks and each
/// is always added anew in agent order: a draw is a function of the payoffs and of the scale `top`, not of how they
/// came about, and nothing drifts.
class FitnessUrn {
public:
    bool empty() const noexcept { return payoffs_.empty(); }

    template <class Rule, class Games>
    void fill(const Rule& rule, const Games& games) {
        payoffs_.resize(games.agents());
        for (AgentId agent = 0; agent < games.agents(); ++agent) payoffs_[agent] = games.payoff(agent);
        rescale(rule);
    }

    /// After a change of strategy of one agent.
    template <class Rule, class Games>
    void renew(const Rule& rule, const Games& games, AgentId changed) {
        if (empty()) return;
        games.touched(changed, touched_);
        for (const AgentId agent : touched_) payoffs_[agent] = games.payoff(agent);
        const double top = *std::ranges::max_element(payoffs_);
        if (top != top_) return rescale(rule);
        std::size_t last = blocks_.size();
        for (const AgentId agent : touched_) {
            weights_[agent] = rule.fitness(payoffs_[agent], top_);
            if (agent / block == last) continue;
            if (last < blocks_.size()) add(last);
            last = agent / block;
        }
        if (last < blocks_.size()) add(last);
    }

    /// The agent at the share u in (0, 1) of the total fitness.
    AgentId draw(double u) const noexcept {
        double total = 0;
        for (const double sum : blocks_) total += sum;
        double left = u * total;
        std::size_t at = 0;
        while (at + 1 < blocks_.size() && left >= blocks_[at]) left -= blocks_[at++];
        const std::size_t end = std::min(weights_.size(), (at + 1) * block);
        std::size_t agent = at * block;
        while (agent + 1 < end && left >= weights_[agent]) left -= weights_[agent++];
        return static_cast<AgentId>(agent);
    }

private:
    static constexpr std::size_t block = 64;

    template <class Rule>
    void rescale(const Rule& rule) {
        top_ = *std::ranges::max_element(payoffs_);
        weights_.resize(payoffs_.size());
        for (std::size_t agent = 0; agent < payoffs_.size(); ++agent)
            weights_[agent] = rule.fitness(payoffs_[agent], top_);
        blocks_.resize((payoffs_.size() + block - 1) / block);
        for (std::size_t at = 0; at < blocks_.size(); ++at) add(at);
    }

    void add(std::size_t at) noexcept {
        double sum = 0;
        for (std::size_t agent = at * block; agent < std::min(weights_.size(), (at + 1) * block); ++agent)
            sum += weights_[agent];
        blocks_[at] = sum;
    }

    std::vector<double> payoffs_, weights_, blocks_;
    std::vector<AgentId> touched_;
    double top_ = 0;
};

}  // namespace commonweal
