#include "sim/network/distances.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

#include "sim/core/draw_sequence.hpp"
#include "sim/core/parallel.hpp"

namespace commonweal {

namespace {

constexpr std::uint32_t sample_draw = max_draws - 1;  ///< the step of the construction that no generator uses
constexpr std::size_t searches = 16;                  ///< blocks of sources; each keeps one array of agents

struct Reach {
    std::uint64_t hops = 0, agents = 0;  ///< sum of distances; agents reached, the source left out
    std::uint32_t longest = 0;
};

/// Breadth-first search with arrays that are used again.
class Search {
public:
    explicit Search(const Layer& layer) : layer_(layer), seen_(layer.agents(), UINT32_MAX) {}

    Reach from(AgentId source, std::uint32_t mark) {
        Reach reach;
        level_.assign(1, source);
        seen_[source] = mark;
        for (std::uint32_t hops = 1; !level_.empty(); ++hops) {
            next_.clear();
            for (const AgentId agent : level_)
                for (const AgentId other : layer_.neighbors(agent)) {
                    if (seen_[other] == mark) continue;
                    seen_[other] = mark;
                    next_.push_back(other);
                }
            reach.agents += next_.size();
            reach.hops += hops * next_.size();
            if (!next_.empty()) reach.longest = hops;
            level_.swap(next_);
        }
        return reach;
    }

private:
    const Layer& layer_;
    std::vector<std::uint32_t> seen_;  ///< [agent], the last search that met it
    std::vector<AgentId> level_, next_;
};

/// `count` different agents, each set equally likely (Floyd's method, Bentley & Floyd 1987).
std::vector<AgentId> sample(AgentId agents, AgentId count, const Randomness& randomness) {
    DrawSequence draws(randomness, {.stream = Stream::network, .draw = sample_draw});
    std::unordered_set<AgentId> chosen;
    std::vector<AgentId> sources;
    for (AgentId top = agents - count; top < agents; ++top) {
        const auto agent = static_cast<AgentId>(draws.below(top + std::uint64_t{1}));
        sources.push_back(chosen.insert(agent).second ? agent : top);
        chosen.insert(sources.back());
    }
    return sources;
}

std::vector<AgentId> everybody(AgentId agents) {
    std::vector<AgentId> sources(agents);
    for (AgentId agent = 0; agent < agents; ++agent) sources[agent] = agent;
    return sources;
}

/// Standard error of sum(hops) / sum(agents) over sampled sources.
double error_of(const std::vector<Reach>& reaches, double mean, double population) {
    double agents = 0, squares = 0;
    for (const Reach& reach : reaches) {
        const double off = static_cast<double>(reach.hops) - mean * static_cast<double>(reach.agents);
        agents += static_cast<double>(reach.agents);
        squares += off * off;
    }
    const double n = static_cast<double>(reaches.size());
    return std::sqrt(squares * n / (n - 1) * (1 - n / population)) / agents;
}

}  // namespace

Distances distances_of(const Layer& layer, const Randomness& randomness) {
    const double steps = layer.agents() + static_cast<double>(layer.targets().size());
    if (layer.agents() * steps <= exact_distance_steps) return distances_of(layer, randomness, layer.agents());
    return distances_of(layer, randomness,
                        static_cast<AgentId>(std::clamp(exact_distance_steps / steps, 16.0, 1000.0)));
}

Distances distances_of(const Layer& layer, const Randomness& randomness, AgentId sources) {
    Distances distances;
    distances.exact = sources >= layer.agents();
    const auto chosen = distances.exact ? everybody(layer.agents()) : sample(layer.agents(), sources, randomness);
    distances.sources = static_cast<AgentId>(chosen.size());
    std::vector<Reach> reaches(chosen.size());
    parallel_items(std::min(searches, chosen.size()), [&](std::size_t block) {
        Search search(layer);
        for (std::size_t k = block; k < chosen.size(); k += searches)
            reaches[k] = search.from(chosen[k], static_cast<std::uint32_t>(k));
    });
    Reach all;
    for (const Reach& reach : reaches) {
        all.hops += reach.hops;
        all.agents += reach.agents;
        all.longest = std::max(all.longest, reach.longest);
    }
    distances.longest = all.longest;
    distances.mean = all.agents ? static_cast<double>(all.hops) / static_cast<double>(all.agents)
                                : std::numeric_limits<double>::quiet_NaN();
    if (!distances.exact && all.agents) distances.standard_error = error_of(reaches, distances.mean, layer.agents());
    return distances;
}

}  // namespace commonweal
