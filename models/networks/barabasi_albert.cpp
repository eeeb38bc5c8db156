#include "models/networks/barabasi_albert.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/draw_sequence.hpp"

namespace commonweal::models {

namespace {

/// The end of a tie drawn uniformly: an agent with probability proportional to its degree.
AgentId any_end(const std::vector<Tie>& ties, std::size_t count, DrawSequence& draws) {
    const std::uint64_t end = draws.below(count * 2);
    return end % 2 ? ties[end / 2].b : ties[end / 2].a;
}

}  // namespace

void BarabasiAlbert::check(const std::string& where) const {
    if (links >= agents)
        throw ConfigError(
            where, fmt::format("links is {}; it must be below the number of agents, which is {}", links, agents));
}

Network BarabasiAlbert::generate(const Randomness& randomness, std::uint32_t instance) const {
    DrawSequence draws(randomness, {.stream = Stream::network, .instance = instance});
    TieList list{agents, {}, {}};
    list.ties.reserve(std::size_t{agents} * links);
    for (AgentId i = 0; i <= links; ++i)
        for (AgentId j = 0; j < i; ++j) list.ties.push_back({i, j});
    for (AgentId i = links + 1; i < agents; ++i) {
        const std::size_t before = list.ties.size();
        while (list.ties.size() < before + links) {
            const AgentId j = any_end(list.ties, before, draws);
            const auto own = std::span(list.ties).subspan(before);
            if (std::ranges::find(own, j, &Tie::b) == own.end()) list.ties.push_back({i, j});
        }
    }
    return Network(Layer(std::move(list)));
}

}  // namespace commonweal::models
