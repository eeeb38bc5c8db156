#include "sim/network/organization.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

constexpr std::string_view table = "[network]";

/// A column as texts; numbers as they are written. Empty without such an attribute.
TextColumn texts_of(const Network& network, std::string_view name) {
    const Attribute* const attribute = network.attributes().find(name);
    if (!attribute) return {};
    if (const auto* texts = std::get_if<TextColumn>(&attribute->values)) return *texts;
    TextColumnBuilder texts;
    for (AgentId agent = 0; agent < network.agents(); ++agent) texts.add(attribute->text(agent));
    return texts.finish();
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
    TextColumn organization = texts_of(network, "organization");
    if (organization.code.empty()) {
        std::vector<std::string> names;
        for (const Attribute& column : network.attributes().columns()) names.push_back(column.name);
        throw ConfigError(std::string(table),
                          fmt::format("agents of this network belong to no organization: they have no attribute "
                                      "'organization'{}; a table of agents, or the generator public_service, has it",
                                      did_you_mean("organization", names)));
    }
    organization_names_ = std::move(organization.texts);
    organization_ = std::move(organization.code);
    read_roles(network);
    read_levels(network);
    place_units(network);
    find_superiors(network);
    in_organization_ = Members(organization_, organization_names_.size());
    in_unit_ = Members(unit_, unit_names_.size());
}

void Organizations::read_roles(const Network& network) {
    role_.assign(network.agents(), Role::frontline);
    const TextColumn roles = texts_of(network, "role");
    const std::vector<std::string> known(role_names.begin(), role_names.end());
    std::vector<Role> of_text;
    for (const std::string& text : roles.texts) {
        const auto found = std::ranges::find(known, text);
        if (found == known.end())
            throw ConfigError(std::string(table), fmt::format("'{}' is no role of an agent{}; known: {}", text,
                                                              did_you_mean(text, known), fmt::join(known, ", ")));
        of_text.push_back(static_cast<Role>(found - known.begin()));
    }
    for (std::size_t agent = 0; agent < roles.code.size(); ++agent) role_[agent] = of_text[roles.code[agent]];
}

void Organizations::read_levels(const Network& network) {
    level_.assign(network.agents(), 0);
    const Attribute* const attribute = network.attributes().find("level");
    if (!attribute) return;
    const auto* const numbers = std::get_if<NumberColumn>(&attribute->values);
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        const double level = numbers ? (*numbers)[agent] : -1;
        if (!(level >= 0 && level < 1e6 && level == std::floor(level)))
            throw ConfigError(std::string(table),
                              fmt::format("level of agent {} is '{}'; it must be a whole number of at least 0, the "
                                          "steps below the top",
                                          network.label(agent), attribute->text(agent)));
        level_[agent] = static_cast<std::uint32_t>(level);
    }
}

void Organizations::place_units(const Network& network) {
    TextColumn units = texts_of(network, "unit");
    unit_names_ = units.code.empty() ? organization_names_ : std::move(units.texts);
    unit_ = units.code.empty() ? organization_ : std::move(units.code);
    constexpr auto unknown = std::numeric_limits<std::uint32_t>::max();
    of_unit_.assign(unit_names_.size(), unknown);
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        std::uint32_t& organization = of_unit_[unit_[agent]];
        if (organization == unknown) organization = organization_[agent];
        if (organization != organization_[agent])
            throw ConfigError(
                std::string(table),
                fmt::format("unit '{}' is in two organizations, '{}' and '{}' (agent {}); units have names of their "
                            "own",
                            unit_names_[unit_[agent]], organization_names_[organization],
                            organization_names_[organization_[agent]], network.label(agent)));
    }
}

void Organizations::find_superiors(const Network& network) {
    superior_.assign(network.agents(), no_agent);
    const auto line = std::ranges::find(network.layers(), std::string("line"), &NamedLayer::name);
    if (line == network.layers().end()) return;
    for (AgentId agent = 0; agent < network.agents(); ++agent)
        for (const AgentId other : line->layer.neighbors(agent)) {
            if (level_[other] >= level_[agent]) continue;
            if (superior_[agent] != no_agent)
                throw ConfigError(
                    std::string(table),
                    fmt::format("agent {} reports to both {} and {} on the layer line; everybody has one "
                                "superior, the neighbor with the smaller level",
                                network.label(agent), network.label(superior_[agent]), network.label(other)));
            superior_[agent] = other;
        }
}

}  // namespace commonweal
