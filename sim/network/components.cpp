#include "sim/network/components.hpp"

#include <algorithm>
#include <boost/graph/connected_components.hpp>
#include <boost/property_map/property_map.hpp>

#include "sim/network/layer_view.hpp"

namespace commonweal {

Components components_of(const Layer& layer) {
    Components components;
    const std::size_t agents = layer.agents();
    if (agents == 0) return components;
    components.of.resize(agents);
    std::vector<boost::default_color_type> colors(agents);
    const auto index = boost::typed_identity_property_map<AgentId>{};
    const auto number = boost::make_iterator_property_map(components.of.begin(), index);
    const auto color = boost::make_iterator_property_map(colors.begin(), index);
    components.count = boost::connected_components(LayerView{&layer}, number, boost::color_map(color));
    std::vector<std::uint64_t> sizes(components.count);
    for (AgentId agent = 0; agent < agents; ++agent) {
        ++sizes[components.of[agent]];
        components.isolated += layer.degree(agent) == 0;
    }
    components.giant_share = static_cast<double>(*std::ranges::max_element(sizes)) / static_cast<double>(agents);
    return components;
}

Components components_of(const std::vector<NamedLayer>& layers) {
    if (layers.size() == 1) return components_of(layers.front().layer);
    TieList list{layers.front().layer.agents(), {}, {}};  // each agent and the first one of its component of a layer
    for (const NamedLayer& named : layers) {
        const Components one = components_of(named.layer);
        std::vector<AgentId> first(one.count, list.agents);
        for (AgentId agent = 0; agent < list.agents; ++agent) {
            AgentId& other = first[one.of[agent]];
            if (other == list.agents) other = agent;
            if (other != agent) list.ties.push_back({other, agent});
        }
    }
    return components_of(Layer(std::move(list), Duplicates::merge));
}

}  // namespace commonweal
