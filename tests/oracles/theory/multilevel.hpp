#pragma once

#include <cmath>

/// Multilevel selection with rare splitting; THEORY 5.1. Traulsen & Nowak 2006.
namespace commonweal::oracle {

/// m groups of at most n; fitness exp(w pi); prisoner's dilemma with benefit b and cost c, averaged over group mates.
struct MultilevelGame {
    double groups, members;  ///< m, n
    double benefit, cost;    ///< b, c
};

/// (1 - e^{-x}) / (1 - e^{-x size}): fixation of one type whose log fitness is larger by x; 1/size at x = 0.
inline double moran_fixation(double x, double size) {
    return x == 0 ? 1 / size : std::expm1(-x) / std::expm1(-x * size);
}

/// rho_C = (1-e^{wd})/(1-e^{nwd}) * (1-e^{-w(b-c)})/(1-e^{-mw(b-c)}),  d = c + b/(n-1): a cooperator first takes over
/// its group, then its group the others; splitting probability q -> 0.
inline double multilevel_fixation(const MultilevelGame& game, double w) {
    const double inside = game.cost + game.benefit / (game.members - 1);
    return moran_fixation(-w * inside, game.members) * moran_fixation(w * (game.benefit - game.cost), game.groups);
}

/// Weak selection favors cooperation, rho_C > 1/(nm), iff b/c > 1 + n/(m-2).
inline double multilevel_ratio(double groups, double members) { return 1 + members / (groups - 2); }

/// For many groups with migration: b/c > 1 + z + n/m, z = migration rate / q; z = 0 without migration.
inline double multilevel_ratio_many_groups(double groups, double members, double z) { return 1 + z + members / groups; }

}  // namespace commonweal::oracle
