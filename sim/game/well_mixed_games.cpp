#include "sim/game/well_mixed_games.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace commonweal {

namespace {

/// Probabilities of j = low, low + 1, ... members of a class of `inside` among `drawn` from a population of `all`.
struct Hypergeometric {
    std::uint64_t low;
    std::vector<double> probability;

    /// Ratios of neighboring terms, from the mode outwards, normalized: nothing overflows.
    Hypergeometric(std::uint64_t inside, std::uint64_t all, std::uint64_t drawn) {
        const std::uint64_t outside = all - inside;
        low = drawn > outside ? drawn - outside : 0;
        const std::uint64_t high = std::min(drawn, inside);
        probability.assign(high - low + 1, 0.0);
        const double mode =
            (static_cast<double>(drawn) + 1) * (static_cast<double>(inside) + 1) / (static_cast<double>(all) + 2);
        const std::uint64_t top = std::clamp(static_cast<std::uint64_t>(mode), low, high);
        // h(j + 1) / h(j)
        const auto ratio = [&](std::uint64_t j) {
            return static_cast<double>(inside - j) * static_cast<double>(drawn - j) /
                   (static_cast<double>(j + 1) * static_cast<double>(outside + j + 1 - drawn));
        };
        probability[top - low] = 1;
        for (std::uint64_t j = top; j < high; ++j) probability[j + 1 - low] = probability[j - low] * ratio(j);
        for (std::uint64_t j = top; j > low; --j) probability[j - 1 - low] = probability[j - low] / ratio(j - 1);
        const double sum = std::accumulate(probability.begin(), probability.end(), 0.0);
        for (double& p : probability) p /= sum;
    }
};

/// Visits every composition of a group with its probability. `value(counts)`: of a group, the agent itself counted.
template <class Value>
class Groups {
public:
    Groups(std::size_t own, std::uint32_t size, std::vector<std::uint64_t> others, const Value& value)
        : value_(value), size_(size), others_(std::move(others)), counts_(others_.size()) {
        ++counts_[own];
    }

    double expected() {
        add(0, size_ - 1, std::accumulate(others_.begin(), others_.end(), std::uint64_t{0}), 1.0);
        return sum_;
    }

private:
    void add(std::size_t strategy, std::uint64_t drawn, std::uint64_t all, double weight) {
        if (drawn == 0 || strategy + 1 == others_.size()) {
            counts_[strategy] += static_cast<std::uint32_t>(drawn);
            sum_ += weight * value_(counts_);
            counts_[strategy] -= static_cast<std::uint32_t>(drawn);
            return;
        }
        const Hypergeometric law(others_[strategy], all, drawn);
        for (std::size_t i = 0; i < law.probability.size(); ++i) {
            const std::uint64_t j = law.low + i;
            counts_[strategy] += static_cast<std::uint32_t>(j);
            add(strategy + 1, drawn - j, all - others_[strategy], weight * law.probability[i]);
            counts_[strategy] -= static_cast<std::uint32_t>(j);
        }
    }

    const Value& value_;
    std::uint32_t size_;
    std::vector<std::uint64_t> others_;
    std::vector<std::uint32_t> counts_;
    double sum_ = 0;
};

/// Best and worst payoff over all groups.
class Range {
public:
    Range(const StrategyGame& game, std::uint32_t size) : game_(game), size_(size), counts_(game.strategies()) {
        visit(0, size);
    }
    double width() const noexcept { return best_ - worst_; }

private:
    void visit(std::size_t strategy, std::uint32_t left) {
        if (strategy + 1 == counts_.size()) {
            counts_[strategy] = left;
            for (std::size_t own = 0; own < counts_.size(); ++own) {
                if (counts_[own] == 0) continue;
                for (std::size_t place = 0; place < game_.incentives(); ++place) {
                    const double payoff = game_.payoff(own, game_.count_of(counts_), counts_.data(), size_,
                                                       StrategyGame::at_place(place));
                    best_ = std::max(best_, payoff);
                    worst_ = std::min(worst_, payoff);
                }
            }
            return;
        }
        for (std::uint32_t j = 0; j <= left; ++j) {
            counts_[strategy] = j;
            visit(strategy + 1, left - j);
        }
    }

    const StrategyGame& game_;
    std::uint32_t size_;
    std::vector<std::uint32_t> counts_;
    double best_ = -1e300, worst_ = 1e300;
};

}  // namespace

GroupTable::GroupTable(const StrategyGame& game, std::uint32_t size) : size_(size), strategies_(game.strategies()) {
    std::vector<std::uint32_t> counts(strategies_);
    const auto visit = [&](const auto& self, std::size_t strategy, std::uint32_t left) -> void {
        if (strategy + 1 == strategies_) {
            counts[strategy] = left;
            make_ups_.insert(make_ups_.end(), counts.begin(), counts.end());
            return;
        }
        for (counts[strategy] = 0; counts[strategy] <= left; ++counts[strategy])
            self(self, strategy + 1, left - counts[strategy]);
    };
    visit(visit, 0, size - 1);
    for (std::size_t row = 0; row < game.incentives() * strategies_; ++row)
        for (std::size_t at = 0; at < make_ups_.size(); at += strategies_) {
            const std::size_t own = row % strategies_;
            const Incentive common = StrategyGame::at_place(row / strategies_);
            counts.assign(make_ups_.begin() + static_cast<std::ptrdiff_t>(at),
                          make_ups_.begin() + static_cast<std::ptrdiff_t>(at + strategies_));
            ++counts[own];
            payoffs_.push_back(game.payoff(own, game.count_of(counts), counts.data(), size, common));
            if (game.rules().fund.pays()) spent_.push_back(game.spent(own, game.count_of(counts), common));
        }
}

