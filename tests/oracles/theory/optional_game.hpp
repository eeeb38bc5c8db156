#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

/// The optional public-goods game with loners; THEORY 1.4. Hauert, De Monte, Hofbauer & Sigmund 2002.
namespace commonweal::oracle {

struct OptionalGame {
    int sample = 5;          ///< N, agents asked to play
    double enhancement = 3;  ///< r
    double loner = 1;        ///< sigma
};

/// f = share of cooperators among participants, z = share of loners.
struct OptionalState {
    double f, z;
};

/// F(z) = P_D - P_C = 1 + (r-1) z^{N-1} - (r/N)(1-z^N)/(1-z), for 0 <= z < 1.
inline double free_riding_gain(const OptionalGame& game, double z) {
    const double r = game.enhancement;
    const int n = game.sample;
    return 1 + (r - 1) * std::pow(z, n - 1) - r / n * (1 - std::pow(z, n)) / (1 - z);
}

/// P_D = sigma z^{N-1} + r x/(1-z) [1 - (1-z^N)/(N(1-z))] with x/(1-z) = f.
inline double optional_defector_payoff(const OptionalGame& game, OptionalState at) {
    const int n = game.sample;
    const double not_shared = 1 - (1 - std::pow(at.z, n)) / (n * (1 - at.z));
    return game.loner * std::pow(at.z, n - 1) + game.enhancement * at.f * not_shared;
}

inline double optional_cooperator_payoff(const OptionalGame& game, OptionalState at) {
    return optional_defector_payoff(game, at) - free_riding_gain(game, at.z);
}

/// fdot = -f(1-f) F(z),  zdot = [sigma - f(r-1)] z (1-z)(1-z^{N-1}): the replicator equation.
inline OptionalState optional_speed(const OptionalGame& game, OptionalState at) {
    const double pull = game.loner - at.f * (game.enhancement - 1);
    return {-at.f * (1 - at.f) * free_riding_gain(game, at.z),
            pull * at.z * (1 - at.z) * (1 - std::pow(at.z, game.sample - 1))};
}

/// F(z*) = 0 inside (0, 1), by bisection, and f* = sigma/(r-1). Needs 2 < r < N and 0 < sigma < r-1.
inline OptionalState interior_point(const OptionalGame& game) {
    double low = 0, high = 1 - 1e-4;  // z = 1 is a root too
    if (!(free_riding_gain(game, low) > 0 && free_riding_gain(game, high) < 0))
        throw std::invalid_argument("no interior point");
    for (int halving = 0; halving < 100; ++halving) {
        const double middle = (low + high) / 2;
        (free_riding_gain(game, middle) > 0 ? low : high) = middle;
    }
    return {game.loner / (game.enhancement - 1), low};
}

/// 2 pi / omega,  omega^2 = -f*(1-f*) F'(z*) z*(1-z*)(1-z*^{N-1})(r-1), with F' by a central difference.
inline double small_amplitude_period(const OptionalGame& game) {
    const auto [f, z] = interior_point(game);
    const double h = 1e-5;
    const double slope = (free_riding_gain(game, z + h) - free_riding_gain(game, z - h)) / (2 * h);
    const double square =
        -f * (1 - f) * slope * z * (1 - z) * (1 - std::pow(z, game.sample - 1)) * (game.enhancement - 1);
    return 2 * std::numbers::pi / std::sqrt(square);
}

/// One step of the classical fourth-order Runge-Kutta method.
inline OptionalState runge_kutta_step(const OptionalGame& game, OptionalState at, double h) {
    const auto moved = [&](const OptionalState& speed, double by) {
        return OptionalState{at.f + by * speed.f, at.z + by * speed.z};
    };
    const OptionalState a = optional_speed(game, at);
    const OptionalState b = optional_speed(game, moved(a, h / 2));
    const OptionalState c = optional_speed(game, moved(b, h / 2));
    const OptionalState d = optional_speed(game, moved(c, h));
    return {at.f + h / 6 * (a.f + 2 * b.f + 2 * c.f + d.f), at.z + h / 6 * (a.z + 2 * b.z + 2 * c.z + d.z)};
}

/// One closed orbit: its period and the averages over it of f, z and F.
struct Orbit {
    double period = 0, mean_f = 0, mean_z = 0, mean_gain = 0;
};

/// Adds the integrals over a step from `from` to `to`, by the trapezoidal rule (spectral on a closed orbit).
inline void add_step(const OptionalGame& game, OptionalState from, OptionalState to, double h, Orbit& orbit) {
    orbit.period += h;
    orbit.mean_f += h * (from.f + to.f) / 2;
    orbit.mean_z += h * (from.z + to.z) / 2;
    orbit.mean_gain += h * (free_riding_gain(game, from.z) + free_riding_gain(game, to.z)) / 2;
}

/// The part of a step h after which f crosses f*, by bisection.
inline double crossing(const OptionalGame& game, OptionalState at, double h, double target) {
    const bool below = at.f < target;
    double low = 0, high = h;
    for (int halving = 0; halving < 60; ++halving) {
        const double middle = (low + high) / 2;
        ((runge_kutta_step(game, at, middle).f < target) == below ? low : high) = middle;
    }
    return high;
}

/// Follows the orbit that starts at f*, z = `z` (not z*), until f has crossed f* twice.
inline Orbit follow_orbit(const OptionalGame& game, double z, double h) {
    const double target = interior_point(game).f;
    OptionalState at{target, z};
    Orbit orbit;
    for (int crossings = 0; crossings < 2;) {
        const OptionalState next = runge_kutta_step(game, at, h);
        const bool first = orbit.period == 0;  // starts on the line
        const bool crosses = !first && (at.f < target) != (next.f < target);
        crossings += crosses;
        const double part = crosses && crossings == 2 ? crossing(game, at, h, target) : h;
        const OptionalState to = part == h ? next : runge_kutta_step(game, at, part);
        add_step(game, at, to, part, orbit);
        at = to;
    }
    for (double* mean : {&orbit.mean_f, &orbit.mean_z, &orbit.mean_gain}) *mean /= orbit.period;
    return orbit;
}

}  // namespace commonweal::oracle
