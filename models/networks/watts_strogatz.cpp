#include "models/networks/watts_strogatz.hpp"

#include <algorithm>

#include "models/networks/ring_lattice.hpp"
#include "sim/core/draw_sequence.hpp"

namespace commonweal::models {

namespace {

/// Ties as their owners hold them: agent i owns those that began as {i, i+1} ... {i, i+half}. A pair is tied when one
/// of the two owns the tie, which takes a look at `half` entries of each.
class Ring {
public:
    Ring(AgentId agents, AgentId half)
        : agents_(agents), half_(half), other_(std::size_t{agents} * half), degree_(agents, 2 * half) {
        for (AgentId i = 0; i < agents; ++i)
            for (AgentId d = 0; d < half; ++d) at(i, d) = static_cast<AgentId>((std::uint64_t{i} + d + 1) % agents);
    }

    void rewire(AgentId i, AgentId d, DrawSequence& draws) {
        if (degree_[i] == agents_ - 1) return;
        AgentId j;
        do j = static_cast<AgentId>(draws.below(agents_));
        while (j == i || owns(i, j) || owns(j, i));
        --degree_[at(i, d)];
        ++degree_[j];
        at(i, d) = j;
    }

    std::vector<Tie> ties() const {
        std::vector<Tie> ties;
        ties.reserve(other_.size());
        for (std::size_t k = 0; k < other_.size(); ++k) ties.push_back({static_cast<AgentId>(k / half_), other_[k]});
        return ties;
    }

private:
    AgentId& at(AgentId i, AgentId d) noexcept { return other_[std::size_t{i} * half_ + d]; }
    bool owns(AgentId i, AgentId j) const noexcept {
        const AgentId* row = other_.data() + std::size_t{i} * half_;
        return std::find(row, row + half_, j) != row + half_;
    }

    AgentId agents_, half_;
    std::vector<AgentId> other_;   ///< [agent, d], the agent at the other end
    std::vector<AgentId> degree_;  ///< [agent]
};

}  // namespace

void WattsStrogatz::check(const std::string& where) const { check_ring(agents, degree, where); }

Network WattsStrogatz::generate(const Randomness& randomness, std::uint32_t instance) const {
    Ring ring(agents, degree / 2);
    DrawSequence draws(randomness, {.stream = Stream::network, .instance = instance});
    for (AgentId d = 0; d < degree / 2 && rewiring > 0; ++d)
        for (AgentId i = 0; i < agents; ++i)
            if (draws.uniform() < rewiring) ring.rewire(i, d, draws);
    return Network(Layer({agents, ring.ties(), {}}));
}

}  // namespace commonweal::models
