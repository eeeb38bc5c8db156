#include "sim/network/organization.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/network/row_reader.hpp"

namespace commonweal {

namespace {

/// A column as texts; numbers as they are written. Empty without such an attribute.
TextColumn texts_of(const Network& network, std::string_view name) {
    const Attribute* const attribute = network.attributes().find(name);
    if (!attribute) return {};
    if (const auto* texts = std::get_if<TextColumn>(&attribute->values)) return *texts;
    TextColumnBuilder texts;
    for (AgentId agent = 0; agent < network.agents(); ++agent) texts.add(attribute->text(agent));
    return texts.finish();
}

void check_filled(const Network& network, std::string_view name, std::string_view rule) {
    const Attribute* const attribute = network.attributes().find(name);
    const auto* const column = attribute ? std::get_if<TextColumn>(&attribute->values) : nullptr;
    if (!column) return;
    const auto empty = std::ranges::find(column->texts, "");
    if (empty == column->texts.end()) return;
    const auto first = std::ranges::find(column->code, static_cast<std::uint32_t>(empty - column->texts.begin()));
    const auto agent = static_cast<AgentId>(first - column->code.begin());
    throw ConfigError(attribute->where(agent),
                      fmt::format("{} of agent '{}' is empty; {}", name, network.label(agent), rule));
}

/// How much an agent of a role has to say: of two on the line, the superior has more.
int standing(Role role) noexcept {
    return role == Role::leader ? 3 : role == Role::manager ? 2 : role == Role::frontline ? 1 : 0;
}

/// ", line 4" of the file that an attribute was read from.
std::string line_of(const Attribute& attribute, AgentId agent) {
    return attribute.places ? fmt::format(", line {}", attribute.places->line[agent]) : "";
}

}  // namespace

Organizations::Members::Members(const std::vector<std::uint32_t>& group, std::size_t groups)
    : first(groups + 1, 0), agents(group.size()) {
    for (const std::uint32_t g : group) ++first[g + 1];
    for (std::size_t g = 0; g < groups; ++g) first[g + 1] += first[g];
    std::vector<std::size_t> next(first.begin(), first.end() - 1);
    for (AgentId agent = 0; agent < group.size(); ++agent) agents[next[group[agent]]++] = agent;
}

Organizations::Organizations(const Network& network) {
    read_names(network);
    read_roles(network);
    read_levels(network);
    place_units(network);
    find_superiors(network);
    in_organization_ = Members(organization_, organization_names_.size());
    in_unit_ = Members(unit_, unit_names_.size());
}

void Organizations::read_names(const Network& network) {
    TextColumn organization = texts_of(network, "organization");
    if (organization.code.empty()) {
        const auto& columns = network.attributes().columns();
        std::vector<std::string> names;
        for (const Attribute& column : columns) names.push_back(column.name);
        throw ConfigError(!columns.empty() && columns.back().places ? columns.back().places->file : "[network]",
                          fmt::format("agents of this network belong to no organization: they have no attribute "
                                      "'organization'{}; a table of agents, or the generator public_service, has it",
                                      did_you_mean("organization", names)));
    }
    check_filled(network, "organization", "every agent belongs to one organization");
    organization_names_ = std::move(organization.texts);
    organization_ = std::move(organization.code);
}

void Organizations::read_roles(const Network& network) {
    role_.assign(network.agents(), Role::frontline);
    const Attribute* const attribute = network.attributes().find("role");
    if (!attribute) return;
    const TextColumn roles = texts_of(network, "role");
    const std::vector<std::string> known(role_names.begin(), role_names.end());
    std::vector<std::size_t> of_text;
    for (const std::string& text : roles.texts)
        of_text.push_back(static_cast<std::size_t>(std::ranges::find(known, text) - known.begin()));
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        const std::string& text = roles.texts[roles.code[agent]];
        const std::size_t role = of_text[roles.code[agent]];
        if (role == known.size())
            throw ConfigError(attribute->where(agent),
                              fmt::format("role of agent '{}' is '{}'{}; it must be one of {}", network.label(agent),
                                          text, did_you_mean(text, known), fmt::join(known, ", ")));
        role_[agent] = static_cast<Role>(role);
    }
}

void Organizations::read_levels(const Network& network) {
    level_.assign(network.agents(), 0);
    const Attribute* const attribute = network.attributes().find("level");
    if (!attribute) return;
    const auto* const numbers = std::get_if<NumberColumn>(&attribute->values);
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        double level = -1;
        if (numbers)
            level = (*numbers)[agent];
        else if (!is_number(attribute->text(agent), level))
            level = -1;
        if (!(level >= 0 && level < 1e6 && level == std::floor(level)))
            throw ConfigError(attribute->where(agent),
                              fmt::format("level of agent '{}' is '{}'; {}", network.label(agent),
                                          attribute->text(agent), level_rule));
        level_[agent] = static_cast<std::uint32_t>(level);
    }
}

