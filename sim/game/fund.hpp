#pragma once

#include <cstdint>

namespace commonweal {

/// Who takes part in a group and gives.
struct GroupCount {
    std::uint32_t contributors = 0, participants = 0;
};

/// What a fund does in a game.
enum class Incentive : std::uint8_t { none, reward, punish };

/// An institution outside the games. In each game it has a budget of n d for n participants, which the fund pays and no
/// agent does, and divides it equally among those it acts on; where there are none it spends nothing.
///
///     reward   each of the n_C contributors gets            a n d / n_C
///     punish   each of the n_D = n - n_C others loses       b n d / n_D
///     carrot_then_stick   reward while n_C < switch_at n, then punish; by the counts of the group, or of all agents
/// With d = 0 no payoff changes a bit. Sources: Sasaki, Brannstrom, Dieckmann & Sigmund (2012), PNAS 109, 1165 (reward
/// and punishment); Chen, Sasaki, Brannstrom & Dieckmann (2015), J R Soc Interface 12, 20140935 (carrot, then stick).
struct FundRules {
    enum class Scheme : std::uint8_t { none, punish, reward, carrot_then_stick };

    Scheme scheme = Scheme::none;
    double per_head = 0;     ///< d, budget of a game per participant [payoff]
    double switch_at = 0.5;  ///< share of contributors among participants from which carrot_then_stick punishes [-]
    bool by_group = false;   ///< the share is that of the group, not that of all agents
    double bonus = 1;        ///< a, what a contributor gets for what is spent on it [payoff per payoff]
    double fine = 1;         ///< b, what another participant loses for what is spent on it [payoff per payoff]

    bool pays() const noexcept { return scheme != Scheme::none && per_head > 0; }

    /// The same incentive in every game, which changes with the share of contributors among all agents.
    bool follows_everybody() const noexcept { return pays() && scheme == Scheme::carrot_then_stick && !by_group; }
};

/// What a fund does where `count` takes part and gives.
inline Incentive incentive_of(const FundRules& fund, const GroupCount& count) noexcept {
    if (!fund.pays()) return Incentive::none;
    if (fund.scheme == FundRules::Scheme::punish) return Incentive::punish;
    if (fund.scheme == FundRules::Scheme::reward) return Incentive::reward;
    const bool few = static_cast<double>(count.contributors) < fund.switch_at * static_cast<double>(count.participants);
    return few ? Incentive::reward : Incentive::punish;
}

/// What a fund spends in a game on a participant who contributes or does not: n d / n_C or n d / n_D, or nothing.
inline double spent_on(const FundRules& fund, Incentive incentive, bool contributes, const GroupCount& group) noexcept {
    if (incentive == Incentive::none || (incentive == Incentive::reward) != contributes) return 0;
    const std::uint32_t among = contributes ? group.contributors : group.participants - group.contributors;
    return among > 0 ? static_cast<double>(group.participants) * fund.per_head / static_cast<double>(among) : 0.0;
}

/// What that changes in the participant's payoff.
inline double effect_of(const FundRules& fund, Incentive incentive, double spent) noexcept {
    return incentive == Incentive::reward ? fund.bonus * spent : -(fund.fine * spent);
}

}  // namespace commonweal
