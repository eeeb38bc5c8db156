#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/game/fund.hpp"

namespace commonweal {

/// What others can see of a strategy.
struct StrategyTraits {
    bool participates = true;  ///< takes part in games; a loner does not
    bool contributes = false;  ///< gives to the pot
    bool pays_pool = false;    ///< pays into a pool for punishment
};

/// What an agent with one strategy does to each co-player of another strategy in a game.
struct Deal {
    double cost = 0;    ///< what it costs the agent [payoff]
    double effect = 0;  ///< what the co-player gets; negative is a fine [payoff]
};

/// All that a game must know of a strategy.
struct StrategyTerms {
    StrategyTraits traits;
    double fee = 0;           ///< paid in each game that takes place [payoff]
    bool divided = false;     ///< deals are divided by the number of co-players k of the group
    std::vector<Deal> deals;  ///< [strategy]: to a co-player of that strategy
};

/// What every game of a scenario has in common.
struct GameRules {
    enum class Kind : std::uint8_t { public_goods, donation };
    enum class Hosts : std::uint8_t { all, focal };

    Kind kind = Kind::public_goods;
    Hosts hosts = Hosts::all;     ///< all: an agent plays its own game and that of each neighbor; focal: its own only
    double enhancement = 3;       ///< r [-]
    double cost = 1;              ///< c of a contributor in each game [payoff]
    double benefit = 2;           ///< b that each neighbor gets, in the donation game [payoff]
    double loner_payoff = 1;      ///< sigma, of a loner and of a lone participant [payoff]
    double synergy = 1;           ///< delta: each further contribution counts delta times the one before [-]
    std::uint32_t threshold = 0;  ///< contributors below which the pot pays nothing [-]
    bool average = false;         ///< payoffs are divided by the number of games
    bool per_individual = false;  ///< c is divided among the games that the agent plays
    bool weighted = false;        ///< a tie's weight scales what its agent gives in the neighbor's game
    bool own_share = true;        ///< a contributor gets back a share of what it gave; false: the others share it
    FundRules fund = {};          ///< incentives from outside
};

/// Payoffs of strategies in one group: a double function of integer counts.
///
///     pot share   r c (1 + delta + ... + delta^(n-1)) / S   for n >= threshold contributors among S participants
///     payoff      share - [contributes] c - fee + sum over co-players t of (effect of t on me - my cost for t)
///                 + bonus or - fine of the fund (sim/game/fund.hpp)
/// Without an own share each of the S - 1 others gets r c / (S - 1) of a contribution: the pot share is
/// r c (n - [contributes]) / (S - 1), and giving costs exactly c. A lone participant then gets nothing back.
/// A loner gets sigma; so does a lone participant, in games that somebody may stay out of. With synergy 1 the share is
/// r c n / S. Sources: Hauert, De Monte, Hofbauer & Sigmund (2002), Science 296, 1129 (loners); Hauert, Michor, Nowak &
/// Doebeli (2006), J Theor Biol 239, 195 (synergy and discounting); Helbing, Szolnoki, Perc & Szabo (2010), PLoS Comput
/// Biol 6, e1000758 (punishment).
class StrategyGame {
public:
    StrategyGame(const GameRules& rules, std::vector<StrategyTerms> terms);

    const GameRules& rules() const noexcept { return rules_; }
    std::size_t strategies() const noexcept { return terms_.size(); }
    bool contributes(std::size_t s) const noexcept { return contributes_[s]; }
    bool participates(std::size_t s) const noexcept { return participates_[s]; }
    bool voluntary() const noexcept { return voluntary_; }  ///< some strategy is a loner
    bool deals() const noexcept { return deals_; }          ///< co-players matter by their strategy

    /// Contributions are given to each pot in amounts that differ between agents.
    bool uneven() const noexcept { return rules_.per_individual || rules_.weighted; }

    /// Value of n contributions of 1: n, or the geometric sum.
    double value_of(std::uint32_t contributors) const noexcept;

    bool has_fund() const noexcept { return rules_.fund.scheme != FundRules::Scheme::none; }

    /// The same game without the fund.
    StrategyGame without_fund() const;

