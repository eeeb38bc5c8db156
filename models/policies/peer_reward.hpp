#pragma once

#include "models/policies/peer_points.hpp"

namespace commonweal::models {

/// Members of a unit may reward each other; the public purse tops up what they give (see `equation`).
struct PeerReward : PeerPoints {
    static constexpr std::string_view name = "peer_reward";
    static constexpr std::string_view summary =
        "Members of a unit give points to each other by how much more than the others one gave.";
    static constexpr std::string_view equation =
        "d_i, p, shares, points as in peer_punishment;  points of i, from all others together:\n"
        "  P_i = strength * p(|d_i|) for d_i > 0, antisocial times as many for d_i < 0\n"
        "i gets effect * P_i and pays cost * P_j/(n - 1) for each j among the n - 1 others of its unit in scope  "
        "[tokens "
        "per\n"
        "round];  effect - cost comes out of the public purse, all alike when the budget is too small; below 0 it is "
        "used up\n"
        "added to m of the contributions that are seen, by last round's d and what is expected of p at it:\n"
        "  effect P_i/d_i + cost sum_{j != i} (P_j/d_j) / (n - 1)^2;   terms with d = 0 are 0;\n"
        "  with hurdle |d| not below 3 tokens in it; of effect only cost when nothing is left of the budget";
    static constexpr std::string_view source =
        "Sefton, Shupp & Walker (2007), Economic Inquiry 45, 671-690; Rand et al. (2009), Science 325, 1272-1275. "
        "Shares "
        "and points are those of punishment (Drouvelis, Ioannidis & Kallbekken 2024): an assumption.";
    static constexpr std::string_view who_pays =
        "members of units in scope pay cost per point to each other; the public purse what effect is more";
    static constexpr std::string_view at_zero = "strength = 0";
    static constexpr unsigned writes = Writes::incentives;
    static constexpr bool spends = true;

    static auto parameters() {
        return peer_parameters<PeerReward>("what a point costs its giver", "what a point gives its target");
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<double, width> value;
        for (std::size_t lane = 0; lane < width; ++lane) value[lane] = transfer() + (own.left[lane] > 0 ? extra() : 0);
        this->template expect<width>(1, now, own, value);
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<Micro, width> paid{}, got{}, lost{}, wanted{}, granted{}, left{};
        const auto each = [&](const auto& f) { this->template each_in_scope<width>(1, now, own, f); };
        each([&](std::size_t at, std::size_t lane, double received, double given) {
            const Micro gives = micros(cost * given), gets = micros(transfer() * received);
            now.payoff[at] += gets - gives;
            paid[lane] += gives;
            got[lane] += gets;
            lost[lane] += cost > effect ? micros((cost - effect) * received) : 0;
            wanted[lane] += micros(extra() * received);
        });
        for (std::size_t lane = 0; lane < width; ++lane)
            left[lane] = granted[lane] = own.spend(wanted[lane], lane, now);
        each([&](std::size_t at, std::size_t lane, double received, double) {
            const Micro more = rationed(micros(extra() * received), granted[lane], wanted[lane]);
            now.payoff[at] += more;
            left[lane] -= more;
        });
        for (std::size_t lane = 0; lane < width; ++lane) {
            now.book(Account::waste)[lane] += lost[lane];
            now.book(Account::rounding)[lane] += paid[lane] - got[lane] - lost[lane] + left[lane];
            own.cost[lane] += lost[lane];
        }
    }

private:
    double transfer() const noexcept { return effect < cost ? effect : cost; }   // of a point, from its giver
    double extra() const noexcept { return effect > cost ? effect - cost : 0; }  // of a point, from the purse
};
static_assert(PolicyModel<PeerReward>);

}  // namespace commonweal::models