bool GroupTable::fits(std::uint32_t size, std::size_t strategies, AgentId agents) noexcept {
    return (size - 1.0) * std::log2(static_cast<double>(agents)) < 1000 && compositions(size, strategies) <= 1e5;
}

double GroupTable::mean_of(const std::vector<double>& values, std::size_t strategy,
                           const std::vector<std::uint64_t>& others, std::size_t place) const {
    // ways[s, j] = C(n_s, j)
    constexpr std::size_t stored = 256;
    std::array<double, stored> small;
    std::vector<double> large(strategies_ * size_ > stored ? strategies_ * size_ : 0);
    double* const ways = large.empty() ? small.data() : large.data();
    double all = 1, number = 0;
    for (std::size_t s = 0; s < strategies_; ++s) {
        double* const row = ways + s * size_;
        row[0] = 1;
        const double inside = static_cast<double>(others[s]);
        number += inside;
        for (std::uint32_t j = 1; j < size_; ++j)
            row[j] = j <= others[s] ? row[j - 1] * (inside - j + 1) / static_cast<double>(j) : 0.0;
    }
    for (std::uint32_t j = 1; j < size_; ++j) all = all * (number - j + 1) / static_cast<double>(j);
    const double* value = values.data() + (place * strategies_ + strategy) * (make_ups_.size() / strategies_);
    double sum = 0;
    for (std::size_t at = 0; at < make_ups_.size(); at += strategies_) {
        double weight = ways[make_ups_[at]];
        for (std::size_t s = 1; s < strategies_; ++s) weight *= ways[s * size_ + make_ups_[at + s]];
        sum += weight * *value++;
    }
    return sum / all;
}

WellMixedGames::WellMixedGames(const StrategyGame& game, std::uint32_t size, std::vector<std::uint8_t> strategies,
                               std::shared_ptr<const GroupTable> table)
    : game_(game),
      size_(size),
      table_(std::move(table)),
      strategy_(std::move(strategies)),
      having_(game.strategies()),
      expected_(game.strategies() == 2 ? 2 * (strategy_.size() + 1) : game.strategies()),
      known_(expected_.size()) {
    for (const std::uint8_t strategy : strategy_) ++having_[strategy];
    if (!table_ && GroupTable::fits(size, game.strategies(), agents()))
        table_ = std::make_shared<GroupTable>(game, size);
}

double WellMixedGames::expected(std::size_t strategy) const {
    const std::size_t at = cell(strategy);
    if (!known_[at]) {
        std::vector<std::uint64_t> others = having_;
        --others[strategy];
        const Incentive now = common();
        const auto payoff = [&](const std::vector<std::uint32_t>& counts) {
            return game_.payoff(strategy, game_.count_of(counts), counts.data(), size_, now);
        };
        expected_[at] = table_ ? table_->expected(strategy, others, game_.place_of(now))
                               : Groups(strategy, size_, std::move(others), payoff).expected();
        known_[at] = 1;
    }
    return expected_[at];
}

Incentive WellMixedGames::common() const noexcept {
    if (!game_.rules().fund.follows_everybody()) return Incentive::none;
    GroupCount everybody;
    for (std::size_t s = 0; s < strategies(); ++s) {
        if (game_.contributes(s)) everybody.contributors += static_cast<std::uint32_t>(having_[s]);
        if (game_.participates(s)) everybody.participants += static_cast<std::uint32_t>(having_[s]);
    }
    return incentive_of(game_.rules().fund, everybody);
}

double WellMixedGames::fund_cost() const {
    if (!game_.rules().fund.pays()) return 0;
    const Incentive now = common();
    double sum = 0;
    for (std::size_t s = 0; s < strategies(); ++s) {
        if (having_[s] == 0) continue;
        std::vector<std::uint64_t> others = having_;
        --others[s];
        const auto spent = [&](const std::vector<std::uint32_t>& counts) {
            return game_.spent(s, game_.count_of(counts), now);
        };
        const double mean = table_ ? table_->expected_spending(s, others, game_.place_of(now))
                                   : Groups(s, size_, std::move(others), spent).expected();
        sum += static_cast<double>(having_[s]) * mean;
    }
    return sum / agents();
}

void WellMixedGames::prepare_spans() { span_ = Range(game_, size_).width(); }

void WellMixedGames::change(AgentId agent, std::uint8_t strategy) noexcept {
    if (strategy_[agent] == strategy) return;
    --having_[strategy_[agent]];
    ++having_[strategy];
    strategy_[agent] = strategy;
    if (strategies() != 2) std::ranges::fill(known_, std::uint8_t{0});
}

void WellMixedGames::touched(AgentId, std::vector<AgentId>& out) const {
    out.resize(agents());
    std::iota(out.begin(), out.end(), AgentId{0});
}

double compositions(std::uint32_t size, std::size_t strategies) noexcept {
    double count = 1;
    for (std::size_t i = 1; i < strategies; ++i)
        count = count * (static_cast<double>(size) - 1 + static_cast<double>(i)) / static_cast<double>(i);
    return count;
}

}  // namespace commonweal
