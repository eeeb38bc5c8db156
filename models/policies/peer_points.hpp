#pragma once

#include <cmath>

#include "models/policies/in_scope.hpp"
#include "sim/core/elementary.hpp"

namespace commonweal::models {

/// Points that the members of a unit give each other by how far one gave less or more than the others, punished or
/// rewarded alike: the part that `peer_punishment` and `peer_reward` share.
///
/// Points follow from the distance to the mean of the others, so that sums over units suffice. The measured shares and
/// means are of pairs in groups of three, where two others look at each.
struct PeerPoints {
    static constexpr std::array<std::string_view, 2> targetings{"hurdle", "linear"};
    static constexpr std::array<std::string_view, 3> visibles{"both", "local", "system"};

    std::uint32_t targeting = 0, sees = 0;
    double strength = 2, antisocial = 0.28, cost = 1, effect = 3, shortfall = 0.089;
    std::vector<double> shares{0.46, 0.52, 0.36}, means{1.16, 1.96, 1.53};

    void check(const std::string& where) const {
        if (shares.size() != 3 || means.size() != 3)
            throw ConfigError(where,
                              "shares and points need 3 values each: for a distance of 1 to 5, 6 to 10, and 11 "
                              "tokens or more");
        for (std::size_t c = 0; c < 3; ++c)
            if (means[c] > 0 && shares[c] == 0)
                throw ConfigError(where, "points of a class whose share is 0 must be 0");
    }

protected:
    /// Members in scope of every unit, and what they gave to the pots in sight.
    template <std::size_t width>
    struct Units {
        Units(const PeerPoints& rule, const ServiceRound<width>& now, const PolicyFrame<width>& own)
            : rule_(rule), given_(sums_of_units(now, own, [&](std::size_t at) { return seen(now, at); })) {}

        /// How many tokens less (or, above 0, more) than the others of its unit an agent gave. Nobody else: 0.
        double distance(const ServiceRound<width>& now, AgentId agent, std::size_t lane) const {
            const std::uint32_t unit = now.membership.unit[agent];
            const Micro others = given_.members[unit][lane] - 1, gave = seen(now, now.at(agent, lane));
            return others < 1 ? 0 : tokens(gave) - tokens(given_.sum[unit][lane] - gave) / static_cast<double>(others);
        }

        Micro members(std::uint32_t unit, std::size_t lane) const { return given_.members[unit][lane]; }

    private:
        Micro seen(const ServiceRound<width>& now, std::size_t at) const {
            return (rule_.sees == 2 ? 0 : Micro{now.given[0][at]}) + (rule_.sees == 1 ? 0 : now.given[1][at]);
        }

        const PeerPoints& rule_;
        GroupSums<width> given_;
    };

    /// Class of a distance on a scale of 20 tokens; 3: the same.
    static std::size_t class_of(double distance, double endowment) noexcept {
        const double scaled = std::abs(distance) * 20 / endowment;
        return scaled < 0.5 ? 3 : scaled < 5.5 ? 0 : scaled < 10.5 ? 1 : 2;
    }

    /// Points of all others together that are expected at a distance from them. For the wrong side: `wrong`.
    double expected(double distance, double endowment, bool wrong) const noexcept {
        const std::size_t c = class_of(distance, endowment);
        const double points = targeting == 1 ? shortfall * std::abs(distance) : c == 3 ? 0 : means[c];
        return strength * points * (wrong ? antisocial : 1);
    }

    /// Tokens over which the points at a distance are spread. Classes have steps at their limits: close to the mean the
    /// whole first step is no slope to go by, and it is spread over the tokens up to the middle of that class.
    double span(double distance, double endowment) const noexcept {
        const double least = targeting == 1 ? 0 : 3 * endowment / 20;
        return std::abs(distance) > least ? distance : std::copysign(least, distance);
    }

    /// Points of all others together: by chance where targets are picked, what is expected otherwise.
    double received(double distance, double endowment, bool wrong, std::uint32_t word) const noexcept {
        const double points = expected(distance, endowment, wrong);
        const std::size_t c = class_of(distance, endowment);
        if (targeting == 1 || c == 3 || !(points > 0)) return points;
        return static_cast<double>(uniform_of(word)) < shares[c] ? points / shares[c] : 0;
    }

