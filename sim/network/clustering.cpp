#include "sim/network/clustering.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>

#include "sim/core/parallel.hpp"

namespace commonweal {

namespace {

/// Each tie once, at its end with the lower (degree, id).
struct UpwardTies {
    std::vector<std::uint64_t> offsets;
    std::vector<AgentId> targets;

    std::span<const AgentId> of(AgentId agent) const noexcept {
        return {targets.data() + offsets[agent],
                static_cast<std::size_t>(offsets[agent + std::size_t{1}] - offsets[agent])};
    }
};

UpwardTies upward(const Layer& layer) {
    UpwardTies up;
    up.offsets.reserve(layer.agents() + std::size_t{1});
    up.offsets.push_back(0);
    up.targets.reserve(layer.ties());
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        const auto own = std::pair(layer.degree(agent), agent);
        for (const AgentId other : layer.neighbors(agent))
            if (own < std::pair(layer.degree(other), other)) up.targets.push_back(other);
        up.offsets.push_back(up.targets.size());
    }
    return up;
}

void add(std::uint64_t& count, std::uint64_t more) noexcept {
    std::atomic_ref(count).fetch_add(more, std::memory_order_relaxed);
}

/// Triangles whose lowest corner is this agent.
void count_from(const UpwardTies& up, AgentId agent, std::vector<std::uint64_t>& counts) noexcept {
    const auto row = up.of(agent);
    std::uint64_t own = 0;
    for (const AgentId middle : row) {
        const auto other = up.of(middle);
        std::uint64_t at_middle = 0;
        for (auto a = row.begin(), b = other.begin(); a != row.end() && b != other.end();) {
            if (*a < *b)
                ++a;
            else if (*b < *a)
                ++b;
            else {
                add(counts[*a], 1);
                ++at_middle, ++a, ++b;
            }
        }
        if (at_middle) add(counts[middle], at_middle);
        own += at_middle;
    }
    if (own) add(counts[agent], own);
}

}  // namespace

std::vector<std::uint64_t> triangles_at(const Layer& layer) {
    const UpwardTies up = upward(layer);
    std::vector<std::uint64_t> counts(layer.agents());
    const std::size_t agents = layer.agents();
    parallel_items((agents + agents_per_block - 1) / agents_per_block, [&](std::size_t block) {
        for (std::size_t agent = block * agents_per_block; agent < std::min(agents, (block + 1) * agents_per_block);
             ++agent)
            count_from(up, static_cast<AgentId>(agent), counts);
    });
    return counts;
}

Clustering clustering_of(const Layer& layer) {
    const auto corners = triangles_at(layer);
    double closed = 0, pairs = 0, local = 0;
    Clustering clustering;
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        const double k = layer.degree(agent), here = k * (k - 1) / 2, triangles = static_cast<double>(corners[agent]);
        clustering.triangles += corners[agent];
        closed += triangles;
        pairs += here;
        if (here > 0) local += triangles / here;
    }
    clustering.triangles /= 3;
    clustering.transitivity = pairs > 0 ? closed / pairs : std::numeric_limits<double>::quiet_NaN();
    clustering.mean_local = layer.agents() ? local / layer.agents() : std::numeric_limits<double>::quiet_NaN();
    return clustering;
}

}  // namespace commonweal
