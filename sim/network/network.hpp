#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/agent_labels.hpp"
#include "sim/network/attributes.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// The name of the layer of a network that has only one.
inline constexpr std::string_view only_layer = "ties";

struct NamedLayer {
    std::string name;
    Layer layer;
};

/// Agents, who is tied to whom in one or several named layers, and what is known of each agent. Immutable once built.
class Network {
public:
    /// One layer, without labels and attributes.
    explicit Network(Layer layer, Attributes attributes = {});

    /// Throws ConfigError when there is no layer, two have one name, or the numbers of agents differ between layers,
    /// labels and attributes. Without labels an agent is called by its number.
    Network(std::vector<NamedLayer> layers, Attributes attributes, std::shared_ptr<const AgentLabels> labels);

    AgentId agents() const noexcept { return layers_.front().layer.agents(); }

    const std::vector<NamedLayer>& layers() const noexcept { return layers_; }

    /// The layer of that name. Throws ConfigError with the names there are and the nearest.
    const Layer& layer(std::string_view name) const;

    /// The first layer: the only one, unless the network was read with several.
    const Layer& ties() const noexcept { return layers_.front().layer; }

    const Attributes& attributes() const noexcept { return attributes_; }

    /// What the user's files call the agent; its number when it has no name.
    std::string label(AgentId agent) const;

    bool labeled() const noexcept { return labels_ != nullptr; }

private:
    std::vector<NamedLayer> layers_;
    Attributes attributes_;
    std::shared_ptr<const AgentLabels> labels_;
};

/// 64-bit digest (FNV-1a over words) of agents, layers, ties, weights and attributes: equal networks have equal
/// digests, on every machine. Labels are left out.
std::uint64_t digest_of(const Network& network) noexcept;

}  // namespace commonweal
