#pragma once

#include <cmath>
#include <functional>

#include "tests/oracles/theory/linear.hpp"

/// Payoffs of two-strategy games on a graph. A profile is a bit mask: bit i is set when agent i cooperates.
namespace commonweal::oracle {

using Profile = unsigned;

/// The payoffs of all agents in a profile.
using Game = std::function<Vector(const Graph&, Profile)>;

/// What one group pays to each member: contributors in the group, the sum of their gifts, the size of the group.
using Pot = std::function<double(int contributors, double amount, int members)>;

inline bool cooperates(Profile profile, int i) { return (profile >> i & 1u) != 0; }

inline Profile all_cooperate(int agents) { return (Profile{1} << agents) - 1; }

/// share = r amount / members.
inline Pot linear_pot(double r) {
    return [r](int, double amount, int members) { return r * amount / members; };
}

/// share = r amount / members when at least `threshold` contribute, else 0 (the gifts are lost): Pacheco, Santos, Souza
/// & Skyrms 2009.
inline Pot threshold_pot(double r, int threshold) {
    return [r, threshold](int contributors, double amount, int members) {
        return contributors >= threshold ? r * amount / members : 0.0;
    };
}

/// Every member gets `prize` when at least `threshold` contribute, else 0 (the gifts are lost).
inline Pot prize_pot(double prize, int threshold) {
    return [prize, threshold](int contributors, double, int) { return contributors >= threshold ? prize : 0.0; };
}

/// share = (r c / members)(1 + w + ... + w^{m-1}) for m contributors with mean gift c; w > 1 synergy, w < 1 discount, w
/// = 1 linear: Hauert, Michor, Nowak & Doebeli 2006.
inline Pot synergy_pot(double r, double w) {
    return [r, w](int contributors, double amount, int members) {
        double sum = 0;
        for (int m = 0; m < contributors; ++m) sum += std::pow(w, m);
        return contributors == 0 ? 0.0 : r * amount / contributors / members * sum;
    };
}

/// A public-goods game that every agent hosts for itself and its neighbors.
struct PublicGoods {
    Pot pot;
    double cost = 1;                   ///< of a cooperator: per game, or in all its games together [tokens]
    bool averaged = false;             ///< divide the payoff by the k_i + 1 groups of the agent
    bool focal_only = false;           ///< an agent earns and pays only in the group it hosts
    bool cost_per_individual = false;  ///< the gift in each game is cost / (k_i + 1)
};

/// What agent i gives in one game when it cooperates.
inline double gift(const PublicGoods& rules, const Graph& graph, int i) {
    return rules.cost_per_individual ? rules.cost / (degree(graph, i) + 1) : rules.cost;
}

/// What the group around `host` pays to each member.
inline double group_share(const PublicGoods& rules, const Graph& graph, Profile profile, int host) {
    int contributors = 0;
    double amount = 0;
    const auto collect = [&](int member) {
        if (!cooperates(profile, member)) return;
        contributors += 1;
        amount += gift(rules, graph, member);
    };
    collect(host);
    for (const int member : graph.neighbors[host]) collect(member);
    return rules.pot(contributors, amount, degree(graph, host) + 1);
}

/// pi_i = sum over its groups g of (share_g - s_i gift_i); THEORY 1.5, and 3 for the cost per individual.
inline double public_goods_payoff(const PublicGoods& rules, const Graph& graph, Profile profile, int i) {
    const double paid = cooperates(profile, i) ? gift(rules, graph, i) : 0;
    double total = group_share(rules, graph, profile, i) - paid;
    if (rules.focal_only) return total;
    for (const int host : graph.neighbors[i]) total += group_share(rules, graph, profile, host) - paid;
    return rules.averaged ? total / (degree(graph, i) + 1) : total;
}

inline Game public_goods_game(PublicGoods rules) {
    return [rules = std::move(rules)](const Graph& graph, Profile profile) {
        Vector payoffs;
        for (int i = 0; i < size(graph); ++i) payoffs.push_back(public_goods_payoff(rules, graph, profile, i));
        return payoffs;
    };
}

/// pi_i = sum over neighbors j of (b s_j - c s_i), or its mean over the neighbors.
inline Game donation_game(double b, double c, bool averaged) {
    return [=](const Graph& graph, Profile profile) {
        Vector payoffs;
        for (int i = 0; i < size(graph); ++i) {
            double total = 0;
            for (const int j : graph.neighbors[i]) total += b * cooperates(profile, j) - c * cooperates(profile, i);
            payoffs.push_back(averaged ? total / degree(graph, i) : total);
        }
        return payoffs;
    };
}

}  // namespace commonweal::oracle
