#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <vector>

#include "tests/oracles/theory/graph.hpp"

/// Threshold cascades; THEORY 4.1 and 4.2. An agent is active for good once m of its k neighbors are and m/k >= phi.
namespace commonweal::oracle {

/// p[k] = share of agents with degree k.
using DegreeShares = std::vector<double>;

/// Poisson shares with mean z, cut where they no longer count.
inline DegreeShares poisson_degrees(double z) {
    DegreeShares p;
    for (int k = 0; k < z + 20 * std::sqrt(z) + 40; ++k)
        p.push_back(std::exp(k * std::log(z) - z - std::lgamma(k + 1)));
    return p;
}

inline double mean_degree(const DegreeShares& p) {
    double mean = 0;
    for (std::size_t k = 0; k < p.size(); ++k) mean += static_cast<double>(k) * p[k];
    return mean;
}

/// K* = floor(1/phi), guarded against rounding: agents with at most K* neighbors follow a single one.
inline int vulnerable_degree(double phi) { return static_cast<int>(std::floor(1 / phi + 1e-9)); }

/// Q(a, z) = e^{-z} sum_{j<a} z^j / j!.
inline double poisson_below(int a, double z) {
    double term = std::exp(-z), sum = 0;
    for (int j = 0; j < a; ++j) {
        sum += term;
        term *= z / (j + 1);
    }
    return sum;
}

/// Where z Q(K*-1, z) = 1 between `low` and `high`, one of which is inside of the window of global cascades.
inline double window_edge(double phi, double low, double high) {
    const auto inside = [&](double z) { return z * poisson_below(vulnerable_degree(phi) - 1, z) > 1; };
    const bool low_inside = inside(low);
    if (low_inside == inside(high)) throw std::invalid_argument("no edge between the two mean degrees");
    for (int halving = 0; halving < 100; ++halving) {
        const double middle = (low + high) / 2;
        (inside(middle) == low_inside ? low : high) = middle;
    }
    return (low + high) / 2;
}

struct Window {
    double lower, upper;
};

/// Mean degrees between which global cascades are possible on a Poisson random graph, z Q(K*-1, z) > 1: Watts 2002.
inline Window cascade_window(double phi) {
    double best = 1, highest = 0;
    for (double z = 0.01; z < 100; z += 0.01)
        if (const double value = z * poisson_below(vulnerable_degree(phi) - 1, z); value > highest)
            highest = value, best = z;
    return {window_edge(phi, 1e-6, best), window_edge(phi, best, 1000)};
}

/// The fixed point that is reached from x0 by x <- map(x), to 1e-14.
inline double fixed_point(double x, const std::function<double(double)>& map) {
    for (int round = 0; round < 10'000'000; ++round) {
        const double next = map(x);
        if (std::abs(next - x) < 1e-14) return next;
        x = next;
    }
    throw std::runtime_error("no fixed point found");
}

/// What one initial adopter starts in an infinite random graph with degrees p; K* from the threshold phi of all.
struct SingleAdopter {
    double branch;            ///< u: a link leads to the giant vulnerable cluster [-]
    double global;            ///< P(global cascade) [-]
    double vulnerable_share;  ///< S_v, the giant vulnerable cluster [share of agents]
};

/// u = sum_{k<=K*} (k/z) p_k [1-(1-u)^{k-1}];  P = sum_k p_k [1-(1-u)^k];  S_v the same sum over k <= K*.
inline SingleAdopter single_adopter(const DegreeShares& p, double phi) {
    const double z = mean_degree(p);
    const std::size_t limit = static_cast<std::size_t>(vulnerable_degree(phi));
    const double u = fixed_point(1, [&](double x) {
        double sum = 0;
        for (std::size_t k = 1; k < p.size() && k <= limit; ++k)
            sum += static_cast<double>(k) / z * p[k] * (1 - std::pow(1 - x, k - 1));
        return sum;
    });
    SingleAdopter result{u, 0, 0};
    for (std::size_t k = 0; k < p.size(); ++k) {
        const double reached = p[k] * (1 - std::pow(1 - u, k));
        result.global += reached;
        if (k <= limit) result.vulnerable_share += reached;
    }
    return result;
}

/// P(at least `least` of n), each with probability q.
inline double binomial_at_least(int n, int least, double q) {
    if (least <= 0) return 1;
    if (q <= 0) return 0;
    if (q >= 1) return least <= n ? 1 : 0;
    double sum = 0;
    for (int m = least; m <= n; ++m)
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(m + 1) - std::lgamma(n - m + 1) + m * std::log(q) +
                        (n - m) * std::log1p(-q));
    return sum;
}

