#pragma once

#include <vector>

#include "sim/core/elementary.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// The leaders of two organizations meet (see `equation`), and their people follow them.
struct Mediation {
    static constexpr std::string_view name = "mediation";
    static constexpr std::string_view summary =
        "Leaders of two organizations meet and learn what the other side gives.";
    static constexpr std::string_view equation =
        "every meet_every rounds, for the pot of the system:\n"
        "leader of one side:  b += mu (last contribution of the other leader - b)\n"
        "who is h steps below that leader in the organization:  b += mu follow^h (b of the leader - b)";
    static constexpr std::string_view source = "Construction of this program, after partnership repair.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "mu = 0";
    static constexpr unsigned writes = Writes::nothing;

    std::string first, second;
    double mu = 0.5, follow = 0.7;
    std::uint32_t meet_every = 5;

    static auto parameters() {
        using Self = Mediation;
        return std::array{
            Parameter<Self>{"first", &Self::first, 0, 0, "", "name of an organization; empty: the first"},
            Parameter<Self>{"second", &Self::second, 0, 0, "", "name of the other; empty: the second"},
            Parameter<Self>{"mu", &Self::mu, 0, 1, "per meeting", "how far a leader's belief moves"},
            Parameter<Self>{"follow", &Self::follow, 0, 1, "per step",
                            "how much of it each step down the line passes on"},
            Parameter<Self>{"meet_every", &Self::meet_every, 1, 1e6, "rounds", "between meetings"},
        };
    }

    void check(const ServiceGround& ground, const std::string& where) const {
        const std::uint32_t one = number_of(first, 0, ground, where), two = number_of(second, 1, ground, where);
        if (one == two) throw ConfigError(where, "mediation needs two organizations");
    }

    template <std::size_t width>
    void learn(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if ((own.since - 1) % meet_every != 0) return;
        const std::array sides{number_of(first, 0, now.ground, name_text()),
                               number_of(second, 1, now.ground, name_text())};
        const std::array heads{head_of(sides[0], now.ground.organizations),
                               head_of(sides[1], now.ground.organizations)};
        for (std::size_t side = 0; side < 2; ++side) {
            move(heads[side], static_cast<float>(mu), now.contribution[1] + now.at(heads[1 - side], 0), now, own);
            for (const AgentId agent : now.ground.organizations.members_of_organization(sides[side]))
                if (const std::uint32_t h = steps_below(agent, heads[side], now.ground.organizations))
                    move(agent, static_cast<float>(mu * exp_of(h * log_of(follow > 0 ? follow : 1e-300))),
                         now.belief[1] + now.at(heads[side], 0), now, own);
        }
    }

private:
    static std::string name_text() { return std::string(name); }

    static std::uint32_t number_of(const std::string& wanted, std::uint32_t preset, const ServiceGround& ground,
                                   const std::string& where) {
        const Organizations& all = ground.organizations;
        if (wanted.empty() && preset < all.organizations()) return preset;
        std::vector<std::string> names;
        for (std::uint32_t k = 0; k < all.organizations(); ++k) {
            if (all.organization_name(k) == wanted) return k;
            names.push_back(all.organization_name(k));
        }
        throw ConfigError(where, "the network has no organization '" + wanted + "'" + did_you_mean(wanted, names));
    }

    /// Its first leader, or who stands highest.
    static AgentId head_of(std::uint32_t organization, const Organizations& all) {
        AgentId head = all.members_of_organization(organization)[0];
        for (const AgentId agent : all.members_of_organization(organization)) {
            if (all.role(agent) == Role::leader) return agent;
            if (all.level(agent) < all.level(head)) head = agent;
        }
        return head;
    }

    /// 0 for who is not below.
    static std::uint32_t steps_below(AgentId agent, AgentId head, const Organizations& all) {
        std::uint32_t steps = 0;
        for (AgentId up = agent; up != no_agent; up = all.superior(up), ++steps)
            if (up == head) return steps;
        return 0;
    }

    template <std::size_t width>
    static void move(AgentId agent, float weight, const float* target, ServiceRound<width>& now,
                     const PolicyFrame<width>& own) {
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::size_t at = now.at(agent, lane);
            now.belief[1][at] += weight * own.mask[at] * (target[lane] - now.belief[1][at]);
        }
    }
};
static_assert(PolicyModel<Mediation>);

}  // namespace commonweal::models
