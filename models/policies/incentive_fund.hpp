#pragma once

#include <algorithm>

#include "models/policies/in_scope.hpp"

namespace commonweal::models {

/// A fixed sum per head for rewards, for fines, or first the carrot and then the stick (see `equation`).
struct IncentiveFund {
    static constexpr std::string_view name = "incentive_fund";
    static constexpr std::string_view summary =
        "A fixed sum per head rewards those of a unit who give enough, or fines those who do not.";
    static constexpr std::string_view equation =
        "x of the n members of a unit in scope give at least T = threshold * e to the pots in question\n"
        "reward:  each of the x gets n * per_head / x out of the public purse; with x = 0 nothing is paid  [tokens per "
        "round]\n"
        "fine:    each of the others pays n * per_head / (n - x) to it\n"
        "carrot_then_stick:  reward in rounds after which less than switch_at of all in scope gave T, else fine\n"
        "When less than per_head for everybody in scope is left of the budget, what is left is shared per head.\n"
        "e: endowment without policies. added to m of these pots:  (bonus or fine)/max(T, c_i), with c_i and the "
        "others "
        "of\n"
        "last round: what giving T is worth is spread evenly over the tokens that it takes. bonus: n per_head/(x' + "
        "1),\n"
        "fine: n per_head/(n - x'), x' others who gave T; in the first round of a run both are per_head";
    static constexpr std::string_view source =
        "Sasaki, Brannstrom, Dieckmann & Sigmund (2012), PNAS 109, 1165-1169; carrot, then stick: Chen, Sasaki, "
        "Brannstrom & Dieckmann (2015), Journal of the Royal Society Interface 12, 20140935.";
    static constexpr std::string_view who_pays =
        "rewards: the public purse, up to the budget; fines: members of units in scope who give less, to the purse";
    static constexpr std::string_view at_zero = "per_head = 0";
    static constexpr unsigned writes = Writes::incentives;
    static constexpr bool spends = true;
    static constexpr std::array<std::string_view, 3> ways{"reward", "fine", "carrot_then_stick"};
    static constexpr std::array<std::string_view, 3> pot_names{"both", "local", "system"};

    std::uint32_t way = 2, pot = 0;
    double per_head = 1, threshold = 0.5, switch_at = 0.5;

    static auto parameters() {
        using Self = IncentiveFund;
        return std::array{
            Parameter<Self>{"way", &Self::way, 0, 0, "", "what the fund is used for", ways},
            Parameter<Self>{"pot", &Self::pot, 0, 0, "", "contributions that count", pot_names},
            Parameter<Self>{"per_head", &Self::per_head, 0, 1e3, "tokens per round", "d, fund for each agent in scope"},
            Parameter<Self>{"threshold", &Self::threshold, 1e-6, 1, "-", "share of its endowment that one has to give"},
            Parameter<Self>{"switch_at", &Self::switch_at, 0, 1, "-",
                            "share of all in scope at which fines replace rewards (carrot_then_stick)"},
        };
    }

    std::size_t memory(const PolicyMemory& sizes) const noexcept { return 2 * sizes.lanes; }  // fines?, fund per head

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto units = sums_of_units(now, own, [&](std::size_t at) { return gives_enough(now, at); });
        for (std::size_t lane = 0; lane < width; ++lane) {
            Micro people = 0, givers = 0;
            for (std::size_t unit = 0; unit < units.sum.size(); ++unit) {
                people += units.members[unit][lane];
                givers += units.sum[unit][lane];
            }
            const bool many = static_cast<double>(givers) >= switch_at * static_cast<double>(people);
            const bool fines = way == 1 || (way == 2 && now.round > 1 && many);
            const Micro affordable = people > 0 ? own.left[lane] / people : 0;
            own.memory[lane] = fines;
            own.memory[width + lane] =
                static_cast<double>(fines ? micros(per_head) : std::min(micros(per_head), affordable));
        }
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane), unit = now.membership.unit[agent];
                if (own.mask[at] == 0.0f) continue;
                const auto members = static_cast<double>(units.members[unit][lane]);
                const auto others = static_cast<double>(units.sum[unit][lane] - gives_enough(now, at));
                const double parts = now.round == 1 ? members : own.memory[lane] > 0 ? members - others : others + 1;
                const double worth = own.memory[width + lane] * members / parts;
                const auto m =
                    static_cast<float>(worth / static_cast<double>(std::max(asked(now, at), given(now, at))));
                if (pot != 2) now.returns[0][at] += m;
                if (pot != 1) now.returns[1][at] += m;
            }
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto units = sums_of_units(now, own, [&](std::size_t at) { return gives_enough(now, at); });
        std::array<Micro, width> rewards{}, fines{};
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane), unit = now.membership.unit[agent];
                const bool fined = own.memory[lane] > 0, enough = gives_enough(now, at);
                if (own.mask[at] == 0.0f || enough == fined) continue;
                const Micro members = units.members[unit][lane], givers = units.sum[unit][lane];
                const Micro fund = members * static_cast<Micro>(own.memory[width + lane]);
                const Micro each = fund / (fined ? members - givers : givers);
                now.payoff[at] += fined ? -each : each;
                (fined ? fines : rewards)[lane] += each;
            }
        for (std::size_t lane = 0; lane < width; ++lane) {
            own.spend(rewards[lane], lane, now);  // never more than is left: act() saw to it
            now.book(Account::fines)[lane] += fines[lane];
            own.cost[lane] -= fines[lane];
        }
    }

private:
    template <std::size_t width>
    Micro given(const ServiceRound<width>& now, std::size_t at) const noexcept {
        return (pot == 2 ? 0 : Micro{now.given[0][at]}) + (pot == 1 ? 0 : now.given[1][at]);
    }
    template <std::size_t width>
    Micro asked(const ServiceRound<width>& now, std::size_t at) const noexcept {
        return std::max<Micro>(1, static_cast<Micro>(threshold * static_cast<double>(now.usual_endowment[at])));
    }
    template <std::size_t width>
    bool gives_enough(const ServiceRound<width>& now, std::size_t at) const noexcept {
        return given(now, at) >= asked(now, at);
    }
};
static_assert(PolicyModel<IncentiveFund>);

}  // namespace commonweal::models
