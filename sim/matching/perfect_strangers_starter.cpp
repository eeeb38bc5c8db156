#include "sim/matching/perfect_strangers_starter.hpp"

#include <algorithm>
#include <cassert>

namespace commonweal {
namespace {

AgentId moved(AgentId agent, std::uint32_t element, const AbelianGroup& group, AgentId agents) {
    const AgentId order = group.order();
    const AgentId cls = agent / order;
    return cls < agents / order ? cls * order + group.sum(agent % order, element) : agent;
}

RoundRow moved_round(const AgentId* base, std::uint32_t element, const AbelianGroup& group, AgentId agents) {
    RoundRow row(agents);
    std::transform(base, base + agents, row.begin(),
                   [&](AgentId agent) { return moved(agent, element, group, agents); });
    return row;
}

RoundRow orbit_round(const AgentId* members, const Starter& starter, const AbelianGroup& group) {
    RoundRow row;
    row.reserve(starter.agents);
    for (std::uint32_t element = 0; element < group.order(); ++element)
        for (AgentId slot = 0; slot < starter.group_size; ++slot)
            row.push_back(moved(members[slot], element, group, starter.agents));
    return row;
}

std::string counted(std::size_t count, const std::string& noun, const std::string& plural) {
    return std::to_string(count) + " " + (count == 1 ? noun : plural);
}

}  // namespace

Round developed_rounds(const Starter& starter) {
    const AbelianGroup group(starter.moduli);
    return static_cast<Round>(starter.base_rounds.size() / starter.agents * group.order() +
                              starter.orbit_groups.size() / starter.group_size);
}

std::vector<RoundRow> develop(const Starter& starter, Round rounds) {
    assert(rounds <= developed_rounds(starter));
    const AbelianGroup group(starter.moduli);
    const auto moving = static_cast<Round>(starter.base_rounds.size() / starter.agents * group.order());
    std::vector<RoundRow> developed;
    developed.reserve(rounds);
    for (Round t = 0; t < std::min(rounds, moving); ++t) {
        const AgentId* base = starter.base_rounds.data() + std::size_t{t / group.order()} * starter.agents;
        developed.push_back(moved_round(base, t % group.order(), group, starter.agents));
    }
    for (Round t = moving; t < rounds; ++t)
        developed.push_back(
            orbit_round(starter.orbit_groups.data() + std::size_t{t - moving} * starter.group_size, starter, group));
    return developed;
}

std::string describe(const Starter& starter) {
    const AbelianGroup group(starter.moduli);
    std::string text = counted(starter.base_rounds.size() / starter.agents, "base round", "base rounds") + " over " +
                       group.name() + " with " + counted(starter.agents / group.order(), "class", "classes");
    if (const AgentId fixed = starter.agents % group.order(); fixed > 0)
        text += " and " + counted(fixed, "fixed agent", "fixed agents");
    if (!starter.orbit_groups.empty())
        text += " and " + counted(starter.orbit_groups.size() / starter.group_size, "orbit group", "orbit groups");
    return text;
}

}  // namespace commonweal
