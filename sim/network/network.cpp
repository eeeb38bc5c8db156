#include "sim/network/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

std::vector<NamedLayer> alone(Layer&& layer) {
    std::vector<NamedLayer> layers;
    layers.push_back({std::string(only_layer), std::move(layer)});
    return layers;
}

/// FNV-1a (Fowler, Noll & Vo) over 64-bit words instead of bytes.
class Digest {
public:
    void add(std::uint64_t word) noexcept { state_ = (state_ ^ word) * 0x100000001b3u; }
    void add(std::string_view text) noexcept {
        add(text.size());
        for (const char c : text) add(static_cast<unsigned char>(c));
    }
    std::uint64_t value() const noexcept { return state_; }

private:
    std::uint64_t state_ = 0xcbf29ce484222325u;
};

void add_layer(const NamedLayer& named, Digest& digest) noexcept {
    digest.add(named.name);
    for (const std::uint64_t offset : named.layer.offsets()) digest.add(offset);
    for (const AgentId target : named.layer.targets()) digest.add(target);
    for (const float weight : named.layer.weights()) digest.add(std::bit_cast<std::uint32_t>(weight));
}

void add_attribute(const Attribute& attribute, Digest& digest) noexcept {
    digest.add(attribute.name);
    if (const auto* numbers = std::get_if<NumberColumn>(&attribute.values)) {
        for (const double x : *numbers) digest.add(std::bit_cast<std::uint64_t>(x));
        return;
    }
    const auto& column = *std::get_if<TextColumn>(&attribute.values);
    for (const auto& text : column.texts) digest.add(text);
    for (const std::uint32_t code : column.code) digest.add(code);
}

}  // namespace

Network::Network(Layer layer, Attributes attributes)
    : Network(alone(std::move(layer)), std::move(attributes), nullptr) {}

Network::Network(std::vector<NamedLayer> layers, Attributes attributes, std::shared_ptr<const AgentLabels> labels)
    : layers_(std::move(layers)), attributes_(std::move(attributes)), labels_(std::move(labels)) {
    if (layers_.empty()) throw ConfigError("a network needs at least one layer of ties");
    for (const NamedLayer& named : layers_) {
        if (std::ranges::count(layers_, named.name, &NamedLayer::name) > 1)
            throw ConfigError(fmt::format("there are two layers named '{}'", named.name));
        if (named.layer.agents() != agents())
            throw ConfigError(fmt::format("layer '{}' has {} agents, layer '{}' has {}", named.name,
                                          named.layer.agents(), layers_.front().name, agents()));
    }
    for (const Attribute& attribute : attributes_.columns())
        if (attribute.agents() != agents())
            throw ConfigError(fmt::format("attribute '{}' has values of {} agents; there are {}", attribute.name,
                                          attribute.agents(), agents()));
    if (labels_ && labels_->size() != agents())
        throw ConfigError(fmt::format("{} agents have a name; there are {}", labels_->size(), agents()));
}

const Layer& Network::layer(std::string_view name) const {
    const auto found = std::ranges::find(layers_, name, &NamedLayer::name);
    if (found != layers_.end()) return found->layer;
    std::vector<std::string> names;
    for (const NamedLayer& named : layers_) names.push_back(named.name);
    throw ConfigError(fmt::format("the network has no layer '{}'{}; layers: {}", name, did_you_mean(name, names),
                                  fmt::join(names, ", ")));
}

std::string Network::label(AgentId agent) const {
    return labels_ ? std::string((*labels_)[agent]) : std::to_string(agent);
}

std::uint64_t digest_of(const Network& network) noexcept {
    Digest digest;
    digest.add(network.agents());
    for (const NamedLayer& named : network.layers()) add_layer(named, digest);
    for (const Attribute& attribute : network.attributes().columns()) add_attribute(attribute, digest);
    return digest.value();
}

}  // namespace commonweal
