#pragma once

#include "sim/engine/policy_state.hpp"
#include "sim/network/mixing.hpp"
#include "tests/support/services.hpp"

/// The rounds of one policy without the game around it: what a policy plans can be looked at.
namespace commonweal {

/// Calls act() of the first policy of a design, round by round, in one lane.
class PolicyRounds {
public:
    explicit PolicyRounds(const ServiceDesign& design, std::uint32_t instance = 0)
        : design_(design),
          place_(design, instance),
          ground_(place_.ground()),
          state_(design, place_, 0, replicates_, 0, 0) {
        const Organizations& all = place_.organizations();
        const std::size_t agents = place_.network().agents();
        membership_.members.resize(all.organizations());
        for (AgentId agent = 0; agent < agents; ++agent) {
            membership_.organization.push_back(all.organization(agent));
            membership_.unit.push_back(all.unit(agent));
            ++membership_.members[all.organization(agent)];
        }
        for (auto& plane : planes_) plane.assign(agents, 0);
        endowment_.assign(agents, static_cast<std::int32_t>(micros(design.game.endowment)));
    }

    /// Ties of the policy in the next round.
    const std::vector<Tie>& next() {
        ++round_;
        if (!state_.begin(round_)) return state_.ties();
        auto now = view();
        PolicyFrame<1> own = state_.frame();
        design_.policies[0].policy->play(Phase::act, now, own);
        return state_.ties();
    }

    /// All that the policy remembers.
    std::span<const double> memory() { return state_.frame().memory; }

    /// [tokens]
    double cost() const { return tokens(state_.cost()[0]); }

    const ServicePlace& place() const noexcept { return place_; }

    /// How far ties run inside organizations, those of the policy included.
    double modularity() const {
        TieList list{place_.network().agents(), state_.ties(), {}};
        for (AgentId agent = 0; agent < list.agents; ++agent)
            for (const AgentId other : place_.ties().neighbors(agent))
                if (agent < other) list.ties.push_back({agent, other});
        return mixing_by(Layer(std::move(list)), *place_.network().attributes().find("organization")).modularity;
    }

private:
    ServiceRound<1> view() {
        const auto both = [&](std::size_t i) { return std::array{planes_[i].data(), planes_[i + 1].data()}; };
        return {.round = round_,
                .rounds = design_.rounds,
                .ground = ground_,
                .game = design_.game,
                .randomness = design_.randomness,
                .instance = place_.instance(),
                .replicates = replicates_,
                .agents = place_.network().agents(),
                .membership = membership_,
                .endowment = endowment_.data(),
                .usual_endowment = endowment_.data(),
                .belief = both(0),
                .seen = both(2),
                .contribution = {planes_[0].data(), planes_[1].data()},
                .given = {endowment_.data(), endowment_.data()},
                .local_total = {},
                .system_total = money_,
                .local_added = {},
                .system_added = money_,
                .local_worth = {},
                .system_worth = nullptr,
                .payoff = nullptr,
                .returns = both(4),
                .match = both(4),
                .minimum = both(4),
                .deterrence = both(4),
                .controlled = nullptr,
                .overhead = nullptr,
                .expected_fine = nullptr,
                .released = nullptr,
                .books = books_};
    }

    static constexpr std::array<std::uint32_t, 1> replicates_{0};
    const ServiceDesign& design_;
    ServicePlace place_;
    ServiceGround ground_;
    PolicyState<1> state_;
    Membership membership_;
    Round round_ = 0;
    std::array<std::vector<float>, 6> planes_;
    std::vector<std::int32_t> endowment_;
    std::array<Micro, 1> money_{};
    std::array<std::array<Micro, 1>, accounts> books_{};
};

}  // namespace commonweal
