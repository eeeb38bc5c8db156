#pragma once

#include <algorithm>
#include <cmath>

#include "tests/oracles/theory/linear.hpp"

/// Weak-selection thresholds on any connected graph from coalescence times; Wang & Su, arXiv:2411.00398, as written in
/// THEORY 1.5.
namespace commonweal::oracle {

enum class WeakRule { pairwise_comparison, death_birth };

/// A game with payoffs pi_i = ratio * sum_m benefit[i][m] s_m - cost[i] s_i.
struct LinearGraphGame {
    Matrix benefit;
    Vector cost;
};

/// The place of the unordered pair i != j among all pairs.
inline int pair_index(int i, int j) { return i > j ? i * (i - 1) / 2 + j : j * (j - 1) / 2 + i; }

/// tau_ii = 0, tau_ij = 1 + 1/2 sum_k (p_ik tau_jk + p_jk tau_ik), solved densely over the pairs.
inline Matrix coalescence_times(const Graph& graph) {
    const int agents = size(graph);
    const int pairs = agents * (agents - 1) / 2;
    Matrix system = identity(pairs);
    const auto move = [&](int mover, int other) {  // `mover` takes a step while `other` waits
        for (const int next : graph.neighbors[mover])
            if (next != other) system[pair_index(mover, other)][pair_index(next, other)] -= 0.5 / degree(graph, mover);
    };
    for (int i = 0; i < agents; ++i)
        for (int j = 0; j < agents; ++j)
            if (i != j) move(i, j);
    const Vector times = solve(std::move(system), Vector(pairs, 1));
    Matrix tau = zeros(agents, agents);
    for (int i = 0; i < agents; ++i)
        for (int j = 0; j < agents; ++j)
            if (i != j) tau[i][j] = times[pair_index(i, j)];
    return tau;
}

/// The largest |tau_ij - 1 - 1/2 sum_k (p_ik tau_jk + p_jk tau_ik)| over i != j: how well the equations are solved.
inline double coalescence_residual(const Graph& graph, const Matrix& tau) {
    const Matrix p = random_walk_matrix(graph);
    double worst = 0;
    for (int i = 0; i < size(graph); ++i)
        for (int j = 0; j < i; ++j)
            worst = std::max(worst, std::abs(tau[i][j] - 1 - 0.5 * (dot(p[i], tau[j]) + dot(p[j], tau[i]))));
    return worst;
}

/// B_im = sum over groups g of i that m is in of 1/(k_g+1), C_i = k_i+1; both divided by k_i+1 when averaged.
inline LinearGraphGame linear_public_goods(const Graph& graph, bool averaged) {
    const int agents = size(graph);
    LinearGraphGame game{zeros(agents, agents), Vector(agents)};
    const auto play = [&](int i, int host) {
        const double groups = averaged ? degree(graph, i) + 1 : 1;
        const double share = 1 / groups / (degree(graph, host) + 1);
        game.cost[i] += 1 / groups;
        game.benefit[i][host] += share;
        for (const int member : graph.neighbors[host]) game.benefit[i][member] += share;
    };
    for (int i = 0; i < agents; ++i) {
        play(i, i);
        for (const int host : graph.neighbors[i]) play(i, host);
    }
    return game;
}

/// Donation game: pi_i = sum over neighbors of (b s_j - c s_i), or the mean, with ratio = b/c and c = 1.
inline LinearGraphGame linear_donation(const Graph& graph, bool averaged) {
    LinearGraphGame game{zeros(size(graph), size(graph)), Vector(size(graph))};
    for (int i = 0; i < size(graph); ++i) {
        const double parts = averaged ? degree(graph, i) : 1;
        game.cost[i] = degree(graph, i) / parts;
        for (const int j : graph.neighbors[i]) game.benefit[i][j] = 1 / parts;
    }
    return game;
}

/// The ratio (r, or b/c) at which rho_C = 1/N under weak selection:
///   sum_ij k_i Q_ij C_j tau_ij / sum_ij k_i Q_ij sum_l (B_jl - B_il) tau_il,   Q = P for PC, P^2 for DB.
/// Cooperation is favored above it if it is positive; negative or infinite: never by a positive ratio.
inline double critical_ratio(const Graph& graph, const LinearGraphGame& game, WeakRule rule) {
    const Matrix p = random_walk_matrix(graph), tau = coalescence_times(graph);
    const Matrix q = rule == WeakRule::pairwise_comparison ? p : times(p, p);
    double above = 0, below = 0;
    for (int i = 0; i < size(graph); ++i)
        for (int j = 0; j < size(graph); ++j) {
            const double weight = degree(graph, i) * q[i][j];
            above += weight * game.cost[j] * tau[i][j];
            below += weight * (dot(game.benefit[j], tau[i]) - dot(game.benefit[i], tau[i]));
        }
    return above / below;
}

/// p3 = probability that a random walk from agent 0 is back after three steps.
inline double return_after_three(const Graph& graph) {
    const Matrix p = random_walk_matrix(graph);
    return times(times(p, p), p)[0][0];
}

/// Star with n leaves, averaged payoffs, PC: 4(3n-1)(n+1) / ((3n+1)(n-1)).
inline double star_critical_enhancement(double n) { return 4 * (3 * n - 1) * (n + 1) / ((3 * n + 1) * (n - 1)); }

/// Vertex-transitive k-regular graph, G = k+1, PC: G(N-1)/(N-G).
inline double transitive_pc_enhancement(double agents, double k) { return (k + 1) * (agents - 1) / (agents - k - 1); }

/// Vertex-transitive k-regular graph, G = k+1, DB: G^2 (N-2) / {N [k+3+k^2 p3] - 2G^2}.
inline double transitive_db_enhancement(double agents, double k, double p3) {
    const double g2 = (k + 1) * (k + 1);
    return g2 * (agents - 2) / (agents * (k + 3 + k * k * p3) - 2 * g2);
}

/// Donation game on a k-regular graph, DB: b/c = (N-2)/(N/k-2).
inline double regular_donation_ratio(double agents, double k) { return (agents - 2) / (agents / k - 2); }

}  // namespace commonweal::oracle
