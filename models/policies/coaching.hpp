#pragma once

#include "sim/core/draw_sequence.hpp"
#include "sim/model/policy.hpp"

namespace commonweal::models {

/// People meet in random pairs and bring their beliefs together (see `equation`): pairwise averaging, which keeps the
/// mean belief and lets all beliefs meet there when nothing else is learned.
struct Coaching {
    static constexpr std::string_view name = "coaching";
    static constexpr std::string_view summary = "Random pairs meet and average what they expect of others.";
    static constexpr std::string_view equation =
        "every meet_every rounds all agents in scope are paired at random; both of a pair then believe\n"
        "  (b_i + b_j) / 2   of either pot";
    static constexpr std::string_view source =
        "DeGroot (1974), Journal of the American Statistical Association 69, 118-121; Boyd, Ghosh, Prabhakar & Shah "
        "(2006), "
        "IEEE Transactions on Information Theory 52, 2508-2530.";
    static constexpr std::string_view who_pays = "nobody";
    static constexpr std::string_view at_zero = "share = 0 (nobody is in scope)";
    static constexpr unsigned writes = Writes::nothing;
    static constexpr bool scheduled = true;

    std::uint32_t meet_every = 5;

    static auto parameters() {
        using Self = Coaching;
        return std::array{Parameter<Self>{"meet_every", &Self::meet_every, 1, 1e6, "rounds", "between meetings"}};
    }

    template <std::size_t width>
    void learn(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        if ((own.since - 1) % meet_every != 0) return;
        std::vector<AgentId> people;
        for (AgentId agent = 0; agent < now.agents; ++agent)
            if (own.mask[now.at(agent, 0)] > 0.0f) people.push_back(agent);
        DrawSequence draws(
            now.randomness,
            {.stream = Stream::policy, .draw = own.key * 64, .round = now.round, .instance = now.instance});
        for (std::size_t i = 0; i + 1 < people.size(); i += 2) {
            std::swap(people[i], people[i + draws.below(people.size() - i)]);
            std::swap(people[i + 1], people[i + 1 + draws.below(people.size() - i - 1)]);
            for (float* const belief : now.belief)
                for (std::size_t lane = 0; lane < width; ++lane) {
                    float &a = belief[now.at(people[i], lane)], &b = belief[now.at(people[i + 1], lane)];
                    a = b = (a + b) * 0.5f;
                }
        }
    }
};
static_assert(PolicyModel<Coaching>);

}  // namespace commonweal::models
