#pragma once

#include <cmath>

#include "tests/oracles/theory/linear.hpp"

/// Linear averaging and linear conditional cooperation; THEORY 4.3 and 4.4.
namespace commonweal::oracle {

/// x' = W x: the value that all come to, pi . x0 with pi the left eigenvector of W (aperiodic, one closed class).
inline double degroot_limit(const Matrix& w, const Vector& x0) { return dot(stationary_vector(w), x0); }

/// pi_i = k_i / sum k: the left eigenvector of random-walk weights on an undirected graph.
inline Vector degree_weights(const Graph& graph) {
    Vector weights;
    double sum = 0;
    for (int i = 0; i < size(graph); ++i) sum += degree(graph, i);
    for (int i = 0; i < size(graph); ++i) weights.push_back(degree(graph, i) / sum);
    return weights;
}

/// (1 - stay) P + stay I: the lazy walk, which does not oscillate on bipartite graphs.
inline Matrix lazy(const Matrix& p, double stay) {
    const Matrix one = identity(static_cast<int>(p.size()));
    return minus(minus(one, 1 - stay, one), -(1 - stay), p);
}

/// W^t x0.
inline Vector averaged_after(const Matrix& w, Vector x, int t) {
    for (int round = 0; round < t; ++round) x = times(w, x);
    return x;
}

/// diag(d) A.
inline Matrix scaled_rows(const Vector& d, Matrix a) {
    for (std::size_t i = 0; i < a.size(); ++i)
        for (double& x : a[i]) x *= d[i];
    return a;
}

/// x' = Lam W x + (I-Lam) x0 with Lam = diag(openness): x = (I - Lam W)^{-1} (I-Lam) x0.
inline Vector friedkin_johnsen(const Matrix& w, const Vector& openness, const Vector& x0) {
    Vector right;
    for (std::size_t i = 0; i < x0.size(); ++i) right.push_back((1 - openness[i]) * x0[i]);
    return solve(minus(identity(static_cast<int>(w.size())), 1, scaled_rows(openness, w)), right);
}

/// c' = a + b P c: c* = (I - bP)^{-1} a, |b| < 1.
inline Vector conditional_contributions(const Matrix& p, double b, const Vector& a) {
    return solve(minus(identity(static_cast<int>(p.size())), b, p), a);
}

/// 1'(I-bP)^{-1} e_j: what all give more for good after a permanent unit shock to the intercept of j.
inline double total_response(const Matrix& p, double b, int j) {
    Vector shock(p.size(), 0.0);
    shock[j] = 1;
    double sum = 0;
    for (const double x : conditional_contributions(p, b, shock)) sum += x;
    return sum;
}

/// b^t (P^t)_ij: what i gives more t rounds after a unit pulse at j.
inline double pulse_response(const Matrix& p, double b, int i, int j, int t) {
    Vector pulse(p.size(), 0.0);
    pulse[j] = 1;
    return std::pow(b, t) * averaged_after(p, pulse, t)[i];
}

/// Sigma = b^2 P Sigma P' + sigma^2 I: the stationary covariance under independent noise, summed to machine precision.
inline Matrix stationary_covariance(const Matrix& p, double b, double sigma) {
    Matrix term = identity(static_cast<int>(p.size())),
           sum = zeros(static_cast<int>(p.size()), static_cast<int>(p.size()));
    for (double weight = sigma * sigma; weight > 1e-18 * sigma * sigma; weight *= b * b) {
        sum = minus(sum, -weight, term);
        term = times(times(p, term), transposed(p));
    }
    return sum;
}

/// (h + 3b)^t in groups of 4, c_i' = a + h c_i + b (sum of the `others`): what all give more t rounds after one gives 1
/// more.
inline double strangers_response(double h, double b, int others, int t) { return std::pow(h + others * b, t); }

/// sum_{t=0}^{T-1} (h + 3b)^t: the multiplier over T rounds.
inline double strangers_multiplier(double h, double b, int others, int rounds) {
    double sum = 0;
    for (int t = 0; t < rounds; ++t) sum += strangers_response(h, b, others, t);
    return sum;
}

}  // namespace commonweal::oracle
