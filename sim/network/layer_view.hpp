#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "sim/network/layer.hpp"

namespace commonweal {

/// A layer as Boost.Graph sees it: a VertexListGraph and IncidenceGraph, without a copy.
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

inline auto vertices(const LayerView& view) {
    using Iterator = boost::graph_traits<LayerView>::vertex_iterator;
    return std::pair{Iterator(0), Iterator(view.layer->agents())};
}
inline std::size_t num_vertices(const LayerView& view) { return view.layer->agents(); }
inline std::pair<OutEdges, OutEdges> out_edges(AgentId agent, const LayerView& view) {
    const auto row = view.layer->neighbors(agent);
    return {OutEdges(agent, row.data()), OutEdges(agent, row.data() + row.size())};
}
inline std::size_t out_degree(AgentId agent, const LayerView& view) { return view.layer->degree(agent); }
inline AgentId source(const std::pair<AgentId, AgentId>& edge, const LayerView&) { return edge.first; }
inline AgentId target(const std::pair<AgentId, AgentId>& edge, const LayerView&) { return edge.second; }

}  // namespace commonweal
