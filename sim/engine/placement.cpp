#include "sim/engine/placement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <unordered_map>

#include "sim/core/draw_sequence.hpp"
#include "sim/core/elementary.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

constexpr std::uint8_t unplaced = 255;

std::string table_of(const TypePlace& type) { return fmt::format("[agents.{}]", type.name); }

/// Names in which to look for a near one: of a large network the first thousands, none where agents have numbers only.
std::vector<std::string> first_labels(const Network& network) {
    std::vector<std::string> labels;
    if (!network.labeled()) return labels;
    for (AgentId agent = 0; agent < std::min<AgentId>(network.agents(), 10000); ++agent)
        labels.push_back(network.label(agent));
    return labels;
}

std::vector<std::string> texts_of(const Attribute& attribute) {
    const auto* const column = std::get_if<TextColumn>(&attribute.values);
    return column ? column->texts : std::vector<std::string>{};
}

}  // namespace

Placement::Placement(std::vector<TypePlace> types, AgentId agents, const Network* network, const Layer* ties)
    : places_(std::move(types)), agents_(agents), network_(network), ties_(ties), fixed_(agents, unplaced) {
    std::uint64_t exact = 0;
    bool shares = false, hubs = false;
    for (std::size_t type = 0; type < places_.size(); ++type) {
        const TypePlace& place = places_[type];
        if (!place.who.empty()) claim_named(static_cast<std::uint8_t>(type));
        if (!place.attribute.empty()) claim_attribute(static_cast<std::uint8_t>(type));
        exact += place.count.value_or(0);
        shares = shares || place.by_share();
        hubs = hubs || (place.count && place.place == TypePlace::Where::hubs);
        if (place.count && place.place != TypePlace::Where::random && !ties_)
            throw ConfigError(table_of(place), "place needs a [network]");
    }
    const auto left = static_cast<std::uint64_t>(std::ranges::count(fixed_, unplaced));
    if (exact > left)
        throw ConfigError(
            "[agents]", fmt::format("types have {} agents by count, but only {} of {} are free", exact, left, agents_));
    if (!shares && exact < left)
        throw ConfigError("[agents]",
                          fmt::format("{} of {} agents have no type; give one type a share", left - exact, agents_));
    if (!hubs) return;
    hubs_.resize(agents_);
    std::iota(hubs_.begin(), hubs_.end(), AgentId{0});
    std::ranges::stable_sort(hubs_, [&](AgentId a, AgentId b) { return ties_->degree(a) > ties_->degree(b); });
}

void Placement::claim(std::uint8_t type, AgentId agent) {
    if (fixed_[agent] != unplaced)
        throw ConfigError(table_of(places_[type]), fmt::format("agent {} is of type {} already", network_->label(agent),
                                                               places_[fixed_[agent]].name));
    fixed_[agent] = type;
}

void Placement::claim_named(std::uint8_t type) {
    std::unordered_map<std::string, AgentId> agents;
    for (AgentId agent = 0; agent < agents_; ++agent) agents.emplace(network_->label(agent), agent);
    for (const std::string& name : places_[type].who) {
        const auto found = agents.find(name);
        if (found == agents.end())
            throw ConfigError(table_of(places_[type]), fmt::format("the network has no agent \"{}\"{}", name,
                                                                   did_you_mean(name, first_labels(*network_))));
        claim(type, found->second);
    }
}

void Placement::claim_attribute(std::uint8_t type) {
    const TypePlace& place = places_[type];
    const Attribute* attribute = network_->attributes().find(place.attribute);
    if (!attribute) {
        std::vector<std::string> names;
        for (const Attribute& column : network_->attributes().columns()) names.push_back(column.name);
        throw ConfigError(table_of(place), fmt::format("agents of the network have no attribute \"{}\"{}",
                                                       place.attribute, did_you_mean(place.attribute, names)));
    }
    bool any = false;
    for (AgentId agent = 0; agent < agents_; ++agent) {
        if (attribute->text(agent) != place.value) continue;
        claim(type, agent);
        any = true;
    }
    if (!any)
        throw ConfigError(table_of(place), fmt::format("no agent of the network has {}={}{}", place.attribute,
                                                       place.value, did_you_mean(place.value, texts_of(*attribute))));
}

