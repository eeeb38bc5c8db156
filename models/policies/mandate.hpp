#pragma once

#include <algorithm>
#include <vector>

#include "sim/core/elementary.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Compliance: a minimum, audits by chance, and a fine for what is missing (see `equation`).
struct Mandate {
    static constexpr std::string_view name = "mandate";
    static constexpr std::string_view summary =
        "Compliance: a minimum contribution is demanded, audited at random and enforced by fines.";
    static constexpr std::string_view equation =
        "in every round an agent in scope is audited with probability audit; then it pays fine * max(0, minimum - c) "
        "[tokens]\n"
        "minimum: at most what the agent has;  c: its contribution to the pot in question\n"
        "added to the deterrence:  audit * fine, the expected fine per missing token\n"
        "bureaucracy is taken from every endowment in scope and used up  [tokens per round]\n"
        "agents in scope are controlled ([crowding_out]); expected fine: audit * fine * max(0, minimum - c of last "
        "round)";
    static constexpr std::string_view source =
        "Falk & Kosfeld (2006), American Economic Review 96, 1611-1630 (minimum); Gneezy & Rustichini (2000), Journal "
        "of Legal Studies 29, 1-17 (fines); audits by chance: Becker (1968), Journal of Political Economy 76, 169-217.";
    static constexpr std::string_view who_pays =
        "agents in scope: bureaucracy, which is used up, and fines, which the public purse gets";
    static constexpr std::string_view at_zero = "minimum = 0: then nobody is controlled or pays for bureaucracy";
    static constexpr unsigned writes = Writes::demands | Writes::controls;
    static constexpr std::array<std::string_view, 2> pot_names{"local", "system"};

    std::uint32_t pot = 0;
    double minimum = 6, audit = 0.3, fine = 2, bureaucracy = 0.5;

    static auto parameters() {
        using Self = Mandate;
        return std::array{
            Parameter<Self>{"pot", &Self::pot, 0, 0, "", "to which the minimum is due", pot_names},
            Parameter<Self>{"minimum", &Self::minimum, 0, 2e3, "tokens", "that each agent in scope has to give"},
            Parameter<Self>{"audit", &Self::audit, 0, 1, "-", "p, probability that an agent is audited in a round"},
            Parameter<Self>{"fine", &Self::fine, 0, 1e3, "-", "f, tokens per token that is found missing"},
            Parameter<Self>{"bureaucracy", &Self::bureaucracy, 0, 2e3, "tokens per round",
                            "cost of control for each agent in scope"},
        };
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (minimum == 0) return;
        const auto cost = static_cast<std::int32_t>(micros(bureaucracy));
        const auto per_token = static_cast<float>(audit * fine);
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; ++at) {
            if (own.mask[at] == 0.0f) continue;
            const std::int32_t free = now.endowment[at] - now.overhead[at];
            const std::int32_t charged = cost < free ? cost : (free > 0 ? free : 0);
            const double rest = tokens(free > 0 ? free - charged : 0);
            const auto due = static_cast<float>(minimum < rest ? minimum : rest);
            const float missing = due - now.contribution[pot][at];
            now.overhead[at] += charged;
            now.minimum[pot][at] = now.minimum[pot][at] > due ? now.minimum[pot][at] : due;
            now.deterrence[pot][at] += per_token;
            now.controlled[at] = 1;
            now.released[at] = 0;
            now.expected_fine[at] += missing > 0.0f ? per_token * missing : 0.0f;
        }
    }

    /// Whose minimum was taken back after act() owes nothing.
    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (minimum == 0) return;
        const Micro cost = micros(bureaucracy), due = micros(minimum);
        std::vector<std::uint32_t> words((std::size_t{now.agents} + 3) / 4 * 4 * width);
        now.randomness.template fill<width>(
            {.stream = Stream::policy, .draw = own.key * 64, .round = now.round, .instance = now.instance},
            now.replicates, now.agents, words.data());
        std::array<Micro, width> fines{}, used{};
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; at += width)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t i = at + lane;
                const bool bound = own.mask[i] > 0.0f && now.minimum[pot][i] > 0.0f;
                used[lane] += own.mask[i] > 0.0f ? std::min<Micro>(cost, now.overhead[i]) : 0;
                const Micro missing = std::min<Micro>(due, now.endowment[i]) - now.given[pot][i];
                const bool found = bound && missing > 0 && static_cast<double>(uniform_of(words[i])) < audit;
                const Micro paid = found ? static_cast<Micro>(fine * static_cast<double>(missing)) : 0;
                now.payoff[i] -= paid;
                fines[lane] += paid;
            }
        for (std::size_t lane = 0; lane < width; ++lane) {
            now.book(Account::fines)[lane] += fines[lane];
            own.cost[lane] += used[lane] - fines[lane];
        }
    }
};
static_assert(PolicyModel<Mandate>);

}  // namespace commonweal::models
