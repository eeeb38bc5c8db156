#pragma once

#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Managers and leaders of different organizations sit together (see `equation`) and see each other.
struct Boards {
    static constexpr std::string_view name = "boards";
    static constexpr std::string_view summary = "Boards of managers of different organizations, kept or rotated.";
    static constexpr std::string_view equation =
        "boards of `seats` managers or leaders in scope, each of another organization, all of whom see each other;\n"
        "drawn anew every rotate_every rounds (0: kept); a seat costs seat_cost tokens of public money a round";
    static constexpr std::string_view source = "Construction of this program.";
    static constexpr std::string_view who_pays = "the public purse; a seat's cost is used up";
    static constexpr std::string_view at_zero = "boards = 0";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool spends = true;
    static constexpr bool scheduled = true;

    std::uint32_t boards = 10, seats = 6, rotate_every = 0;
    double seat_cost = 0.5;

    static auto parameters() {
        using Self = Boards;
        return std::array{
            Parameter<Self>{"boards", &Self::boards, 0, 1e5, "-", "number of boards"},
            Parameter<Self>{"seats", &Self::seats, 2, 1000, "-", "organizations on a board, or all there are"},
            Parameter<Self>{"rotate_every", &Self::rotate_every, 0, 1e6, "rounds",
                            "until boards are drawn anew; 0: never"},
            Parameter<Self>{"seat_cost", &Self::seat_cost, 0, 1e6, "tokens per round", "public money for each seat"},
        };
    }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const bool anew = own.since == 1 || (rotate_every > 0 && (own.since - 1) % rotate_every == 0);
        if (anew) draw(now, own);
        const Micro wanted = micros(seat_cost * static_cast<double>(own.ties.size() ? boards * seats : 0));
        for (std::size_t lane = 0; lane < width; ++lane)
            if (own.waste(wanted, lane, now) < wanted) own.ties.clear();  // no money, no boards; lanes have the same
    }

private:
    template <std::size_t width>
    void draw(const ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const Organizations& all = now.ground.organizations;
        std::vector<std::vector<AgentId>> seniors(all.organizations());
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (const Role role = all.role(agent);
                (role == Role::manager || role == Role::leader) && own.mask[now.at(agent, 0)] > 0.0f)
                seniors[all.organization(agent)].push_back(agent);
        std::erase_if(seniors, [](const auto& some) { return some.empty(); });
        DrawSequence draws(
            now.randomness,
            {.stream = Stream::policy, .draw = own.key * 64, .round = own.since, .instance = now.instance});
        own.ties.clear();
        for (std::uint32_t board = 0; board < boards; ++board) {
            std::vector<AgentId> members;
            for (std::size_t seat = 0; seat < seats && seat < seniors.size(); ++seat) {
                std::swap(seniors[seat], seniors[seat + draws.below(seniors.size() - seat)]);
                members.push_back(seniors[seat][draws.below(seniors[seat].size())]);
            }
            for (std::size_t i = 0; i < members.size(); ++i)
                for (std::size_t j = 0; j < i; ++j) own.ties.push_back({members[j], members[i]});
        }
    }
};
static_assert(PolicyModel<Boards>);

}  // namespace commonweal::models
