#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "tests/oracles/theory/linear.hpp"
#include "tests/oracles/theory/well_mixed.hpp"

/// Punishment in optional public-goods games when mutations are rare; THEORY 1.6. Hauert, Traulsen, Brandt, Nowak &
/// Sigmund 2007 (Science 316:1905); Sigmund, De Silva, Traulsen & Hauert 2010 (Nature 466:861).
namespace commonweal::oracle {

/// Cooperator, defector, loner, peer punisher, pool punisher.
enum class Role { C, D, L, W, V };

inline constexpr int roles = 5;

/// Members of a group by role.
using Composition = std::array<int, roles>;

struct PunishmentGame {
    int population = 100;            ///< M
    int sample = 5;                  ///< N, agents asked to play
    double enhancement = 3;          ///< r
    double cost = 1;                 ///< c
    double loner = 1;                ///< sigma, of a loner or a lone participant
    double peer_fine = 1;            ///< beta, of a defector per peer punisher
    double peer_cost = 0.3;          ///< gamma, of a peer punisher per defector
    double pool_fine = 0.7;          ///< B, of a defector per pool punisher
    double pool_fee = 0.7;           ///< G, of a pool punisher up front
    bool second_order_pool = false;  ///< C and W too lose B per pool punisher
};

inline int count(const Composition& group, Role role) { return group[static_cast<std::size_t>(role)]; }

/// What sanctions add to the payoff of a member of the group.
inline double sanction_payoff(const PunishmentGame& game, const Composition& group, Role role) {
    const double fined_by_pool = -game.pool_fine * count(group, Role::V);
    const double second_order = game.second_order_pool ? fined_by_pool : 0;
    switch (role) {
        case Role::D:
            return fined_by_pool - game.peer_fine * count(group, Role::W);
        case Role::W:
            return second_order - game.peer_cost * count(group, Role::D);
        case Role::V:
            return -game.pool_fee;
        case Role::C:
            return second_order;
        case Role::L:
            return 0;
    }
    return 0;
}

/// Payoff of a member: sigma for a loner and for a lone participant (who pays no fee); else r c n_contributors / S,
/// minus c for contributors C, W and V, and the sanctions.
inline double member_payoff(const PunishmentGame& game, const Composition& group, Role role) {
    const int participants = game.sample - count(group, Role::L);
    if (role == Role::L || participants == 1) return game.loner;
    const int contributors = participants - count(group, Role::D);
    const double share = game.enhancement * game.cost * contributors / participants;
    return share - (role == Role::D ? 0 : game.cost) + sanction_payoff(game, group, role);
}

/// Expected payoff of an agent of role `own` among `same` others of its role and `different` agents of role `other`,
/// over the hypergeometric groups.
inline double expected_member_payoff(const PunishmentGame& game, Role own, Role other, int same, int different) {
    double mean = 0;
    for (int j = 0; j < game.sample; ++j) {
        Composition group{};
        group[static_cast<std::size_t>(own)] += j + 1;
        group[static_cast<std::size_t>(other)] += game.sample - 1 - j;
        mean += hypergeometric(same, different, game.sample - 1, j) * member_payoff(game, group, own);
    }
    return mean;
}

/// What an invader earns more than a resident when there are k invaders.
inline double invader_advantage(const PunishmentGame& game, Role invader, Role resident, int k) {
    const int m = game.population;
    return expected_member_payoff(game, invader, resident, k - 1, m - k) -
           expected_member_payoff(game, resident, invader, m - k - 1, k);
}

/// e^{-s x}; for infinite s its limit, with |x| < 1e-9 taken as zero.
inline double selection_weight(double s, double x) {
    if (std::isfinite(s)) return std::exp(-s * x);
    return std::abs(x) < 1e-9 ? 1 : x > 0 ? 0 : HUGE_VAL;
}

/// rho = 1 / sum_{k=0}^{M-1} exp(-s sum_{i<=k} Delta(i)) under the Fermi rule of strength s, which may be infinite. An
/// overflow of the sum is a probability of 0.
inline double invasion_probability(const PunishmentGame& game, Role invader, Role resident, double s) {
    double sum = 1, total = 0;
    for (int k = 1; k < game.population; ++k) {
        const double advantage = invader_advantage(game, invader, resident, k);
        total += std::abs(advantage) < 1e-12 ? 0 : advantage;  // rounding must not matter where s is large
        sum += selection_weight(s, total);
    }
    return 1 / sum;
}

/// Lambda_ij = rho(j invades i) / (d-1): the chain over monomorphic states.
inline Matrix embedded_chain(const PunishmentGame& game, const std::vector<Role>& strategies, double s) {
    const int d = static_cast<int>(strategies.size());
    Matrix lambda = identity(d);
    for (int i = 0; i < d; ++i)
        for (int j = 0; j < d; ++j) {
            if (i == j) continue;
            lambda[i][j] = invasion_probability(game, strategies[j], strategies[i], s) / (d - 1);
            lambda[i][i] -= lambda[i][j];
        }
    return lambda;
}

/// The time shares of the monomorphic states as mutations become rare, in the order of `strategies`.
inline Vector small_mutation_shares(const PunishmentGame& game, const std::vector<Role>& strategies, double s) {
    return stationary_vector(embedded_chain(game, strategies, s));
}

}  // namespace commonweal::oracle
