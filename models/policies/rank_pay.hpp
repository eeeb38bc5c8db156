#pragma once

#include "models/policies/in_scope.hpp"

namespace commonweal::models {

/// Pay by one's place among colleagues (see `equation`): what the others of an organization earn is taken off.
///
/// Giving to a pot lifts the others too, so that the slope of pay in one's own contribution falls from -1 + a to
/// -1 + a (1 - weight), a = r_L / n: never worth while when a < 1.
struct RankPay {
    static constexpr std::string_view name = "rank_pay";
    static constexpr std::string_view summary =
        "Competition inside organizations: pay depends on how one does compared with colleagues.";
    static constexpr std::string_view equation =
        "pay_i = pi_i - weight * mean of pi_j of the other members in scope + weight * P   [tokens per round]\n"
        "P: what they were paid on average last round, announced before; in the first round of a run, what all "
        "members\n"
        "   in scope are paid on average in it. Alone in scope in its organization an agent has nobody to be compared "
        "with.\n"
        "added to m:  local -weight r_L/n_k, system -weight r_S/N;  in the first round of a run -weight/(members in "
        "scope),\n"
        "   both pots.  n_k: members of the organization.  Slope in the own contribution: -1 + (r_L/n_k)(1 - weight)\n"
        "When the budget is too small for a round, all that are to receive something are cut alike.";
    static constexpr std::string_view source =
        "Andreoni (1995), American Economic Review 85, 891-904 (pay by rank); slope of relative payoffs: derived.";
    static constexpr std::string_view who_pays =
        "the public purse pays whoever is ahead and takes from whoever is behind; nothing on balance while pay is "
        "stable";
    static constexpr std::string_view at_zero = "weight = 0";
    static constexpr unsigned writes = Writes::incentives;
    static constexpr bool spends = true;

    double weight = 0.5;

    static auto parameters() {
        using Self = RankPay;
        return std::array{
            Parameter<Self>{"weight", &Self::weight, 0, 1, "-",
                            "lambda, of what colleagues earn in one's own pay; 1: only the difference counts"},
        };
    }

    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.organizations * sizes.lanes; }  // P

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const bool first = now.round == 1;
        const auto last = sums_of_organizations(now, own, [&](std::size_t at) { return now.payoff[at]; });
        for (std::size_t k = 0; k < last.sum.size(); ++k)
            for (std::size_t lane = 0; lane < width; ++lane) own.memory[k * width + lane] = mean(last, k, lane);
        const double system = now.game.system_enhancement / now.agents;
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const std::uint32_t k = now.membership.organization[agent];
            const double local = now.game.local_enhancement / now.membership.members[k];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const Micro members = last.members[k][lane];
                const double part = members < 2 ? 0 : weight,
                             of_all = members < 2 ? 0 : 1.0 / static_cast<double>(members);
                const std::size_t at = now.at(agent, lane);
                now.returns[0][at] -= static_cast<float>(part * (first ? of_all : local)) * own.mask[at];
                now.returns[1][at] -= static_cast<float>(part * (first ? of_all : system)) * own.mask[at];
            }
        }
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        using LaneMoney = std::array<Micro, width>;
        const auto paid = sums_of_organizations(now, own, [&](std::size_t at) { return now.payoff[at]; });
        if (now.round == 1)
            for (std::size_t k = 0; k < paid.sum.size(); ++k)
                for (std::size_t lane = 0; lane < width; ++lane) own.memory[k * width + lane] = mean(paid, k, lane);
        const auto transfer = [&](AgentId agent, std::size_t lane) -> Micro {
            const std::uint32_t k = now.membership.organization[agent];
            const std::size_t at = now.at(agent, lane);
            if (own.mask[at] == 0.0f || paid.members[k][lane] < 2) return 0;
            const double others = static_cast<double>(paid.sum[k][lane] - now.payoff[at]) /
                                  static_cast<double>(paid.members[k][lane] - 1);
            return static_cast<Micro>(weight * (own.memory[k * width + lane] - others));
        };
        LaneMoney wanted{}, granted{}, left{}, taken{};
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane)
                if (const Micro money = transfer(agent, lane); money > 0) wanted[lane] += money;
        for (std::size_t lane = 0; lane < width; ++lane)
            left[lane] = granted[lane] = own.spend(wanted[lane], lane, now);
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane) {
                Micro money = transfer(agent, lane);
                if (money > 0) money = rationed(money, granted[lane], wanted[lane]);
                (money > 0 ? left : taken)[lane] -= money;
                now.payoff[now.at(agent, lane)] += money;
            }
        for (std::size_t lane = 0; lane < width; ++lane) {
            now.book(Account::rounding)[lane] += left[lane];
            now.book(Account::fines)[lane] += taken[lane];
            own.cost[lane] -= taken[lane];
        }
    }

private:
    /// [micro-tokens]
    template <std::size_t width>
    static double mean(const GroupSums<width>& sums, std::size_t k, std::size_t lane) noexcept {
        const Micro members = sums.members[k][lane];
        return members == 0 ? 0 : static_cast<double>(sums.sum[k][lane]) / static_cast<double>(members);
    }
};
static_assert(PolicyModel<RankPay>);

}  // namespace commonweal::models
