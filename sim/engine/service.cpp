#include "sim/engine/service.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/draw_sequence.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

/// All layers as one, each pair once; or the layer that is asked for.
Layer joined_layer(const Network& network, const std::string& wanted) {
    TieList list{network.agents(), {}, {}};
    for (const NamedLayer& layer : network.layers()) {
        if (!wanted.empty() && layer.name != wanted) continue;
        for (AgentId agent = 0; agent < network.agents(); ++agent)
            for (const AgentId other : layer.layer.neighbors(agent))
                if (agent < other) list.ties.push_back({agent, other});
    }
    return Layer(std::move(list), Duplicates::merge);
}

/// The first `count` of a random order of all items.
template <class Item>
void keep_random(std::vector<Item>& items, std::size_t count, DrawSequence draws) {
    for (std::size_t i = 0; i < count; ++i) std::swap(items[i], items[i + draws.below(items.size() - i)]);
    items.resize(count);
}

}  // namespace

void ServiceDesign::prepare() { first = std::make_shared<const Network>(generator->generate(randomness, 0)); }

bool ServiceDesign::changes_structure() const noexcept {
    return std::ranges::any_of(policies, [](const auto& own) { return own.policy->changes_structure(); });
}

ServicePlace::ServicePlace(const ServiceDesign& design, std::uint32_t instance)
    : instance_(instance), network_(design.first) {
    if (instance > 0 && design.generator->random())
        network_ = std::make_shared<const Network>(design.generator->generate(design.randomness, instance));
    organizations_ = std::make_unique<const Organizations>(*network_);
    const Organizations in_first(*design.first);
    bool same =
        network_->agents() == design.first->agents() && organizations_->organizations() == in_first.organizations();
    for (std::uint32_t k = 0; same && k < in_first.organizations(); ++k)
        same = organizations_->organization_name(k) == in_first.organization_name(k);
    if (!same)
        throw ConfigError("[network]", fmt::format("network instance {} has other agents or organizations than "
                                                   "instance 0; results of one file are of the same ones",
                                                   instance));
    if (!design.layer.empty()) (void)network_->layer(design.layer);
    ties_ = std::make_unique<const Layer>(joined_layer(*network_, design.layer));
    placement_ = std::make_unique<const Placement>(design.places, network_->agents(), network_.get(), ties_.get());
    check_returns(design);
    choose_scopes(design);
    choose_pilots(design);
    for (const PolicyInForce& own : design.policies) own.policy->check(ground(), own.where);
}

/// A dilemma at both levels: r_L < members of each organization, r_S < all agents.
void ServicePlace::check_returns(const ServiceDesign& design) const {
    if (!(design.game.system_enhancement < network_->agents()))
        throw ConfigError("[game]", fmt::format("system_enhancement is {}; it must be below the number of agents, {}",
                                                design.game.system_enhancement, network_->agents()));
    for (std::uint32_t k = 0; k < organizations_->organizations(); ++k)
        if (const std::size_t members = organizations_->members_of_organization(k).size();
            !(design.game.local_enhancement < static_cast<double>(members)))
            throw ConfigError(
                "[game]", fmt::format("local_enhancement is {}; it must be below the members of each organization, "
                                      "and '{}' has {}",
                                      design.game.local_enhancement, organizations_->organization_name(k), members));
}

void ServicePlace::choose_scopes(const ServiceDesign& design) {
    const Organizations& all = *organizations_;
    std::vector<std::string> names;
    for (std::uint32_t k = 0; k < all.organizations(); ++k) names.emplace_back(all.organization_name(k));
    for (const PolicyInForce& own : design.policies) {
        for (const std::string& name : own.organizations)
            if (std::ranges::find(names, name) == names.end())
                throw ConfigError(own.where, fmt::format("organizations names {}, which the network does not have{}",
                                                         value_text(name), did_you_mean(name, names)));
        std::vector<std::uint32_t> units(all.units());
        for (std::uint32_t unit = 0; unit < units.size(); ++unit) units[unit] = unit;
        std::erase_if(units, [&](std::uint32_t unit) {
            const auto& wanted = own.organizations;
            return !wanted.empty() && std::ranges::find(wanted, names[all.organization_of_unit(unit)]) == wanted.end();
        });
        const auto count = static_cast<std::size_t>(own.share * static_cast<double>(units.size()) + 0.5);
        if (own.share < 1)
            keep_random(
                units, count,
                DrawSequence(design.randomness, {.stream = Stream::scope, .draw = own.key, .instance = instance_}));
        std::vector<std::uint8_t>& scope = scopes_.emplace_back(network_->agents(), std::uint8_t{0});
        bool any = false;
        for (const std::uint32_t unit : units)
            for (const AgentId agent : all.members_of_unit(unit)) {
                const auto role = static_cast<std::uint32_t>(all.role(agent));
                if (!own.roles.empty() && std::ranges::find(own.roles, role) == own.roles.end()) continue;
                scope[agent] = 1;
                any = true;
            }
        if (!any && own.share > 0) throw ConfigError(own.where, "nobody is in the scope of this policy");
    }
}

/// Units in scope, paired within their organization by size; of all pairs `pairs` are drawn.
void ServicePlace::choose_pilots(const ServiceDesign& design) {
    using Pair = std::pair<std::uint32_t, std::uint32_t>;
    const Organizations& all = *organizations_;
    for (std::size_t i = 0; i < design.policies.size(); ++i) {
        const PolicyInForce& own = design.policies[i];
        std::vector<Pair>& pairs = pilots_.emplace_back();
        if (own.rollout.kind != Rollout::Kind::pilot_and_scale) continue;
        std::vector<std::uint32_t> units;
        for (std::uint32_t unit = 0; unit < all.units(); ++unit)
            if (std::ranges::any_of(all.members_of_unit(unit), [&](AgentId agent) { return scopes_[i][agent]; }))
                units.push_back(unit);
        std::ranges::stable_sort(units, {}, [&](std::uint32_t unit) {
            return std::pair(all.organization_of_unit(unit), all.members_of_unit(unit).size());
        });
        for (std::size_t at = 0; at + 1 < units.size();) {
            const bool match = all.organization_of_unit(units[at]) == all.organization_of_unit(units[at + 1]);
            if (match) pairs.emplace_back(units[at], units[at + 1]);
            at += match ? 2 : 1;
        }
        if (pairs.size() < own.rollout.pairs)
            throw ConfigError(own.where, fmt::format("a pilot of {} pairs of units; only {} pairs within one "
                                                     "organization are in its scope",
                                                     own.rollout.pairs, pairs.size()));
        keep_random(
            pairs, own.rollout.pairs,
            DrawSequence(design.randomness, {.stream = Stream::rollout, .draw = own.key, .instance = instance_}));
    }
}

}  // namespace commonweal
