#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/game/strategy_game.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// Payoffs of two strategies, one of which contributes, where all agents have groups of one size G: a double function
/// of the strategy and of one whole number, the level. Every path that plays such games looks payoffs up here.
///
///     linear   an agent plays its own game and those of its neighbors, and pots are linear (no synergy, threshold,
///              fund or deals, nobody stays out). Level N: contributors of all these groups together.
///                  payoff(s, N) = r c N / G - G ([contributes] c + fee)
///              without an own share N less G [contributes], shared by G - 1; divided by G when averaged
///     focal    an agent plays its own game only. Level n: contributors of its group, itself counted.
///                  payoff(s, n) = StrategyGame::payoff with n contributors and G - n others
///
/// The payoff of a level that no agent of the strategy can have is a number without meaning.
class PayoffLevels {
public:
    /// Null when game and ties are neither of the two, or levels are 2^19 or more.
    static std::shared_ptr<const PayoffLevels> of(const StrategyGame& game, const Layer& ties);

    bool linear() const noexcept { return game_.rules().hosts == GameRules::Hosts::all; }
    std::uint32_t group_size() const noexcept { return size_; }  ///< G
    std::uint32_t most() const noexcept { return most_; }        ///< largest level: G^2 when linear, else G

    /// The strategy that contributes, 0 or 1.
    std::size_t contributor() const noexcept { return game_.contributes(0) ? 0 : 1; }

    double payoff(std::size_t strategy, std::uint32_t level) const noexcept {
        return payoffs_[strategy * (std::size_t{most_} + 1) + level];
    }

    /// Largest difference that two payoffs could have, as HostedGames::span() defines it: that of any pair.
    double span() const noexcept { return span_; }

    /// Mean payoff over agents, [strategy] of whom have each strategy; of linear games, where it depends on nothing
    /// else: every contribution is shared in G groups of G.
    double mean(const std::array<std::uint64_t, 2>& having) const noexcept;

    /// Mean payoff over agents, [strategy, level] of whom have each strategy and level. Numbers times payoffs are added
    /// in this order.
    double mean(std::span<const std::uint64_t> counts) const noexcept;

private:
    PayoffLevels(const StrategyGame& game, std::uint32_t size);
    double linear_payoff(std::size_t strategy, std::uint32_t level) const noexcept;
    double focal_payoff(std::size_t strategy, std::uint32_t level) const noexcept;
    double widest() const;

    StrategyGame game_;
    std::uint32_t size_, most_;
    std::vector<double> payoffs_;  ///< [strategy, level]
    double span_ = 0;
};

}  // namespace commonweal