/// The fewest active neighbors m with m/k >= phi, guarded against rounding.
inline int needed_neighbors(int k, double phi) { return static_cast<int>(std::ceil(phi * k - 1e-9)); }

/// Final share of active agents when a share rho0 starts active: Gleeson & Cahalane 2007,
///   q   <- rho0 + (1-rho0) sum_k (k/z) p_k P(Binomial(k-1, q) >= phi k),   from q = rho0
///   rho  = rho0 + (1-rho0) sum_k p_k P(Binomial(k, q) >= phi k);   agents without neighbors follow nobody.
inline double gleeson_cahalane(const DegreeShares& p, double phi, double rho0) {
    const double z = mean_degree(p);
    const int degrees = static_cast<int>(p.size());
    const double q = fixed_point(rho0, [&](double x) {
        double sum = 0;
        for (int k = 1; k < degrees; ++k) sum += k / z * p[k] * binomial_at_least(k - 1, needed_neighbors(k, phi), x);
        return rho0 + (1 - rho0) * sum;
    });
    double sum = 0;
    for (int k = 1; k < degrees; ++k) sum += p[k] * binomial_at_least(k, needed_neighbors(k, phi), q);
    return rho0 + (1 - rho0) * sum;
}

/// Rounds until all have adopted on a ring of N with k neighbors on each side, absolute threshold a <= k, from an agent
/// and its neighbors: ceil(max(0, N-2k-1-(2k+1-a)) / (2(k-a+1))) + 1 for N > 2k+1; THEORY 4.2.
inline int ring_adoption_rounds(int agents, int k, int a) {
    const int speed = 2 * (k - a + 1);
    const int gap = std::max(0, agents - 2 * k - 1 - (2 * k + 1 - a));
    return (gap + speed - 1) / speed + 1;
}

/// Links across a cut of a ring with k neighbors on each side, k(k+1)/2: the width of the bridge between the sides.
inline int ring_bridge_width(int k) { return k * (k + 1) / 2; }

/// An agent and its neighbors, as initial adopters.
inline std::vector<bool> neighborhood(const Graph& graph, int center) {
    std::vector<bool> active(graph.neighbors.size(), false);
    active[center] = true;
    for (const int i : graph.neighbors[center]) active[i] = true;
    return active;
}

/// Synchronous complex contagion: an agent adopts for good once `needed(degree)` neighbors have. Returns how many have
/// adopted after each round, from round 0 until nothing changes.
inline std::vector<int> adoption_curve(const Graph& graph, std::vector<bool> active,
                                       const std::function<int(int)>& needed) {
    std::vector<int> curve{static_cast<int>(std::count(active.begin(), active.end(), true))};
    while (true) {
        std::vector<bool> next = active;
        for (int i = 0; i < size(graph); ++i) {
            int adopted = 0;
            for (const int j : graph.neighbors[i]) adopted += active[j];
            if (degree(graph, i) > 0 && adopted >= needed(degree(graph, i))) next[i] = true;
        }
        if (next == active) return curve;
        active = next;
        curve.push_back(static_cast<int>(std::count(active.begin(), active.end(), true)));
    }
}

}  // namespace commonweal::oracle
