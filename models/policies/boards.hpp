#pragma once

#include <algorithm>
#include <vector>

#include "models/policies/new_ties.hpp"
#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Boards: managers and leaders of different organizations who see what the others give (see `equation`).
struct Boards {
    static constexpr std::string_view name = "boards";
    static constexpr std::string_view summary =
        "Boards: managers and leaders of different organizations meet and see what each other give.";
    static constexpr std::string_view equation =
        "each board has one manager or leader in scope from each of `seats` organizations, of as many as there are; "
        "its\n"
        "members see each other. Boards are drawn for each network instance, and anew every rotate_every rounds.\n"
        "cost:  seat_cost * seats * boards  [tokens per round], used up. When less is left of the budget, fewer "
        "boards\n"
        "meet. No money reaches agents: m stays as it is.";
    static constexpr std::string_view source =
        "Boards that join organizations: Mizruchi (1996), Annual Review of Sociology 22, 271-298; the rest is a "
        "construction of this program.";
    static constexpr std::string_view who_pays = "the public purse, up to the budget";
    static constexpr std::string_view at_zero = "boards = 0";
    static constexpr PolicyNeeds needs{.leaders = true};
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool spends = true;
    static constexpr bool scheduled = true;

    std::uint32_t boards = 10, seats = 6;
    double seat_cost = 0.5;
    std::uint32_t rotate_every = 0;

    static auto parameters() {
        using Self = Boards;
        return std::array{
            Parameter<Self>{"boards", &Self::boards, 0, 1e5, "-", "number of boards"},
            Parameter<Self>{"seats", &Self::seats, 2, 1000, "-", "organizations on a board"},
            Parameter<Self>{"seat_cost", &Self::seat_cost, 0, 1e6, "tokens per round",
                            "public money that a seat uses up"},
            Parameter<Self>{"rotate_every", &Self::rotate_every, 0, 1e6, "rounds",
                            "until boards are drawn anew; 0: never"},
        };
    }

    void check(const ServiceGround& ground, const std::string& where) const {
        if (const std::uint32_t count = ground.organizations.organizations(); seats > count)
            throw ConfigError(where, "seats is " + std::to_string(seats) +
                                         "; a board has people of different organizations, and there are " +
                                         std::to_string(count));
    }

    std::size_t memory(const PolicyMemory&) const noexcept { return 1; }  // boards that meet

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        std::vector<std::vector<AgentId>> people(now.membership.members.size());
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const Role role = now.ground.organizations.role(agent);
            if ((role == Role::leader || role == Role::manager) && own.mask[now.at(agent, 0)] > 0.0f)
                people[now.membership.organization[agent]].push_back(agent);
        }
        std::erase_if(people, [](const auto& of_one) { return of_one.empty(); });
        const std::size_t taken = std::min<std::size_t>(seats, people.size());
        const Micro cost = micros(seat_cost) * static_cast<Micro>(taken);
        Micro meeting = taken < 2 ? 0 : boards;
        if (cost > 0) meeting = std::min(meeting, own.left[0] / cost);
        for (std::size_t lane = 0; lane < width; ++lane) own.waste(cost * meeting, lane, now);
        const Round age = own.since - 1, in_office = rotate_every == 0 ? age : age % rotate_every;
        if (in_office > 0 && static_cast<Micro>(own.memory[0]) == meeting) return;
        own.memory[0] = static_cast<double>(meeting);
        own.ties.clear();
        NewTies ties(now.ground.ties, own.ties);
        DrawSequence draws(
            now.randomness,
            {.stream = Stream::policy, .draw = own.key * 64, .round = now.round - in_office, .instance = now.instance});
        for (Micro board = 0; board < meeting; ++board) {
            std::vector<AgentId> members;
            for (std::size_t seat = 0; seat < taken; ++seat) {
                std::swap(people[seat], people[seat + draws.below(people.size() - seat)]);
                members.push_back(people[seat][draws.below(people[seat].size())]);
                for (std::size_t other = 0; other < seat; ++other) ties.add(members[other], members[seat]);
            }
        }
    }
};
static_assert(PolicyModel<Boards>);

}  // namespace commonweal::models
