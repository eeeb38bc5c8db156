#pragma once

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Cooperation with public money: what people give to the system is matched (see `equation`).
struct MatchingGrant {
    static constexpr std::string_view name = "matching_grant";
    static constexpr std::string_view summary =
        "Cooperation: public money is added to the pot of the system for every token that people give to it.";
    static constexpr std::string_view equation =
        "added to the pot of the system:  min(per_token * S, what is left of the budget)   [tokens per round]\n"
        "S: what agents in scope give to it. When less than per_token * S is left, all gifts are matched alike.\n"
        "g that agents in scope expect for the system's pot: per_token while anything is left, then 0; in the round "
        "that "
        "uses\n"
        "up the budget they get less than they expect";
    static constexpr std::string_view source =
        "Eckel & Grossman (2003), Journal of Public Economics 87, 681-701 (matching subsidies).";
    static constexpr std::string_view who_pays = "the public purse, up to the budget";
    static constexpr std::string_view at_zero = "per_token = 0";
    static constexpr unsigned writes = Writes::incentives;
    static constexpr bool spends = true;

    double per_token = 0.5;

    static auto parameters() {
        using Self = MatchingGrant;
        return std::array{
            Parameter<Self>{"per_token", &Self::per_token, 0, 100, "-",
                            "g, public tokens per token that is given to the pot of the system"},
        };
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<float, width> expected;
        for (std::size_t lane = 0; lane < width; ++lane)
            expected[lane] = own.left[lane] > 0 ? static_cast<float>(per_token) : 0.0f;
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; at += width)
            for (std::size_t lane = 0; lane < width; ++lane)
                now.match[1][at + lane] += expected[lane] * own.mask[at + lane];
    }

    template <std::size_t width>
    void contribute(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::array<Micro, width> given{};
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; at += width)
            for (std::size_t lane = 0; lane < width; ++lane)
                given[lane] += own.mask[at + lane] > 0.0f ? now.given[1][at + lane] : 0;
        for (std::size_t lane = 0; lane < width; ++lane) {
            const auto wanted = static_cast<Micro>(per_token * static_cast<double>(given[lane]));
            now.system_added[lane] += own.spend(wanted, lane, now);
        }
    }
};
static_assert(PolicyModel<MatchingGrant>);

}  // namespace commonweal::models
