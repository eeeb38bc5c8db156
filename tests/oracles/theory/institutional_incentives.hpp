#pragma once

#include <cmath>
#include <functional>

#include "tests/oracles/theory/well_mixed.hpp"

/// A fund that rewards or punishes in groups of n, in which contributions return to the others; THEORY 5.4. A
/// population of Z agents, k of whom cooperate, stands beside the infinite one with the share x = k / Z.
namespace commonweal::oracle {

/// Probability that n agents drawn from Z without replacement are all among k of them: C(k, n) / C(Z, n), which is
/// (k / Z)^n in an infinite population.
inline double all_among(double k, double z, int n) {
    double p = 1;
    for (int i = 0; i < n; ++i) p *= std::max(k - i, 0.0) / (z - i);
    return p;
}

/// What a defector expects to lose when n d is divided among the defectors of its group.
///
/// With J defectors among its n - 1 co-players it loses n d / (J + 1). J has the hypergeometric law of n - 1 draws from
/// Z - 1 agents with K = Z - k - 1 defectors, and C(K, j) / (j + 1) = C(K + 1, j + 1) / (K + 1), so that
///     E[n / (J + 1)] = n (C(Z, n) - C(k, n)) / ((Z - k) C(Z - 1, n - 1)) = Z / (Z - k) (1 - C(k, n) / C(Z, n)),
/// of which the limit is (1 - x^n) / (1 - x).
inline double expected_fine(double k, double z, int n, double d) { return d * z / (z - k) * (1 - all_among(k, z, n)); }

/// What a cooperator expects to get: the same with the roles exchanged, and d (1 - (1 - x)^n) / x in the limit.
inline double expected_bonus(double k, double z, int n, double d) { return expected_fine(z - k, z, n, d); }

/// Expected payoff of a cooperator less that of a defector, without incentives: it pays c, and of the others one less
/// gives to it: -c - r c / (Z - 1).
inline double others_only_advantage(double z, double r, double c) { return -c - r * c / (z - 1); }

/// Where f, which has one change of sign in [low, high], is zero.
inline double root_of(const std::function<double(double)>& f, double low, double high) {
    const bool rises = f(high) > 0;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2;
        ((f(middle) > 0) == rises ? high : low) = middle;
    }
    return (low + high) / 2;
}

/// x* in (0, 1) with sum_{i=0}^{n-1} x*^i = c / d, for c / n < d < c.
inline double unstable_share(int n, double d_over_c) {
    return root_of(
        [=](double x) {
            double sum = 0;
            for (int i = n; i-- > 0;) sum = sum * x + 1;
            return sum - 1 / d_over_c;
        },
        0, 1);
}

/// The least d / c at which carrot, then stick leads from everywhere to full cooperation, when the population's share
/// decides at one half and a = b = 1: the incentive is least there, 2 d (1 - 2^-n).
inline double carrot_then_stick_threshold(int n) { return 1 / (2 * (1 - std::exp2(-n))); }

}  // namespace commonweal::oracle