    /// What a token brings, from the points of last round. `sign`: points take (-1) or give (+1); punished is who gave
    /// less, rewarded who gave more. Points at a distance are spread evenly over the tokens up to the mean, so each
    /// token more is worth that many points fewer (or more) to its giver, and it moves the mean by which it gives
    /// points to others.
    template <std::size_t width>
    void expect(double sign, ServiceRound<width>& now, const PolicyFrame<width>& own,
                const std::array<double, width>& value) const {
        if (strength == 0) return;
        const Units<width> units(*this, now, own);
        const std::size_t count = now.ground.organizations.units();
        std::vector<std::array<double, width>> slopes(count);
        const auto slope_of = [&](AgentId agent, std::size_t lane) {
            const std::size_t at = now.at(agent, lane);
            const double d = units.distance(now, agent, lane);
            if (own.mask[at] == 0.0f || d == 0) return 0.0;
            const double points = expected(d, of(now), d * sign < 0);
            return points / span(d, of(now));  // d points / d contribution: below 0 for who gave less
        };
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane)
                slopes[now.membership.unit[agent]][lane] += slope_of(agent, lane);
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const std::uint32_t unit = now.membership.unit[agent];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                if (own.mask[at] == 0.0f || units.members(unit, lane) < 2) continue;
                const double others = static_cast<double>(units.members(unit, lane) - 1), mine = slope_of(agent, lane);
                const double moved = (slopes[unit][lane] - mine) / (others * others);
                const auto m = static_cast<float>(sign * value[lane] * mine + cost * moved);
                if (sees != 2) now.returns[0][at] += m;
                if (sees != 1) now.returns[1][at] += m;
            }
        }
    }

    /// Calls f(at, lane, received, given) with the points of every agent in scope in a unit of at least two; given:
    /// what it gives to the others together, the same to all who look at a target.
    template <std::size_t width, class Function>
    void each_in_scope(double sign, const ServiceRound<width>& now, const PolicyFrame<width>& own,
                       const Function& f) const {
        if (strength == 0) return;
        const Units<width> units(*this, now, own);
        std::vector<std::uint32_t> words((std::size_t{now.agents} + 3) / 4 * 4 * width);
        if (targeting == 0)
            now.randomness.template fill<width>(
                {.stream = Stream::policy, .draw = own.key * 64, .round = now.round, .instance = now.instance},
                now.replicates, now.agents, words.data());
        std::vector<std::array<double, width>> sums(now.ground.organizations.units());
        const auto points_of = [&](AgentId agent, std::size_t lane) {
            const double d = units.distance(now, agent, lane);
            return received(d, of(now), d * sign < 0, words[now.at(agent, lane)]);
        };
        for (AgentId agent = 0; agent < now.agents; ++agent)
            for (std::size_t lane = 0; lane < width; ++lane)
                if (own.mask[now.at(agent, lane)] > 0.0f)
                    sums[now.membership.unit[agent]][lane] += points_of(agent, lane);
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const std::uint32_t unit = now.membership.unit[agent];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                if (own.mask[at] == 0.0f || units.members(unit, lane) < 2) continue;
                const double mine = points_of(agent, lane);
                f(at, lane, mine, (sums[unit][lane] - mine) / static_cast<double>(units.members(unit, lane) - 1));
            }
        }
    }

private:
    template <std::size_t width>
    static double of(const ServiceRound<width>& now) noexcept {
        return now.game.endowment;
    }
};

/// The parameters of both policies.
template <class Self>
auto peer_parameters(std::string_view cost, std::string_view effect) {
    return std::array{
        Parameter<Self>{"targeting", &Self::targeting, 0, 0, "",
                        "hurdle: whether one is a target, and of how many points, by the class of the distance; "
                        "linear: points in proportion to it",
                        Self::targetings},
        Parameter<Self>{"sees", &Self::sees, 0, 0, "", "contributions that members of a unit see of each other",
                        Self::visibles},
        Parameter<Self>{"strength", &Self::strength, 0, 100, "-",
                        "how many times the points that one member of a group of three gives a target gets in all; 2 "
                        "there"},
        Parameter<Self>{"antisocial", &Self::antisocial, 0, 10, "-",
                        "points on the wrong side of the mean, as a share of those at the same distance on the right "
                        "one; 0.28 is the mean of the measured classes"},
        Parameter<Self>{"cost", &Self::cost, 0, 100, "tokens per point", cost},
        Parameter<Self>{"effect", &Self::effect, 0, 100, "tokens per point", effect},
        Parameter<Self>{"shortfall", &Self::shortfall, 0, 100, "points per token",
                        "points that one member gives per token of distance (linear)"},
        Parameter<Self>{"shares", &Self::shares, 0, 1, "-",
                        "share of targets at a distance of 1 to 5, 6 to 10, and 11 or more of 20 tokens (hurdle)"},
        Parameter<Self>{"points", &Self::means, 0, 1e3, "points",
                        "mean points that one member gives in these classes, targets without any included (hurdle)"},
    };
}

}  // namespace commonweal::models
