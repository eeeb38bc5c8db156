#pragma once

#include <fmt/format.h>

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Savings, in two ways that save the same: everywhere alike, or first invest and then save (see `equation`).
///
/// What is still to be saved is kept for each agent and divided by the rounds that remain, so that nothing is lost by
/// rounding and both ways end at the same micro-token.
struct BudgetCut {
    static constexpr std::string_view name = "budget_cut";
    static constexpr std::string_view summary =
        "Savings on endowments: the same cut in every round, or investment first and larger cuts later.";
    static constexpr std::string_view equation =
        "way = salami:     each round the endowment is less by  cut * e   [tokens per round]\n"
        "way = transform:  in the first I = floor(first * L) of its L rounds the endowment is more by  invest * e;\n"
        "                  in each later round less by  (L cut + I invest) e / (L - I)\n"
        "e: the agent's endowment without policies. Over the L rounds both take  L cut e  from each agent, to the\n"
        "micro-token, as long as endowments suffice for what is cut; what they do not is taken later.\n"
        "What is invested is public money, and comes back as larger cuts.";
    static constexpr std::string_view source = "Definition of two ways of saving; totals equal by construction.";
    static constexpr std::string_view who_pays =
        "agents in scope, by smaller endowments; the public purse advances what is invested";
    static constexpr std::string_view at_zero = "cut = 0, with invest = 0 or way = salami";
    static constexpr unsigned writes = Writes::endowments;
    static constexpr bool spends = true;
    static constexpr std::array<std::string_view, 2> ways{"salami", "transform"};

    std::uint32_t way = 0;
    double cut = 0.1, invest = 0.1, first = 0.25;

    static auto parameters() {
        using Self = BudgetCut;
        return std::array{
            Parameter<Self>{"way", &Self::way, 0, 0, "", "how the same total is saved", ways},
            Parameter<Self>{"cut", &Self::cut, 0, 1, "-", "share of the endowment that is saved on average"},
            Parameter<Self>{"invest", &Self::invest, 0, 1, "-",
                            "share of the endowment that is invested in each of the first rounds (transform)"},
            Parameter<Self>{"first", &Self::first, 0, 0.9, "-", "share of its rounds that invest (transform)"},
        };
    }

    void check(const std::string& where) const {
        const double late = (cut + first * invest) / (1 - first);
        if (way == 1 && late > 1)
            throw ConfigError(where, fmt::format("with cut = {}, invest = {} and first = {} later rounds would have to "
                                                 "save {:.3g} of the endowment; lower one of them",
                                                 cut, invest, first, late));
    }

    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.agents * sizes.lanes; }  // owed

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto early = static_cast<Round>(first * own.length);
        way == 1 && own.since <= early ? invest_in(now, own) : save(now, own);
    }

private:
    static Micro share_of(double share, std::int32_t endowment) noexcept {
        return static_cast<Micro>(share * static_cast<double>(endowment));
    }

    /// Agents are served in their order while the budget lasts, and owe only what they got.
    template <std::size_t width>
    void invest_in(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<Micro, width> invested{};
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; at += width)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t i = at + lane;
                if (own.mask[i] == 0.0f) continue;
                const Micro money = own.spend(share_of(invest, now.usual_endowment[i]), lane, now);
                now.endowment[i] += static_cast<std::int32_t>(money);
                own.memory[i] += static_cast<double>(money + share_of(cut, now.usual_endowment[i]));
                invested[lane] += money;
            }
        for (std::size_t lane = 0; lane < width; ++lane) now.book(Account::endowments)[lane] -= invested[lane];
    }

    /// owed + (rounds that remain) * cut is due until the end.
    template <std::size_t width>
    void save(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const Micro remain = Micro{own.length} - own.since + 1;
        std::array<Micro, width> saved{};
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; at += width)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t i = at + lane;
                if (own.mask[i] == 0.0f) continue;
                const Micro each = share_of(cut, now.usual_endowment[i]);
                const Micro due = (static_cast<Micro>(own.memory[i]) + remain * each) / remain;
                const Micro money = due < now.endowment[i] ? due : now.endowment[i];
                now.endowment[i] -= static_cast<std::int32_t>(money);
                own.memory[i] += static_cast<double>(each - money);
                saved[lane] += money;
            }
        for (std::size_t lane = 0; lane < width; ++lane) own.cost[lane] -= saved[lane];
    }
};
static_assert(PolicyModel<BudgetCut>);

}  // namespace commonweal::models
