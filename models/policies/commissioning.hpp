#pragma once

#include <algorithm>

#include "models/policies/in_scope.hpp"
#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// Money follows what organizations give to the system, or what they keep from it (see `equation`).
struct Commissioning {
    static constexpr std::string_view name = "commissioning";
    static constexpr std::string_view summary =
        "Endowments are shifted each round between organizations by the share that they gave to the system.";
    static constexpr std::string_view equation =
        "score_k = (1 - value)(1 - s_k) + value s_k;  s_k: share of their endowments that members in scope gave to "
        "the\n"
        "  system last round  [-]\n"
        "E_k = E f_k / sum_j f_j,  f_k = E_k(0) exp(strength (score_k - 1/2))   [tokens per round]\n"
        "E_k: endowments of the members in scope, shared as without the policy, E of all organizations, constant to "
        "the\n"
        "rounding.  In its first round it only measures.\n"
        "value = 0 rewards who keeps, 1 who gives; at 1/2 the score is always 1/2\n"
        "added to m for the system, except in the last round: what a token brings the giver next round,\n"
        "  strength (2 value - 1)(1 - E_k/E) e_i/E_k  at this round's endowments e_i";
    static constexpr std::string_view source =
        "Derived. Paying providers by results: Propper, Burgess & Green (2004), Journal of Public Economics 88, "
        "1247-1272.";
    static constexpr std::string_view who_pays = "organizations with a lower score; no public money";
    static constexpr std::string_view at_zero = "strength = 0, or value = 0.5";
    static constexpr unsigned writes = Writes::endowments | Writes::incentives;

    double strength = 1, value = 1;

    static auto parameters() {
        using Self = Commissioning;
        return std::array{
            Parameter<Self>{"strength", &Self::strength, 0, 3, "-", "eta, how strongly endowments follow the score"},
            Parameter<Self>{"value", &Self::value, 0, 1, "-",
                            "v, what the score counts: 0 what is kept, 1 what is given to the system"},
        };
    }

    /// score - 1/2 = (2 value - 1)(s - 1/2) of each organization.
    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.organizations * sizes.lanes; }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto before = sums_of_organizations(now, own, [&](std::size_t at) { return now.endowment[at]; });
        const std::size_t count = before.sum.size();
        std::vector<double> factor(count * width, 1.0);
        std::array<Micro, width> total{}, rest{};
        for (std::size_t lane = 0; lane < width; ++lane) {
            double weighted = 0;
            for (std::size_t k = 0; k < count; ++k) {
                factor[k * width + lane] = exp_of(strength * own.memory[k * width + lane]);
                weighted += static_cast<double>(before.sum[k][lane]) * factor[k * width + lane];
                total[lane] += before.sum[k][lane];
            }
            const double scale = weighted > 0 ? static_cast<double>(total[lane]) / weighted : 1;
            for (std::size_t k = 0; k < count; ++k) factor[k * width + lane] *= scale;
        }
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                if (own.mask[at] == 0.0f) continue;
                const double f = factor[now.membership.organization[agent] * width + lane];
                const double asked = f * static_cast<double>(now.endowment[at]);
                const auto given = static_cast<std::int32_t>(std::min(asked, largest_endowment * micros_per_token));
                rest[lane] += now.endowment[at] - given;
                now.endowment[at] = given;
            }
        for (std::size_t lane = 0; lane < width; ++lane) {
            now.book(Account::endowments)[lane] += rest[lane];
            now.book(Account::rounding)[lane] += rest[lane];
        }
        if (own.since < own.length) expect(before, factor, total, now, own);
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto given = sums_of_organizations(now, own, [&](std::size_t at) { return now.given[1][at]; });
        const auto had = sums_of_organizations(now, own, [&](std::size_t at) { return now.endowment[at]; });
        for (std::size_t k = 0; k < had.sum.size(); ++k)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const Micro all = had.sum[k][lane];
                const double share = all > 0 ? static_cast<double>(given.sum[k][lane]) / static_cast<double>(all) : 0.5;
                own.memory[k * width + lane] = (2 * value - 1) * (share - 0.5);
            }
    }

private:
    /// What a token to the system brings its giver next round, as part of m.
    template <std::size_t width>
    void expect(const GroupSums<width>& before, const std::vector<double>& factor,
                const std::array<Micro, width>& total, ServiceRound<width>& now, PolicyFrame<width>& own) const {
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane), k = now.membership.organization[agent];
                const double of_k = static_cast<double>(before.sum[k][lane]) * factor[k * width + lane];
                if (own.mask[at] == 0.0f || !(of_k > 0)) continue;
                const double slope = strength * (2 * value - 1) * (1 - of_k / static_cast<double>(total[lane]));
                now.returns[1][at] += static_cast<float>(slope * static_cast<double>(now.endowment[at]) / of_k);
            }
    }
};
static_assert(PolicyModel<Commissioning>);

}  // namespace commonweal::models
