#pragma once

#include <functional>

#include "sim/core/draw_sequence.hpp"
#include "sim/network/layer.hpp"

namespace commonweal::models {

/// Steps over the members of a range that a coin with probability p leaves out: the gaps are geometric, so the work is
/// that of the chosen ones (Batagelj & Brandes 2005, Phys. Rev. E 71, 036113).
class BernoulliSkips {
public:
    /// p in [0, 1].
    explicit BernoulliSkips(double p) noexcept;

    /// Calls visit(j) for each j in [begin, end) independently with probability p, in increasing order.
    template <class Visit>
    void each(AgentId begin, AgentId end, DrawSequence& draws, const Visit& visit) const {
        if (never_) return;
        for (std::uint64_t j = begin + gap(draws); j < end; j += 1 + gap(draws)) visit(static_cast<AgentId>(j));
    }

private:
    /// Number of failures before the next success, cut at 2^33.
    std::uint64_t gap(DrawSequence& draws) const;

    bool never_, always_;
    double scale_;  ///< 1 / ln(1 - p)
};

/// All ties that rows(first, last, out) appends for blocks of agents [first, last), in the order of the agents. The
/// blocks are computed in parallel and do not depend on the number of threads.
std::vector<Tie> ties_by_blocks(AgentId agents, const std::function<void(AgentId, AgentId, std::vector<Tie>&)>& rows);

}  // namespace commonweal::models
