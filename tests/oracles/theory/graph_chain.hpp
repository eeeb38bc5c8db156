#pragma once

#include <bit>
#include <limits>

#include "tests/oracles/theory/graph_update.hpp"

/// Exact Markov chain over all 2^N strategy profiles of a game on a graph; THEORY 1.5.
namespace commonweal::oracle {

/// How a population ends, by initial profile. Profiles from which neither end can be reached may exist (imitation of
/// the best): they count as no fixation, and where they may come up the time is infinite.
struct Absorption {
    Vector fixation;        ///< probability that all cooperate in the end [-]
    Vector steps;           ///< mean time until all are alike [elementary steps; rounds if synchronous]
    Vector steps_if_fixed;  ///< the same, given that all cooperate in the end; NaN where that can not happen
};

/// P over the profiles when one agent at a time may change: P(s -> s with i flipped) = flips_i / N.
inline Matrix asynchronous_transitions(const Graph& graph, const Game& game, const Update& update) {
    const int agents = size(graph);
    const Profile profiles = all_cooperate(agents) + 1;
    Matrix p = identity(static_cast<int>(profiles));
    for (Profile s = 0; s < profiles; ++s) {
        const Vector flips = update.flips(graph, s, game(graph, s));
        for (int i = 0; i < agents; ++i) {
            p[s][s ^ Profile{1} << i] = flips[i] / agents;
            p[s][s] -= flips[i] / agents;
        }
    }
    return p;
}

/// The probability that exactly the agents in `changed` flip, each independently.
inline double joint_probability(const Vector& flips, Profile changed) {
    double product = 1;
    for (std::size_t i = 0; i < flips.size(); ++i)
        product *= cooperates(changed, static_cast<int>(i)) ? flips[i] : 1 - flips[i];
    return product;
}

/// P over the profiles when all agents choose at once, from the payoffs of the same profile.
inline Matrix synchronous_transitions(const Graph& graph, const Game& game, const Update& update) {
    if (!update.of_focal_agent) throw std::invalid_argument("the update rule has no synchronous form");
    const Profile profiles = all_cooperate(size(graph)) + 1;
    Matrix p = zeros(static_cast<int>(profiles), static_cast<int>(profiles));
    for (Profile s = 0; s < profiles; ++s) {
        const Vector flips = update.flips(graph, s, game(graph, s));
        for (Profile changed = 0; changed < profiles; ++changed) p[s][s ^ changed] = joint_probability(flips, changed);
    }
    return p;
}

/// Marks the states from which one of the marked states can be reached.
inline std::vector<bool> can_reach(const Matrix& p, std::vector<bool> marked) {
    std::vector<std::size_t> open;
    for (std::size_t s = 0; s < p.size(); ++s)
        if (marked[s]) open.push_back(s);
    while (!open.empty()) {
        const std::size_t target = open.back();
        open.pop_back();
        for (std::size_t s = 0; s < p.size(); ++s) {
            if (marked[s] || !(p[s][target] > 0)) continue;
            marked[s] = true;
            open.push_back(s);
        }
    }
    return marked;
}

/// The states of a subset, and the factored I - P between them.
class Transient {
public:
    Transient(const Matrix& p, const std::vector<bool>& member) : states_(chosen(member)), lu_(system(p, states_)) {}

    /// x with (I - P) x = right on the subset, `outside` elsewhere.
    Vector solve(const Vector& right, double outside) const {
        Vector b, all(right.size(), outside);
        for (const std::size_t s : states_) b.push_back(right[s]);
        const Vector x = lu_.solve(b);
        for (std::size_t a = 0; a < states_.size(); ++a) all[states_[a]] = x[a];
        return all;
    }

private:
    static std::vector<std::size_t> chosen(const std::vector<bool>& member) {
        std::vector<std::size_t> states;
        for (std::size_t s = 0; s < member.size(); ++s)
            if (member[s]) states.push_back(s);
        return states;
    }

    static Matrix system(const Matrix& p, const std::vector<std::size_t>& states) {
        Matrix a = identity(static_cast<int>(states.size()));
        for (std::size_t row = 0; row < states.size(); ++row)
            for (std::size_t column = 0; column < states.size(); ++column)
                a[row][column] -= p[states[row]][states[column]];
        return a;
    }

    std::vector<std::size_t> states_;
    Lu lu_;
};

/// fixation solves (I - P) phi = P[., all C]; steps_if_fixed is x / phi with (I - P) x = phi.
inline void solve_fixation(const Matrix& p, Absorption& result) {
    const std::size_t all_c = p.size() - 1;
    std::vector<bool> member(p.size());
    member[all_c] = true;
    member = can_reach(p, member);
    member[all_c] = false;
    const Transient transient(p, member);
    result.fixation = transient.solve(transposed(p)[all_c], 0);
    result.steps_if_fixed = transient.solve(result.fixation, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t s = 0; s < p.size(); ++s) result.steps_if_fixed[s] /= result.fixation[s];
    result.fixation[all_c] = 1;
    result.steps_if_fixed[all_c] = 0;
}

/// steps solves (I - P) t = 1 on the states that surely end in all C or all D.
inline void solve_steps(const Matrix& p, Absorption& result) {
    const std::size_t all_c = p.size() - 1;
    std::vector<bool> end(p.size());
    end[0] = end[all_c] = true;
    std::vector<bool> stuck = can_reach(p, end);
    stuck.flip();
    std::vector<bool> member = can_reach(p, stuck);
    member.flip();
    member[0] = member[all_c] = false;
    result.steps = Transient(p, member).solve(Vector(p.size(), 1), HUGE_VAL);
    result.steps[0] = result.steps[all_c] = 0;
}

/// How the chain P over profiles ends; the last state is all C, state 0 all D.
inline Absorption absorption(const Matrix& p) {
    Absorption result;
    solve_fixation(p, result);
    solve_steps(p, result);
    return result;
}

/// One agent at a time; connected graphs with at most 10 agents.
inline Absorption asynchronous_absorption(const Graph& graph, const Game& game, const Update& update) {
    return absorption(asynchronous_transitions(graph, game, update));
}

/// All agents at once; connected graphs with at most 8 agents.
inline Absorption synchronous_absorption(const Graph& graph, const Game& game, const Update& update) {
    return absorption(synchronous_transitions(graph, game, update));
}

inline int agents_of(const Vector& by_profile) { return static_cast<int>(std::bit_width(by_profile.size())) - 1; }

/// Mean of a quantity by profile over the profiles with one cooperator at a uniformly random agent.
inline double mean_over_single_cooperators(const Vector& by_profile) {
    const int agents = agents_of(by_profile);
    double sum = 0;
    for (int i = 0; i < agents; ++i) sum += by_profile[Profile{1} << i];
    return sum / agents;
}

/// Mean of a quantity by profile over the profiles with one defector at a uniformly random agent.
inline double mean_over_single_defectors(const Vector& by_profile) {
    const int agents = agents_of(by_profile);
    double sum = 0;
    for (int i = 0; i < agents; ++i) sum += by_profile[all_cooperate(agents) ^ Profile{1} << i];
    return sum / agents;
}

}  // namespace commonweal::oracle
