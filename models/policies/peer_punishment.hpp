#pragma once

#include "models/policies/peer_points.hpp"

namespace commonweal::models {

/// Members of a unit may fine each other at a cost to themselves (see `equation`).
struct PeerPunishment : PeerPoints {
    static constexpr std::string_view name = "peer_punishment";
    static constexpr std::string_view summary =
        "Members of a unit take points from each other by how much less than the others one gave.";
    static constexpr std::string_view equation =
        "d_i = what i gave - mean of the other members of its unit in scope, of the contributions that they see  "
        "[tokens]\n"
        "points of i, from all others together:  P_i = strength * p(|d_i|) for d_i < 0, antisocial times as many for "
        "d_i "
        "> 0\n"
        "hurdle:  p: class of |d| * 20/e of 0.5 to 5.5, 5.5 to 10.5, more: points[class]/shares[class] with "
        "probability\n"
        "  shares[class], for each target and round, else 0;  closer: 0\n"
        "linear:  p = shortfall |d|\n"
        "i loses effect * P_i, and cost * P_j/(n - 1) for each j among the n - 1 others; both are used up  [tokens per "
        "round]\n"
        "added to m of the contributions that are seen, by last round's d and what is expected of p at it:\n"
        "  -effect P_i/d_i + cost sum_{j != i} (P_j/d_j) / (n - 1)^2;   terms with d = 0 are 0\n"
        "The first: points up to the mean, evenly per token; with hurdle over not less than 3 tokens, the middle of "
        "the\n"
        "nearest class. The second: who gives more moves the mean that it judges by.";
    static constexpr std::string_view source =
        "Shares and points: computed from the data of Drouvelis, Ioannidis & Kallbekken (2024), one-shot game of three "
        "with "
        "punishment 1:3; Fehr & Gaechter (2002), Nature 415, 137-140; antisocial punishment: Herrmann, Thoeni & "
        "Gaechter (2008), Science 319, 1362-1367.";
    static constexpr std::string_view who_pays = "members of units in scope, both sides; what they pay is used up";
    static constexpr std::string_view at_zero = "strength = 0";
    static constexpr unsigned writes = Writes::incentives;

    static auto parameters() {
        return peer_parameters<PeerPunishment>("what a point costs its giver", "what a point takes from its target");
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<double, width> value;
        value.fill(effect);
        this->template expect<width>(-1, now, own, value);
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<Micro, width> used{};
        this->template each_in_scope<width>(-1, now, own,
                                            [&](std::size_t at, std::size_t lane, double received, double given) {
                                                const Micro lost = micros(effect * received) + micros(cost * given);
                                                now.payoff[at] -= lost;
                                                used[lane] += lost;
                                            });
        for (std::size_t lane = 0; lane < width; ++lane) {
            now.book(Account::waste)[lane] += used[lane];
            own.cost[lane] += used[lane];
        }
    }
};
static_assert(PolicyModel<PeerPunishment>);

}  // namespace commonweal::models
