#include "models/networks/affiliation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/networks/bernoulli_ties.hpp"
#include "models/networks/whole_numbers.hpp"

namespace commonweal::models {

namespace {

/// Appends `count` different groups out of `groups` (Floyd's method), as ties {agent, group}.
void join_groups(AgentId agent, std::uint32_t count, std::uint32_t groups, DrawSequence& draws,
                 std::vector<Tie>& memberships) {
    const std::size_t first = memberships.size();
    for (std::uint32_t top = groups - std::min(count, groups); top < groups; ++top) {
        const auto group = static_cast<std::uint32_t>(draws.below(top + std::uint64_t{1}));
        const auto own = std::span(memberships).subspan(first);
        const bool taken = std::ranges::find(own, group, &Tie::b) != own.end();
        memberships.push_back({agent, taken ? top : group});
    }
}

/// Members of each group, in increasing order: a counting sort of the memberships by group.
std::vector<std::vector<AgentId>> members_of(const std::vector<Tie>& memberships, std::uint32_t groups) {
    std::vector<std::vector<AgentId>> members(groups);
    for (const Tie membership : memberships) members[membership.b].push_back(membership.a);
    return members;
}

}  // namespace

void Affiliation::check(const std::string& where) const {
    if (groups_per_agent > 0 && groups() == 0)
        throw ConfigError(
            where, fmt::format("{} agents in {} groups of {} each make no group; there must be at least one", agents,
                               groups_per_agent, group_size));
    if (agents * groups_per_agent / group_size > 4e9) throw ConfigError(where, "more than 4e9 groups are not possible");
}

Network Affiliation::generate(const Randomness& randomness, std::uint32_t instance) const {
    const WholeNumbers numbers = WholeNumbers::poisson(groups_per_agent);
    const auto memberships = ties_by_blocks(agents, [&](AgentId first, AgentId last, std::vector<Tie>& out) {
        for (AgentId agent = first; agent < last; ++agent) {
            DrawSequence draws(randomness, {.stream = Stream::network, .round = agent, .instance = instance});
            join_groups(agent, numbers.draw(draws), groups(), draws, out);
        }
    });
    TieList list{agents, {}, {}};
    for (const auto& members : members_of(memberships, groups()))
        for (std::size_t j = 0; j < members.size(); ++j)
            for (std::size_t i = 0; i < j; ++i) list.ties.push_back({members[i], members[j]});
    return Network(Layer(std::move(list), Duplicates::merge));
}

}  // namespace commonweal::models
