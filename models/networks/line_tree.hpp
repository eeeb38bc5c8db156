#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/networks/link_classes.hpp"
#include "sim/network/layer.hpp"

namespace commonweal::models {

/// A tree of any shape, as depths: who stands at each depth, from left to right, and how many reports each has. The
/// reports of one agent stand next to each other, and so do all who are so many steps below it.
class LineTree {
public:
    /// Adds the root, or the next depth: agents from left to right; reports[i] of them belong to agent i of the depth
    /// above. The sums must agree.
    explicit LineTree(AgentId root) : agents_{{root}} {}
    void add_depth(std::vector<AgentId> agents, const std::vector<std::uint32_t>& reports);

    std::uint32_t depths() const noexcept { return static_cast<std::uint32_t>(agents_.size()); }
    const std::vector<AgentId>& at(std::uint32_t depth) const noexcept { return agents_[depth]; }

    /// Position, at `depth`, of the superior of an agent at the next depth.
    std::uint32_t superior(std::uint32_t depth, std::uint32_t position) const noexcept {
        return static_cast<std::uint32_t>(std::ranges::upper_bound(first_[depth], position) - first_[depth].begin()) -
               1;
    }

    /// Calls visit(superior, report) for each tie of the line.
    template <class Visit>
    void each_tie(const Visit& visit) const {
        for (std::uint32_t depth = 0; depth + 1 < depths(); ++depth)
            for (std::size_t i = 0; i < agents_[depth].size(); ++i)
                for (std::uint32_t j = first_[depth][i]; j < first_[depth][i + 1]; ++j)
                    visit(agents_[depth][i], agents_[depth + 1][j]);
    }

    /// A range of positions at one depth.
    struct Span {
        std::uint32_t first, last;
        std::uint32_t size() const noexcept { return last - first; }
    };

    /// Who is `steps` below agent i of a depth, as positions at that lower depth.
    Span below(std::uint32_t depth, std::uint32_t i, std::uint32_t steps) const noexcept;

private:
    std::vector<std::vector<AgentId>> agents_;       ///< [depth][position]
    std::vector<std::vector<std::uint32_t>> first_;  ///< [depth][position + 1], into the next depth
};

/// Informal ties of Dodds, Watts & Sabel (2003) on a tree of any shape: `links` pairs that the tree leaves untied,
/// drawn one after the other, each with probability proportional to exp(-D / lambda) exp(-x / zeta) among those left.
/// Exact, without rejection: pairs are numbered within their class and numbers are drawn without replacement. Time and
/// memory are linear in agents and links, but for logarithms. Appends to `ties`; `links` must not exceed the untied
/// pairs.
void add_informal_ties(const LineTree& tree, std::uint64_t links, double lambda, double zeta, DrawSequence& draws,
                       std::vector<Tie>& ties);

}  // namespace commonweal::models
