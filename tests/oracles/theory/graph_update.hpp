#pragma once

#include <algorithm>
#include <cmath>

#include "tests/oracles/theory/graph_game.hpp"

/// Update rules of two-strategy games on a graph.
namespace commonweal::oracle {

/// An elementary step as a list of numbers: agent i changes its strategy with probability flips[i] / N, and at most one
/// agent changes. With `of_focal_agent`, flips[i] is the probability that agent i changes given that it is the one to
/// choose; only such rules have a synchronous form, in which every agent changes independently with flips[i].
struct Update {
    std::function<Vector(const Graph&, Profile, const Vector& payoffs)> flips;
    bool of_focal_agent = true;
};

/// The update in which a focal agent i changes with the probability change(graph, profile, payoffs, i).
template <class Change>
Update focal_update(Change change) {
    return {[change](const Graph& graph, Profile profile, const Vector& payoffs) {
        Vector flips;
        for (int i = 0; i < size(graph); ++i) flips.push_back(change(graph, profile, payoffs, i));
        return flips;
    }};
}

inline bool differ(Profile profile, int i, int j) { return cooperates(profile, i) != cooperates(profile, j); }

/// PC: a random neighbor j is copied with probability 1/(1 + exp(w (pi_i - pi_j))); THEORY 1.5.
inline Update pairwise_comparison(double w) {
    return focal_update([w](const Graph& graph, Profile profile, const Vector& pi, int i) {
        double change = 0;
        for (const int j : graph.neighbors[i])
            if (differ(profile, i, j)) change += 1 / (1 + std::exp(w * (pi[i] - pi[j])));
        return change / degree(graph, i);
    });
}

/// DB: the focal agent dies, neighbor j takes its place with probability e^{w pi_j} / sum over neighbors; THEORY 1.5.
inline Update death_birth(double w) {
    return focal_update([w](const Graph& graph, Profile profile, const Vector& pi, int i) {
        double change = 0, sum = 0;
        for (const int j : graph.neighbors[i]) {
            const double weight = std::exp(w * pi[j]);
            sum += weight;
            if (differ(profile, i, j)) change += weight;
        }
        return change / sum;
    });
}

/// BD: a parent j is chosen in the whole population with probability e^{w pi_j} / sum over all, and its offspring takes
/// the place of one of its k_j neighbors, chosen uniformly. Not a rule of a focal agent.
inline Update birth_death(double w) {
    const auto flips = [w](const Graph& graph, Profile profile, const Vector& pi) {
        const int agents = size(graph);
        double sum = 0;
        for (const double payoff : pi) sum += std::exp(w * payoff);
        Vector change(agents, 0.0);
        for (int j = 0; j < agents; ++j)
            for (const int i : graph.neighbors[j])
                if (differ(profile, i, j)) change[i] += agents * std::exp(w * pi[j]) / sum / degree(graph, j);
        return change;
    };
    return {flips, false};
}

/// The focal agent takes the strategy of the best in its closed neighborhood. It keeps its own when an agent of its own
/// strategy, itself or a neighbor, is among the best; payoffs within 1e-9 are equal. So nothing is left to chance but
/// who is focal. Nowak & May 1992.
inline Update imitate_best() {
    return focal_update([](const Graph& graph, Profile profile, const Vector& pi, int i) {
        double own = pi[i], other = -HUGE_VAL;
        for (const int j : graph.neighbors[i]) {
            double& best = differ(profile, i, j) ? other : own;
            best = std::max(best, pi[j]);
        }
        return other > own + 1e-9 * std::max(1.0, std::abs(own)) ? 1.0 : 0.0;
    });
}

/// The payoff difference at which agent i surely copies agent j.
using PairScale = std::function<double(int i, int j)>;

/// A random neighbor j is copied with probability max(0, pi_j - pi_i) / scale(i, j); THEORY 3.
inline Update proportional_imitation(PairScale scale) {
    return focal_update([scale](const Graph& graph, Profile profile, const Vector& pi, int i) {
        double change = 0;
        for (const int j : graph.neighbors[i])
            if (differ(profile, i, j) && pi[j] > pi[i]) change += (pi[j] - pi[i]) / scale(i, j);
        return change / degree(graph, i);
    });
}

inline PairScale constant_scale(double scale) {
    return [scale](int, int) { return scale; };
}

/// max(Pmax_i, Pmax_j) - min(Pmin_i, Pmin_j): Pmax of a defector among cooperators only, Pmin of a cooperator among
/// defectors only. Santos, Santos & Pacheco 2008 in THEORY 3.
inline PairScale largest_difference(const Graph& graph, const Game& game) {
    Vector most, least;
    for (int i = 0; i < size(graph); ++i) {
        const Profile only_i = Profile{1} << i;
        most.push_back(game(graph, all_cooperate(size(graph)) & ~only_i)[i]);
        least.push_back(game(graph, only_i)[i]);
    }
    return [=](int i, int j) { return std::max(most[i], most[j]) - std::min(least[i], least[j]); };
}

}  // namespace commonweal::oracle
