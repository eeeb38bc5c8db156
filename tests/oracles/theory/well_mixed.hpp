#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "tests/oracles/theory/linear.hpp"

/// Two strategies in a population without structure; THEORY 1.1 to 1.3. Lists by number of cooperators k have the
/// places 0..Z, of which an advantage uses 1..Z-1.
namespace commonweal::oracle {

/// A game in groups of `group` from a population of `population`; payoffs by the number j of cooperating co-players.
struct GroupGame {
    int population, group;
    std::function<double(int j)> to_cooperator, to_defector;
};

/// to_cooperator = r c (j+1)/n - c, to_defector = r c j/n.
inline GroupGame linear_group_game(int population, int n, double r, double c) {
    return {population, n, [=](int j) { return r * c * (j + 1) / n - c; }, [=](int j) { return r * c * j / n; }};
}

/// C(good, j) C(bad, draws-j) / C(good+bad, draws): j good ones among `draws` without replacement.
inline double hypergeometric(int good, int bad, int draws, int j) {
    if (j < 0 || j > good || draws - j < 0 || draws - j > bad) return 0;
    double p = 1;
    for (int a = 0; a < j; ++a) p *= static_cast<double>(good - a) * (draws - a) / ((a + 1.0) * (good + bad - a));
    for (int b = 0; b < draws - j; ++b) p *= static_cast<double>(bad - b) / (good + bad - j - b);
    return p;
}

/// Mean of payoff(j) over the co-players of one agent: `cooperators` and `defectors` count the others in the
/// population.
inline double expected_payoff(const GroupGame& game, const std::function<double(int)>& payoff, int cooperators,
                              int defectors) {
    double mean = 0;
    for (int j = 0; j < game.group; ++j) mean += hypergeometric(cooperators, defectors, game.group - 1, j) * payoff(j);
    return mean;
}

/// pi_C(k), 1 <= k <= Z; THEORY 1.2.
inline double cooperator_payoff(const GroupGame& game, int k) {
    return expected_payoff(game, game.to_cooperator, k - 1, game.population - k);
}

/// pi_D(k), 0 <= k <= Z-1; THEORY 1.2.
inline double defector_payoff(const GroupGame& game, int k) {
    return expected_payoff(game, game.to_defector, k, game.population - k - 1);
}

/// Delta(k) = pi_C(k) - pi_D(k) for k = 1..Z-1; 0 at k = 0 and Z.
inline Vector advantages(const GroupGame& game) {
    Vector delta(game.population + 1, 0.0);
    for (int k = 1; k < game.population; ++k) delta[k] = cooperator_payoff(game, k) - defector_payoff(game, k);
    return delta;
}

/// Delta = c [(r/n)(Z-n)/(Z-1) - 1] of the linear game.
inline double linear_advantage(double population, double n, double r, double c) {
    return c * (r / n * (population - n) / (population - 1) - 1);
}

/// r* = n(Z-1)/(Z-n): where the linear game is neutral; infinite if n = Z.
inline double neutral_enhancement(double population, double n) { return n * (population - 1) / (population - n); }

inline double fermi(double x) { return 1 / (1 + std::exp(-x)); }

/// T+(k) under the Fermi rule with mutation probability mu: one more cooperator; THEORY 1.2, 1.3.
inline double gain(const Vector& delta, double beta, int k, double mu = 0) {
    const double z = static_cast<double>(delta.size()) - 1;
    return (1 - mu) * k * (z - k) / (z * (z - 1)) * fermi(beta * delta[k]) + mu / 2 * (z - k) / z;
}

/// T-(k): one less.
inline double loss(const Vector& delta, double beta, int k, double mu = 0) {
    const double z = static_cast<double>(delta.size()) - 1;
    return (1 - mu) * k * (z - k) / (z * (z - 1)) * fermi(-beta * delta[k]) + mu / 2 * k / z;
}

/// G(k) = T+ - T- = k(Z-k)/(Z(Z-1)) tanh(beta Delta(k)/2).
inline double selection_gradient(const Vector& delta, double beta, int k) {
    const double z = static_cast<double>(delta.size()) - 1;
    return k * (z - k) / (z * (z - 1)) * std::tanh(beta * delta[k] / 2);
}

/// phi_i for any log_ratios[k] = ln(T-(k)/T+(k)), k = 1..Z-1: sum_{k<i} prod_{l<=k} T-/T+ over the same with i = Z.
/// Overflow-safe.
inline double fixation_from(const Vector& log_ratios, int i) {
    const std::size_t z = log_ratios.size() - 1;
    Vector exponents(z, 0.0);
    for (std::size_t k = 1; k < z; ++k) exponents[k] = exponents[k - 1] + log_ratios[k];
    const double largest = *std::max_element(exponents.begin(), exponents.end());
    double part = 0, whole = 0;
    for (std::size_t k = 0; k < z; ++k) {
        whole += std::exp(exponents[k] - largest);
        if (static_cast<int>(k) < i) part += std::exp(exponents[k] - largest);
    }
    return part / whole;
}

/// phi_i under the Fermi rule (ln T-/T+ = -beta Delta), or Moran with fitness exp(beta pi). i = 1 is rho_C and
/// 1 - phi_{Z-1} is rho_D.
inline double fermi_fixation(const Vector& delta, double beta, int i = 1) {
    Vector ratios;
    for (const double d : delta) ratios.push_back(-beta * d);
    return fixation_from(ratios, i);
}

/// phi_i = (1 - e^{-beta Delta i}) / (1 - e^{-beta Delta Z}) for a Delta that does not depend on k.
inline double constant_fixation(double beta_delta, int population, int i = 1) {
    if (beta_delta == 0) return static_cast<double>(i) / population;
    return std::expm1(-beta_delta * i) / std::expm1(-beta_delta * population);
}

/// Moran process with fitness 1 - w + w pi: rho_C = 1 / (1 + sum_k prod_{i<=k} f_D(i)/f_C(i)).
inline double moran_linear_fixation(const GroupGame& game, double w, int i = 1) {
    Vector ratios(game.population + 1, 0.0);
    for (int k = 1; k < game.population; ++k)
        ratios[k] = std::log((1 - w + w * defector_payoff(game, k)) / (1 - w + w * cooperator_payoff(game, k)));
    return fixation_from(ratios, i);
}

/// sum_{k=1}^{Z-1} sum_{l=1}^{k} weight(l) / T+(l) prod_{m=l+1}^{k} T-(m)/T+(m): the sum in t1 and t1^C of THEORY 1.2,
/// for any Delta(k).
inline double weighted_visits(const Vector& delta, double beta, const std::function<double(int)>& weight) {
    double sum = 0, inner = 0;  // inner(k) = inner(k-1) T-(k)/T+(k) + weight(k)/T+(k)
    for (int k = 1; k + 1 < static_cast<int>(delta.size()); ++k) {
        inner = (inner * loss(delta, beta, k) + weight(k)) / gain(delta, beta, k);
        sum += inner;
    }
    return sum;
}

/// t1: mean absorption time from one cooperator [elementary steps].
inline double absorption_time(const Vector& delta, double beta) {
    return fermi_fixation(delta, beta) * weighted_visits(delta, beta, [](int) { return 1.0; });
}

/// t1^C: the same, given that C fixates.
inline double fixation_time(const Vector& delta, double beta) {
    return weighted_visits(delta, beta, [&](int l) { return fermi_fixation(delta, beta, l); });
}

/// p_k = p_0 prod_{j<k} T+(j)/T-(j+1) with mutation mu > 0; THEORY 1.3.
inline Vector stationary_distribution(const Vector& delta, double beta, double mu) {
    Vector log_p(delta.size(), 0.0);
    for (int k = 1; k < static_cast<int>(delta.size()); ++k)
        log_p[k] = log_p[k - 1] + std::log(gain(delta, beta, k - 1, mu) / loss(delta, beta, k, mu));
    const double largest = *std::max_element(log_p.begin(), log_p.end());
    Vector p;
    for (const double x : log_p) p.push_back(std::exp(x - largest));
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& x : p) x /= sum;
    return p;
}

/// sum_k p_k k / Z.
inline double mean_share(const Vector& p) {
    double mean = 0;
    for (std::size_t k = 0; k < p.size(); ++k) mean += p[k] * static_cast<double>(k);
    return mean / (static_cast<double>(p.size()) - 1);
}

/// x(t) of the replicator equation, logit x(t) = logit x(0) + c (r/n - 1) t; THEORY 1.1.
inline double replicator_share(double x0, double advantage, double t) {
    return fermi(std::log(x0 / (1 - x0)) + advantage * t);
}

}  // namespace commonweal::oracle
