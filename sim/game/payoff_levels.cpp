#include "sim/game/payoff_levels.hpp"

#include <algorithm>

namespace commonweal {

namespace {

constexpr std::uint64_t most_levels = 1u << 19;

bool regular(const Layer& ties) noexcept {
    for (AgentId agent = 1; agent < ties.agents(); ++agent)
        if (ties.degree(agent) != ties.degree(0)) return false;
    return ties.agents() > 0;
}

/// True when the sum over an agent's groups is a function of the sum of their contributors.
bool adds_up(const StrategyGame& game) noexcept {
    const GameRules& rules = game.rules();
    return rules.kind == GameRules::Kind::public_goods && rules.synergy == 1 && rules.threshold == 0 &&
           !rules.fund.pays() && !game.deals() && !game.voluntary();
}

}  // namespace

std::shared_ptr<const PayoffLevels> PayoffLevels::of(const StrategyGame& game, const Layer& ties) {
    const bool linear = game.rules().hosts == GameRules::Hosts::all;
    if (game.strategies() != 2 || game.contributes(0) == game.contributes(1)) return nullptr;
    if (game.uneven() || game.rules().fund.follows_everybody() || (linear && !adds_up(game))) return nullptr;
    if (!regular(ties)) return nullptr;
    const std::uint64_t size = std::uint64_t{ties.degree(0)} + 1;
    if ((linear ? size * size : size) >= most_levels) return nullptr;
    return std::shared_ptr<const PayoffLevels>(new PayoffLevels(game, static_cast<std::uint32_t>(size)));
}

PayoffLevels::PayoffLevels(const StrategyGame& game, std::uint32_t size)
    : game_(game), size_(size), most_(linear() ? size * size : size) {
    for (std::size_t strategy = 0; strategy < 2; ++strategy)
        for (std::uint32_t level = 0; level <= most_; ++level)
            payoffs_.push_back(linear() ? linear_payoff(strategy, level) : focal_payoff(strategy, level));
    span_ = widest();
}

double PayoffLevels::linear_payoff(std::size_t strategy, std::uint32_t level) const noexcept {
    const double own = game_.contributes(strategy) ? size_ : 0;
    return game_.averaged(game_.share(level, own, {level, size_}) - size_ * game_.dues(strategy), size_ - 1);
}

double PayoffLevels::focal_payoff(std::size_t strategy, std::uint32_t level) const noexcept {
    std::array<std::uint32_t, 2> counts{};
    counts[contributor()] = level;
    counts[1 - contributor()] = size_ - level;
    return game_.averaged(game_.payoff(strategy, game_.count_of(counts), counts.data(), size_), size_ - 1);
}

double PayoffLevels::widest() const {
    if (game_.rules().fund.pays()) {
        const FundRules& fund = game_.rules().fund;
        const double games = linear() ? size_ : 1;
        const double budgets = game_.averaged(games * size_ * fund.per_head, size_ - 1);
        double span = PayoffLevels(game_.without_fund(), size_).span();
        if (fund.scheme != FundRules::Scheme::punish) span += fund.bonus * budgets;
        if (fund.scheme != FundRules::Scheme::reward) span += fund.fine * budgets;
        return span;
    }
    const std::uint32_t games = linear() ? size_ : 1;
    const double giver = payoff(contributor(), games), other = payoff(1 - contributor(), most_ - games);
    return std::max(giver, other) - std::min(giver, other);
}

double PayoffLevels::mean(const std::array<std::uint64_t, 2>& having) const noexcept {
    const auto givers = static_cast<double>(having[contributor()]);
    const double size = size_;
    double sum = game_.share(size * size * givers, size * givers, {0, size_});
    for (std::size_t strategy = 0; strategy < 2; ++strategy)
        sum -= size * static_cast<double>(having[strategy]) * game_.dues(strategy);
    return game_.averaged(sum / static_cast<double>(having[0] + having[1]), size_ - 1);
}

double PayoffLevels::mean(std::span<const std::uint64_t> counts) const noexcept {
    double sum = 0;
    std::uint64_t agents = 0;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        if (counts[at] == 0) continue;
        agents += counts[at];
        sum += static_cast<double>(counts[at]) * payoffs_[at];
    }
    return sum / static_cast<double>(agents);
}

}  // namespace commonweal