    /// What a participant, who gave `own` contributions of c itself, gets of a pot worth `value` of them.
    double share(double value, double own, const GroupCount& group) const noexcept {
        if (group.contributors < rules_.threshold) return 0;
        if (rules_.own_share) return rules_.enhancement * rules_.cost * value / static_cast<double>(group.participants);
        return group.participants > 1
                   ? rules_.enhancement * rules_.cost * (value - own) / static_cast<double>(group.participants - 1)
                   : 0.0;
    }

    /// True when an agent of strategy s gets sigma instead of playing in this group.
    bool abstains(std::size_t s, const GroupCount& group) const noexcept {
        return !participates_[s] || (voluntary_ && group.participants < 2);
    }

    /// Payoff of an agent of strategy s in its group of `size` members, itself counted. `counts`: [strategy], may be
    /// nullptr when deals() is false. `common`: what a fund that follows everybody does now; no other game asks.
    double payoff(std::size_t s, const GroupCount& group, const std::uint32_t* counts, std::uint32_t size,
                  Incentive common = Incentive::none) const noexcept {
        if (abstains(s, group)) return rules_.loner_payoff;
        double sum = 0;
        if (rules_.kind == GameRules::Kind::public_goods)
            sum = share(value_of(group.contributors), contributes_[s] ? 1.0 : 0.0, group) -
                  (contributes_[s] ? rules_.cost : 0.0) - terms_[s].fee;
        if (deals_) sum += dealt(s, counts, size);
        return rules_.fund.pays() ? sum + funded(s, group, common) : sum;
    }

    /// What the fund changes in the payoff of a participant of strategy s.
    double funded(std::size_t s, const GroupCount& group, Incentive common) const noexcept {
        const Incentive incentive = acting(group, common);
        return effect_of(rules_.fund, incentive, spent_on(rules_.fund, incentive, contributes_[s], group));
    }

    /// What the fund spends on an agent of strategy s in its group; nothing on who abstains.
    double spent(std::size_t s, const GroupCount& group, Incentive common = Incentive::none) const noexcept {
        if (abstains(s, group)) return 0;
        return spent_on(rules_.fund, acting(group, common), contributes_[s], group);
    }

    /// Number of incentives that a payoff must be known under: two of a fund that follows everybody, else one, which
    /// is not asked for.
    std::size_t incentives() const noexcept { return rules_.fund.follows_everybody() ? 2 : 1; }

    /// The place of an incentive among them.
    std::size_t place_of(Incentive common) const noexcept {
        return rules_.fund.follows_everybody() && common == Incentive::punish ? 1 : 0;
    }
    static Incentive at_place(std::size_t place) noexcept { return place == 0 ? Incentive::reward : Incentive::punish; }

    double fee(std::size_t s) const noexcept { return terms_[s].fee; }

    /// What a participant of strategy s pays in each public-goods game: [contributes] c + fee.
    double dues(std::size_t s) const noexcept { return (contributes_[s] ? rules_.cost : 0.0) + terms_[s].fee; }

    /// Payoff of an agent with `models` neighbors who earned `sum` in all its games: their mean when payoffs are
    /// averages, per meeting in the donation game.
    double averaged(double sum, std::uint32_t models) const noexcept {
        if (!rules_.average) return sum;
        if (rules_.kind == GameRules::Kind::donation) return models > 0 ? sum / models : 0.0;
        return rules_.hosts == GameRules::Hosts::all ? sum / (models + 1.0) : sum;
    }

    /// What co-players do to an agent of strategy s, less what it spends on them.
    double dealt(std::size_t s, const std::uint32_t* counts, std::uint32_t size) const noexcept;

    /// The count of a group from its numbers by strategy.
    GroupCount count_of(std::span<const std::uint32_t> counts) const noexcept;

private:
    /// What the fund does in a group.
    Incentive acting(const GroupCount& group, Incentive common) const noexcept {
        return rules_.fund.follows_everybody() ? common : incentive_of(rules_.fund, group);
    }

    GameRules rules_;
    std::vector<StrategyTerms> terms_;
    std::vector<std::uint8_t> contributes_, participates_;
    std::vector<double> plain_, divided_;  ///< [strategy, co-player's strategy]
    bool voluntary_ = false, deals_ = false;
};

}  // namespace commonweal
