#pragma once

#include <cstdint>
#include <vector>

#include "sim/network/layer.hpp"

namespace commonweal {

/// How often two neighbors of an agent are tied.
struct Clustering {
    std::uint64_t triangles = 0;
    double transitivity = 0;  ///< 3 triangles / pairs of ties that share an agent; NaN when there is no such pair
    double mean_local = 0;    ///< mean over agents of the share of tied pairs of neighbors (Watts & Strogatz 1998); an
                              ///< agent with fewer than two neighbors counts as 0
};
Clustering clustering_of(const Layer& layer);

/// Triangles of which each agent is a corner. Each is found once, from its corner with the least degree
/// (Schank & Wagner 2005): at most (2 ties)^1.5 steps, on any graph. Parallel; sums of integers.
std::vector<std::uint64_t> triangles_at(const Layer& layer);

}  // namespace commonweal
