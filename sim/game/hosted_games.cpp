#include "sim/game/hosted_games.hpp"

#include <algorithm>
#include <numeric>

namespace commonweal {

namespace {

constexpr std::size_t most_entries = 1u << 20;  ///< of a table

/// True when members of a group get the same, whatever they do, and nothing but shares and dues moves payoffs.
bool divides_alike(const StrategyGame& game) noexcept {
    const GameRules& rules = game.rules();
    return rules.kind == GameRules::Kind::public_goods && rules.hosts == GameRules::Hosts::all && rules.own_share &&
           !rules.fund.pays();
}

}  // namespace

/// Calls visit(host) for the games that an agent plays.
template <class Visit>
void HostedGames::visit_groups(AgentId agent, const Visit& visit) const {
    visit(agent);
    if (game_.rules().hosts == GameRules::Hosts::all)
        for (const AgentId host : ties_.neighbors(agent)) visit(host);
}

HostedGames::HostedGames(const StrategyGame& game, const Layer& ties, std::vector<std::uint8_t> strategies,
                         std::shared_ptr<const PayoffLevels> levels)
    : game_(game),
      ties_(ties),
      strategy_(std::move(strategies)),
      having_(game.strategies()),
      levels_(levels ? std::move(levels) : PayoffLevels::of(game, ties)) {
    const std::size_t d = game_.strategies();
    std::vector<std::uint32_t> counts(d);
    if (game_.deals()) counts_.resize(d * agents());
    if (levels_ && levels_->group_size() <= LevelGames::most_members)
        contributors_.resize(agents());
    else
        groups_.resize(agents());
    for (AgentId host = 0; host < agents(); ++host) {
        std::ranges::fill(counts, 0u);
        ++counts[strategy_[host]];
        ++having_[strategy_[host]];
        for (const AgentId member : ties_.neighbors(host)) ++counts[strategy_[member]];
        const GroupCount group = game_.count_of(counts);
        if (in_bytes())
            contributors_[host] = static_cast<std::uint8_t>(group.contributors);
        else
            groups_[host] = group;
        if (game_.deals()) std::ranges::copy(counts, counts_.begin() + static_cast<std::ptrdiff_t>(d * host));
    }
    for (const std::uint8_t strategy : strategy_) {
        everybody_.contributors += game_.contributes(strategy);
        everybody_.participants += game_.participates(strategy);
    }
    set_common(incentive_of(game_.rules().fund, everybody_));
    fill_table();
    if (!game_.uneven()) return;
    if (game_.rules().per_individual)
        for (AgentId agent = 0; agent < agents(); ++agent) {
            double sum = 0;
            visit_groups(agent, [&](AgentId host) { sum += static_cast<double>(weight(agent, host)); });
            parts_.push_back(sum);
        }
    pots_.resize(agents());
    for (AgentId host = 0; host < agents(); ++host) fill_pot(host);
}

/// Where a payoff is a function of the strategy, the contributors and the size of the group alone, all of them are
/// listed: the same numbers that the game would give, without its divisions.
void HostedGames::fill_table() {
    if (levels_ || game_.deals() || game_.uneven() || game_.voluntary()) return;
    const bool alike = divides_alike(game_);
    const std::size_t rows = alike ? 1 : game_.incentives() * game_.strategies();
    std::vector<std::uint32_t> begin;  // [size]
    for (AgentId host = 0; host < agents(); ++host) {
        const std::size_t size = ties_.degree(host) + std::size_t{1};
        if (size >= begin.size()) begin.resize(size + 1, 0xffffffffu);
        if (begin[size] != 0xffffffffu) continue;
        begin[size] = static_cast<std::uint32_t>(table_.size());
        const auto members = static_cast<std::uint32_t>(size);
        const std::size_t entries = rows * (size + 1);
        if (table_.size() + entries > most_entries) return table_.clear();
        for (std::size_t row = 0; row < rows; ++row)
            for (std::uint32_t contributors = 0; contributors <= size; ++contributors)
                table_.push_back(alike ? game_.share(game_.value_of(contributors), 0, {contributors, members})
                                       : game_.payoff(row % game_.strategies(), {contributors, members}, nullptr,
                                                      members, StrategyGame::at_place(row / game_.strategies())));
        columns_ = size + 1;
    }
    if (table_.size() != rows * columns_) {
        rows_.resize(agents());
        for (AgentId host = 0; host < agents(); ++host) rows_[host] = begin[ties_.degree(host) + std::size_t{1}];
    }
    if (!alike) return;
    shares_.resize(agents());
    for (AgentId host = 0; host < agents(); ++host) shares_[host] = listed_share(host);
}

bool HostedGames::shares_alike(const StrategyGame& game, const Layer& ties) {
    if (game.deals() || game.uneven() || game.voluntary() || !divides_alike(game)) return false;
    std::vector<bool> known;  // [size]
    std::size_t entries = 0;
    for (AgentId host = 0; host < ties.agents(); ++host) {
        const std::size_t size = ties.degree(host) + std::size_t{1};
        if (size >= known.size()) known.resize(size + 1);
        if (!known[size]) entries += size + 1;
        known[size] = true;
    }
    return entries <= most_entries;
}

GroupCount HostedGames::group(AgentId host) const noexcept {
    if (!in_bytes()) return groups_[host];
    std::array<std::uint32_t, 2> counts{};
    counts[levels_->contributor()] = contributors_[host];
    counts[1 - levels_->contributor()] = levels_->group_size() - contributors_[host];
    return game_.count_of(counts);
}

float HostedGames::weight(AgentId agent, AgentId host) const noexcept {
    if (!game_.rules().weighted || agent == host || !ties_.weighted()) return 1;
    const auto row = ties_.neighbors(agent);
    const auto at = std::ranges::lower_bound(row, host) - row.begin();
    return ties_.weights(agent)[static_cast<std::size_t>(at)];
}

/// What a contributor gives to the pot of a host, in units of c.
double HostedGames::given(AgentId agent, AgentId host) const noexcept {
    const double scale = static_cast<double>(weight(agent, host));
    return parts_.empty() ? scale : scale / parts_[agent];
}

void HostedGames::fill_pot(AgentId host) noexcept {
    double sum = game_.contributes(strategy_[host]) ? given(host, host) : 0.0;
    for (const AgentId member : ties_.neighbors(host))
        if (game_.contributes(strategy_[member])) sum += given(member, host);
    pots_[host] = sum;
}

double HostedGames::payoff_in(AgentId agent, AgentId host) const noexcept {
    const std::size_t s = strategy_[agent];
    const std::uint32_t size = ties_.degree(host) + 1;
    const std::uint32_t* const counts = counts_.empty() ? nullptr : counts_.data() + host * game_.strategies();
    if (!game_.uneven()) return game_.payoff(s, groups_[host], counts, size, common_);
    if (game_.abstains(s, groups_[host])) return game_.rules().loner_payoff;
    const double own = game_.contributes(s) ? given(agent, host) : 0.0;
    double sum = game_.share(pots_[host], own, groups_[host]) - game_.fee(s);
    if (game_.contributes(s)) sum -= own * game_.rules().cost;
    if (counts) sum += game_.dealt(s, counts, size);
    return game_.rules().fund.pays() ? sum + game_.funded(s, groups_[host], common_) : sum;
}

double HostedGames::payoff(AgentId agent) const noexcept {
    if (levels_) return levels_->payoff(strategy_[agent], level(agent));
    double sum = 0;
    if (!shares_.empty()) {
        visit_groups(agent, [&](AgentId host) { sum += shares_[host]; });
        return averaged(agent, sum - dues(agent, strategy_[agent]));
    }
    if (table_.empty())
        visit_groups(agent, [&](AgentId host) { sum += payoff_in(agent, host); });
    else
        visit_groups(agent, [&](AgentId host) { sum += listed(strategy_[agent], host); });
    return averaged(agent, sum);
}

double HostedGames::mean_payoff() const {
    if (levels_) return mean_of_levels();
    double all = 0;
    for (std::size_t begin = 0; begin < agents(); begin += agents_per_block) {
        double sum = 0;
        for (std::size_t agent = begin; agent < std::min<std::size_t>(begin + agents_per_block, agents()); ++agent)
            sum += payoff(static_cast<AgentId>(agent));
        all += sum;
    }
    return all / agents();
}

double HostedGames::mean_of_levels() const {
    if (levels_->linear()) return levels_->mean(std::array{having_[0], having_[1]});
    const std::size_t columns = std::size_t{levels_->most()} + 1;
    std::vector<std::uint64_t> counts(2 * columns);
    for (AgentId agent = 0; agent < agents(); ++agent) ++counts[strategy_[agent] * columns + level(agent)];
    return levels_->mean(counts);
}

double HostedGames::fund_cost() const noexcept {
    if (!game_.rules().fund.pays()) return 0;
    double all = 0;
    for (AgentId agent = 0; agent < agents(); ++agent) {
        double sum = 0;
        visit_groups(agent, [&](AgentId host) { sum += game_.spent(strategy_[agent], group(host), common_); });
        all += averaged(agent, sum);
    }
    return all / agents();
}

void HostedGames::prepare_spans() {
    if (levels_ || !extremes_.empty()) return;
    const StrategyGame game = game_.without_fund();
    extremes_.assign(agents(), {-1e300, 1e300});
    for (std::size_t others = 0; others < strategies(); ++others) {
        HostedGames world(game, ties_, std::vector<std::uint8_t>(agents(), static_cast<std::uint8_t>(others)));
        for (std::size_t own = 0; own < strategies(); ++own) {
            if (own == others) continue;
            for (AgentId agent = 0; agent < agents(); ++agent) {
                world.change(agent, static_cast<std::uint8_t>(own));
                const double payoff = world.payoff(agent);
                world.change(agent, static_cast<std::uint8_t>(others));
                extremes_[agent].best = std::max(extremes_[agent].best, payoff);
                extremes_[agent].worst = std::min(extremes_[agent].worst, payoff);
            }
        }
    }
    if (game_.rules().fund.pays()) add_fund_to_extremes();
}

/// A whole budget, n d, goes to one agent at most.
void HostedGames::add_fund_to_extremes() {
    const FundRules& fund = game_.rules().fund;
    const bool rewards = fund.scheme != FundRules::Scheme::punish, punishes = fund.scheme != FundRules::Scheme::reward;
    for (AgentId agent = 0; agent < agents(); ++agent) {
        double budgets = 0;
        visit_groups(agent, [&](AgentId host) { budgets += (ties_.degree(host) + 1.0) * fund.per_head; });
        budgets = averaged(agent, budgets);
        if (rewards) extremes_[agent].best += fund.bonus * budgets;
        if (punishes) extremes_[agent].worst -= fund.fine * budgets;
    }
}

double HostedGames::span(AgentId a, AgentId b) const noexcept {
    if (levels_) return levels_->span();
    return std::max(extremes_[a].best, extremes_[b].best) - std::min(extremes_[a].worst, extremes_[b].worst);
}

void HostedGames::change(AgentId agent, std::uint8_t strategy) noexcept {
    const std::uint8_t before = strategy_[agent];
    if (before == strategy) return;
    if (in_bytes()) return bytes().change(agent, strategy);
    strategy_[agent] = strategy;
    --having_[before];
    ++having_[strategy];
    const std::uint32_t gives = game_.contributes(strategy) - std::uint32_t{game_.contributes(before)};
    const std::uint32_t takes = game_.participates(strategy) - std::uint32_t{game_.participates(before)};
    const std::size_t d = game_.strategies();
    const auto count = [&](AgentId host) {
        groups_[host].contributors += gives;  // modulo 2^32: -1 is a subtraction
        groups_[host].participants += takes;
        if (!counts_.empty()) {
            --counts_[host * d + before];
            ++counts_[host * d + strategy];
        }
        if (!shares_.empty()) shares_[host] = listed_share(host);
    };
    count(agent);
    for (const AgentId host : ties_.neighbors(agent)) count(host);
    everybody_.contributors += gives;
    everybody_.participants += takes;
    if (game_.rules().fund.follows_everybody()) {
        const Incentive common = incentive_of(game_.rules().fund, everybody_);
        turned_ = common != common_;
        set_common(common);
    }
    if (pots_.empty() || gives == 0) return;
    fill_pot(agent);
    for (const AgentId host : ties_.neighbors(agent)) fill_pot(host);
}

void HostedGames::touched(AgentId agent, std::vector<AgentId>& out) const {
    if (turned_) {
        out.resize(agents());
        std::iota(out.begin(), out.end(), AgentId{0});
        return;
    }
    out.assign(1, agent);
    const auto near = ties_.neighbors(agent);
    out.insert(out.end(), near.begin(), near.end());
    if (game_.rules().hosts == GameRules::Hosts::all)
        for (const AgentId neighbor : near) {
            const auto far = ties_.neighbors(neighbor);
            out.insert(out.end(), far.begin(), far.end());
        }
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
}

}  // namespace commonweal
