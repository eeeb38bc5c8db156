#include "sim/network/components.hpp"

#include <algorithm>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

/// A layer as Boost.Graph sees it: a VertexListGraph and IncidenceGraph, without a copy.
namespace commonweal {

namespace {

struct LayerView {
    const Layer* layer;
};

/// The ties of one agent as (source, target) pairs.
class OutEdges : public boost::iterator_facade<OutEdges, std::pair<AgentId, AgentId>, boost::forward_traversal_tag,
                                               std::pair<AgentId, AgentId>> {
public:
    OutEdges() = default;
    OutEdges(AgentId source, const AgentId* at) : source_(source), at_(at) {}

private:
    friend class boost::iterator_core_access;
    std::pair<AgentId, AgentId> dereference() const { return {source_, *at_}; }
    bool equal(const OutEdges& other) const { return at_ == other.at_; }
    void increment() { ++at_; }

    AgentId source_ = 0;
    const AgentId* at_ = nullptr;
};

}  // namespace

}  // namespace commonweal

template <>
struct boost::graph_traits<commonweal::LayerView> {
    using vertex_descriptor = commonweal::AgentId;
    using edge_descriptor = std::pair<commonweal::AgentId, commonweal::AgentId>;
    using directed_category = boost::undirected_tag;
    using edge_parallel_category = boost::disallow_parallel_edge_tag;
    struct traversal_category : boost::vertex_list_graph_tag, boost::incidence_graph_tag {};
    using vertex_iterator = boost::counting_iterator<commonweal::AgentId>;
    using out_edge_iterator = commonweal::OutEdges;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

namespace commonweal {

namespace {

using Traits = boost::graph_traits<LayerView>;

std::pair<Traits::vertex_iterator, Traits::vertex_iterator> vertices(const LayerView& view) {
    return {Traits::vertex_iterator(0), Traits::vertex_iterator(view.layer->agents())};
}
std::size_t num_vertices(const LayerView& view) { return view.layer->agents(); }
std::pair<OutEdges, OutEdges> out_edges(AgentId agent, const LayerView& view) {
    const auto row = view.layer->neighbors(agent);
    return {OutEdges(agent, row.data()), OutEdges(agent, row.data() + row.size())};
}
[[maybe_unused]] std::size_t out_degree(AgentId agent, const LayerView& view) { return view.layer->degree(agent); }
[[maybe_unused]] AgentId source(const std::pair<AgentId, AgentId>& edge, const LayerView&) { return edge.first; }
AgentId target(const std::pair<AgentId, AgentId>& edge, const LayerView&) { return edge.second; }

}  // namespace

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

}  // namespace commonweal