/// Free agents by distance from a source, those of one distance by number; then those it does not reach, by number.
std::vector<AgentId> Placement::cluster(AgentId source, const std::vector<std::uint8_t>& types) const {
    std::vector<AgentId> order{source}, near;
    std::vector<bool> seen(agents_);
    seen[source] = true;
    std::vector<AgentId> shell{source};
    while (!shell.empty()) {
        near.clear();
        for (const AgentId agent : shell)
            for (const AgentId next : ties_->neighbors(agent))
                if (!seen[next]) {
                    seen[next] = true;
                    near.push_back(next);
                }
        std::ranges::sort(near);
        order.insert(order.end(), near.begin(), near.end());
        shell = near;
    }
    for (AgentId agent = 0; agent < agents_; ++agent)
        if (!seen[agent]) order.push_back(agent);
    std::erase_if(order, [&](AgentId agent) { return types[agent] != unplaced; });
    return order;
}

std::vector<std::uint8_t> Placement::draw(const Randomness& randomness, std::uint32_t instance,
                                          std::uint32_t replicate) const {
    std::vector<std::uint8_t> types = fixed_;
    for (std::size_t type = 0; type < places_.size(); ++type) {
        const TypePlace& place = places_[type];
        const std::uint32_t count = place.count.value_or(0);
        if (count == 0) continue;
        std::vector<AgentId> free;
        if (place.place == TypePlace::Where::hubs) {
            std::ranges::copy_if(hubs_, std::back_inserter(free), [&](AgentId a) { return types[a] == unplaced; });
        } else {
            for (AgentId agent = 0; agent < agents_; ++agent)
                if (types[agent] == unplaced) free.push_back(agent);
            DrawSequence draws(randomness, {.stream = Stream::place,
                                            .draw = static_cast<std::uint32_t>(type),
                                            .instance = instance,
                                            .replicate = replicate});
            if (place.place == TypePlace::Where::cluster)
                free = cluster(free[draws.below(free.size())], types);
            else
                for (std::size_t i = 0; i < count; ++i) std::swap(free[i], free[i + draws.below(free.size() - i)]);
        }
        for (std::size_t i = 0; i < count; ++i) types[free[i]] = static_cast<std::uint8_t>(type);
    }
    std::vector<std::uint8_t> by_share;
    std::vector<float> up_to;
    double sum = 0;
    for (std::size_t type = 0; type < places_.size(); ++type)
        if (places_[type].by_share()) {
            sum += places_[type].share;
            by_share.push_back(static_cast<std::uint8_t>(type));
            up_to.push_back(static_cast<float>(sum));
        }
    if (by_share.empty()) return types;
    const DrawKey key{.stream = Stream::type, .instance = instance};
    const std::array<std::uint32_t, 1> replicates{replicate};
    constexpr AgentId part = 1024;
    std::array<std::uint32_t, part> words;
    std::array<std::uint8_t, part> which;  // of those by share: how many of their shares lie below the number
    for (AgentId begin = 0; begin < agents_; begin += part) {
        const AgentId size = std::min(part, agents_ - begin);
        randomness.fill_quads<1>(key, std::span<const std::uint32_t, 1>(replicates), begin / 4, (begin + size + 3) / 4,
                                 words.data());
        which.fill(0);
        for (std::size_t type = 0; type + 1 < by_share.size(); ++type)
            for (AgentId i = 0; i < size; ++i)
                which[i] = static_cast<std::uint8_t>(which[i] + (uniform_of(words[i]) >= up_to[type] ? 1 : 0));
        for (AgentId i = 0; i < size; ++i) {
            std::uint8_t& type = types[begin + i];
            type = type == unplaced ? by_share[which[i]] : type;
        }
    }
    return types;
}

}  // namespace commonweal
