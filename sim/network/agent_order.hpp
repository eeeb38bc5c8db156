#pragma once

#include <cstddef>
#include <vector>

#include "sim/network/layer.hpp"

namespace commonweal {

/// Agents in another order than that of their numbers.
struct AgentOrder {
    std::vector<AgentId> agent;  ///< [place], who stands there
    std::vector<AgentId> place;  ///< [agent], where it stands
};

/// Who is tied to whom when agents stand in an order: row p is that of order.agent[p], its ends are places, and they
/// come in the order of the agent's own row.
struct OrderedRows {
    std::vector<std::uint64_t> offsets;
    std::vector<AgentId> targets;
    std::vector<float> weights;  ///< empty when the layer is unweighted
};

/// The order of the reverse Cuthill-McKee algorithm (Cuthill & McKee 1969; George 1971), by Boost.Graph: neighbors
/// stand close together where the network has something like a place.
AgentOrder reverse_cuthill_mckee(const Layer& layer);

OrderedRows rows_in_order(const Layer& layer, const AgentOrder& order);

/// The share of rows that a core has to fetch from far when it walks the agents in the order of their numbers and reads
/// a row of a plane for each of their neighbors: counted with a cache of 1 MB in which each line of 64 bytes has one
/// place, on up to 16 windows of the agents. `agents_per_line` of them share a line.
double far_share(const Layer& layer, std::size_t agents_per_line);
double far_share(const OrderedRows& rows, std::size_t agents_per_line);

/// What an order can bring at best: the share of ends of ties that lead out of a ball of neighbors. Near 0 on lattices
/// and among people who live somewhere, near 1 where ties lead anywhere.
double open_share(const Layer& layer);

}  // namespace commonweal
