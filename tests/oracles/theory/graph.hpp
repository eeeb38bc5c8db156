#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

/// Small graphs for exact theory. Nothing here, nor in the other headers of this folder, knows the engine.
namespace commonweal::oracle {

/// A simple undirected graph: neighbors[i] lists the neighbors of agent i.
struct Graph {
    std::vector<std::vector<int>> neighbors;
};

inline int size(const Graph& graph) { return static_cast<int>(graph.neighbors.size()); }

inline int degree(const Graph& graph, int i) { return static_cast<int>(graph.neighbors[i].size()); }

inline Graph empty_graph(int agents) { return {std::vector<std::vector<int>>(agents)}; }

inline bool linked(const Graph& graph, int i, int j) {
    return std::find(graph.neighbors[i].begin(), graph.neighbors[i].end(), j) != graph.neighbors[i].end();
}

/// Adds the link i-j; a loop or a second link between the same two is ignored.
inline void link(Graph& graph, int i, int j) {
    if (i == j || linked(graph, i, j)) return;
    graph.neighbors[i].push_back(j);
    graph.neighbors[j].push_back(i);
}

inline Graph complete_graph(int agents) {
    Graph graph = empty_graph(agents);
    for (int i = 0; i < agents; ++i)
        for (int j = 0; j < i; ++j) link(graph, i, j);
    return graph;
}

/// Agent 0 is the center; agents 1..leaves are linked to it only.
inline Graph star_graph(int leaves) {
    Graph graph = empty_graph(leaves + 1);
    for (int leaf = 1; leaf <= leaves; ++leaf) link(graph, 0, leaf);
    return graph;
}

/// Agents on a circle, each linked to the k nearest on each side; agents > 2k.
inline Graph ring_graph(int agents, int k = 1) {
    if (agents <= 2 * k) throw std::invalid_argument("a ring needs more than 2k agents");
    Graph graph = empty_graph(agents);
    for (int i = 0; i < agents; ++i)
        for (int step = 1; step <= k; ++step) link(graph, i, (i + step) % agents);
    return graph;
}

inline Graph path_graph(int agents) {
    Graph graph = empty_graph(agents);
    for (int i = 1; i < agents; ++i) link(graph, i - 1, i);
    return graph;
}

/// Square lattice with periodic boundaries, agent = row * side + column, side >= 3. Four neighbors (von Neumann), or
/// eight with `diagonals` (Moore).
inline Graph torus_graph(int side, bool diagonals = false) {
    if (side < 3) throw std::invalid_argument("a torus needs a side of 3 or more");
    Graph graph = empty_graph(side * side);
    const auto agent = [side](int row, int column) { return (row + side) % side * side + (column + side) % side; };
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            link(graph, agent(row, column), agent(row, column + 1));
            link(graph, agent(row, column), agent(row + 1, column));
            if (!diagonals) continue;
            link(graph, agent(row, column), agent(row + 1, column + 1));
            link(graph, agent(row, column), agent(row + 1, column - 1));
        }
    return graph;
}

/// Triangles 0-1-2 and 3-4-5, joined by the link 2-3.
inline Graph two_triangles() {
    Graph graph = empty_graph(6);
    for (const auto& [i, j] : {std::pair{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 5}, {4, 5}, {2, 3}}) link(graph, i, j);
    return graph;
}

/// The next number below `limit` of Knuth's MMIX linear congruential generator (high bits only).
inline int next_below(std::uint64_t& state, int limit) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state >> 33) % static_cast<std::uint64_t>(limit));
}

/// A random tree, each agent linked to a random earlier one, and up to `extra` further random links.
inline Graph random_connected_graph(int agents, int extra, std::uint64_t seed) {
    Graph graph = empty_graph(agents);
    for (int i = 1; i < agents; ++i) link(graph, i, next_below(seed, i));
    for (int added = 0; added < extra; ++added) {
        const int i = next_below(seed, agents);
        link(graph, i, next_below(seed, agents));
    }
    return graph;
}

}  // namespace commonweal::oracle
