#pragma once

#include <algorithm>
#include <cmath>

#include "models/policies/in_scope.hpp"
#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// Staff and citizens make a service together: a pot is worth more when both give (see `equation`).
struct CoProduction {
    static constexpr std::string_view name = "co_production";
    static constexpr std::string_view summary =
        "Staff and citizens produce together: the pot counts what both give by a constant elasticity of substitution.";
    static constexpr std::string_view equation =
        "the pot pays as if it held  F = 2 ((S^rho + C^rho)/2)^(1/rho)  in place of S + C   [tokens]\n"
        "S: given to it in this round by staff in scope, C: by citizens in scope; all else in it counts as it is,\n"
        "  where tokens that were added share the factor (F + rest)/(S + C + rest)\n"
        "rho = 1: the pot as it is; rho -> 0: 2 sqrt(S C); rho < 0: nothing without both; F <= S + C\n"
        "An organization without staff or without citizens in scope keeps its pot as it is; so does the system.\n"
        "m of staff is multiplied by dF/dS = (F/(2 S))^(1 - rho), of citizens by dF/dC = (F/(2 C))^(1 - rho), at what "
        "was\n"
        "  given last round, not below one token each";
    static constexpr std::string_view source =
        "Ostrom (1996), World Development 24, 1073-1087 (co-production); form: Arrow, Chenery, Minhas & Solow (1961), "
        "Review of Economics and Statistics 43, 225-250.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "rho = 1";
    static constexpr unsigned writes = Writes::incentives | Writes::worth;
    static constexpr std::array<std::string_view, 2> pot_names{"local", "system"};

    std::uint32_t pot = 1;
    double rho = 0.5;

    static auto parameters() {
        using Self = CoProduction;
        return std::array{
            Parameter<Self>{"pot", &Self::pot, 0, 0, "", "that staff and citizens make together", pot_names},
            Parameter<Self>{"rho", &Self::rho, -20, 1, "-",
                            "how well one side replaces the other: 1 fully, below 0 not at all when it gives nothing"},
        };
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (rho == 1) return;
        const Sides<width> sides(pot, now, own);
        const double of_system = now.game.system_enhancement / now.agents;
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const std::size_t k = sides.group[agent];
            const double usual =
                pot ? of_system
                    : now.game.local_enhancement / now.membership.members[now.membership.organization[agent]];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                if (own.mask[at] == 0.0f || !sides.both(k, lane)) continue;
                const double staff = std::max(1.0, sides.staff(k, lane)),
                             citizens = std::max(1.0, sides.citizens(k, lane));
                const double slope = marginal(made(staff, citizens), sides.citizen[agent] ? citizens : staff);
                now.returns[pot][at] += static_cast<float>(usual * (slope - 1));
            }
        }
    }

    template <std::size_t width>
    void contribute(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if (rho == 1) return;
        const Sides<width> sides(pot, now, own);
        for (std::size_t k = 0; k < sides.of_staff.sum.size(); ++k)
            for (std::size_t lane = 0; lane < width; ++lane) {
                const double all = tokens(pot ? now.system_total[lane] : now.local_total[k][lane]);
                if (!sides.both(k, lane) || !(all > 0)) continue;
                const double staff = sides.staff(k, lane), citizens = sides.citizens(k, lane);
                const double factor = 1 + (made(staff, citizens) - (staff + citizens)) / all;
                (pot ? now.system_worth[lane] : now.local_worth[k * width + lane]) *= factor;
            }
    }

    /// F of what both sides gave.
    double made(double staff, double citizens) const noexcept {
        const double low = std::min(staff, citizens), high = std::max(staff, citizens);
        if (rho == 1 || !(high > 0)) return staff + citizens;
        if (!(low > 0)) return rho > 0 ? 2 * high * exp_of(-log_of(2.0) / rho) : 0;
        if (std::abs(rho) < geometric) return 2 * std::sqrt(low * high);
        // The larger of both powers is taken out, so that none overflows.
        const double base = rho > 0 ? high : low, other = rho > 0 ? low : high;
        const double mean = (1 + exp_of(rho * log_of(other / base))) / 2;
        return 2 * base * exp_of(log_of(mean) / rho);
    }

    /// dF/dS at F and S, or dF/dC at F and C.
    double marginal(double all, double side) const noexcept { return exp_of((1 - rho) * log_of(all / (2 * side))); }

private:
    static constexpr double geometric = 1e-6;  ///< closer to 0, rounding errs more than the limit

    /// What staff and citizens in scope gave, to each organization or to the system as one group.
    template <std::size_t width>
    struct Sides {
        Sides(std::uint32_t pot, const ServiceRound<width>& now, const PolicyFrame<width>& own)
            : group(pot ? std::vector<std::uint32_t>(now.agents, 0) : now.membership.organization),
              citizen(citizens_of(now)),
              of_staff(group, groups_of(pot, now), now, own,
                       [&](std::size_t at) { return citizen[at / width] ? 0 : now.given[pot][at]; }),
              of_citizens(group, groups_of(pot, now), now, own,
                          [&](std::size_t at) { return citizen[at / width] ? now.given[pot][at] : 0; }),
              counted(group, groups_of(pot, now), now, own, [&](std::size_t at) { return citizen[at / width]; }) {}

        bool both(std::size_t k, std::size_t lane) const noexcept {
            return counted.sum[k][lane] > 0 && counted.sum[k][lane] < counted.members[k][lane];
        }
        double staff(std::size_t k, std::size_t lane) const noexcept { return tokens(of_staff.sum[k][lane]); }
        double citizens(std::size_t k, std::size_t lane) const noexcept { return tokens(of_citizens.sum[k][lane]); }

        static std::size_t groups_of(std::uint32_t pot, const ServiceRound<width>& now) {
            return pot ? 1 : now.membership.members.size();
        }
        static std::vector<std::uint8_t> citizens_of(const ServiceRound<width>& now) {
            std::vector<std::uint8_t> citizen(now.agents);
            for (AgentId agent = 0; agent < now.agents; ++agent)
                citizen[agent] = now.ground.organizations.role(agent) == Role::citizen;
            return citizen;
        }

        std::vector<std::uint32_t> group;   ///< [agent]
        std::vector<std::uint8_t> citizen;  ///< [agent]
        GroupSums<width> of_staff, of_citizens, counted;
    };
};
static_assert(PolicyModel<CoProduction>);

}  // namespace commonweal::models