void Organizations::place_units(const Network& network) {
    check_filled(network, "unit", "every agent is in one unit; without a column of units each organization is one");
    TextColumn units = texts_of(network, "unit");
    unit_names_ = units.code.empty() ? organization_names_ : std::move(units.texts);
    unit_ = units.code.empty() ? organization_ : std::move(units.code);
    constexpr auto unknown = std::numeric_limits<std::uint32_t>::max();
    of_unit_.assign(unit_names_.size(), unknown);
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        std::uint32_t& organization = of_unit_[unit_[agent]];
        if (organization == unknown) organization = organization_[agent];
        if (organization != organization_[agent]) refuse_unit(network, unit_[agent]);
    }
}

/// The unit is taken to belong where most of its agents are: the first of the others is told.
void Organizations::refuse_unit(const Network& network, std::uint32_t unit) const {
    std::vector<std::uint32_t> agents(organization_names_.size());
    for (AgentId agent = 0; agent < network.agents(); ++agent)
        if (unit_[agent] == unit) ++agents[organization_[agent]];
    AgentId right = no_agent, wrong = no_agent;
    for (AgentId agent = 0; agent < network.agents(); ++agent)
        if (unit_[agent] == unit && (right == no_agent || agents[organization_[agent]] > agents[organization_[right]]))
            right = agent;
    for (AgentId agent = network.agents(); agent-- > 0;)
        if (unit_[agent] == unit && organization_[agent] != organization_[right]) wrong = agent;
    const std::string& home = organization_names_[organization_[right]];
    const std::string& other = organization_names_[organization_[wrong]];
    const Attribute& attribute = *network.attributes().find("unit");
    const std::uint32_t there = agents[organization_[right]];
    throw ConfigError(
        attribute.where(wrong),
        fmt::format("agent '{}' of organization '{}' has unit '{}', which {} of organization '{}' {} (first '{}'{}); a "
                    "unit is in one organization: mend one of the two, or give each a unit of its own, as '{}/{}'",
                    network.label(wrong), other, unit_names_[unit],
                    there == 1 ? "an agent" : fmt::format("{} agents", there), home, there == 1 ? "has" : "have",
                    network.label(right), line_of(attribute, right), other, unit_names_[unit]));
}

void Organizations::find_superiors(const Network& network) {
    superior_.assign(network.agents(), no_agent);
    const auto line = std::ranges::find(network.layers(), std::string("line"), &NamedLayer::name);
    if (line == network.layers().end()) return;
    std::vector<AgentId> superiors;
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        superiors.clear();
        for (const AgentId other : line->layer.neighbors(agent))
            if (level_[other] < level_[agent]) superiors.push_back(other);
        if (superiors.size() > 1) refuse_superiors(network, agent, superiors);
        if (!superiors.empty()) superior_[agent] = superiors.front();
    }
}

/// Whose level is wrong cannot be known, so all of them are told; but one whose role is below that of the agent is no
/// superior.
void Organizations::refuse_superiors(const Network& network, AgentId agent,
                                     const std::vector<AgentId>& superiors) const {
    constexpr std::size_t told = 4;
    const Attribute& levels = *network.attributes().find("level");
    const bool roles = network.attributes().find("role") != nullptr;
    const auto text = [&](AgentId one) {
        return fmt::format("'{}' ({}level {}{})", network.label(one),
                           roles ? fmt::format("{}, ", role_names[static_cast<std::size_t>(role_[one])]) : "",
                           level_[one], line_of(levels, one));
    };
    std::vector<std::string> texts;
    AgentId suspect = no_agent;
    std::size_t below = 0;
    for (const AgentId one : superiors) {
        if (texts.size() < told) texts.push_back(text(one));
        if (standing(role_[one]) >= standing(role_[agent])) continue;
        suspect = one;
        ++below;
    }
    if (superiors.size() > told) texts.push_back(fmt::format("{} more", superiors.size() - told));
    if (below > 1) suspect = agent;
    throw ConfigError(
        levels.where(suspect == no_agent ? agent : suspect),
        fmt::format("agent {} has {} neighbors with a smaller level on the layer line: {}; an agent reports to the "
                    "one with the smaller level, and there can be only one: {}",
                    text(agent), superiors.size(), fmt::join(texts, " and "),
                    suspect == no_agent ? "one of these levels or ties is wrong"
                                        : fmt::format("the level of '{}' seems to be wrong", network.label(suspect))));
}

}  // namespace commonweal
