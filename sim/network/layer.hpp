#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/error.hpp"
#include "sim/core/types.hpp"

namespace commonweal {

/// An undirected tie between two agents.
struct Tie {
    AgentId a, b;
};

/// The ties of a layer before they are put in order. `weights` is empty, or has one weight per tie [-].
struct TieList {
    AgentId agents = 0;
    std::vector<Tie> ties;
    std::vector<float> weights;
};

/// What to do with a pair of agents that is tied twice, in either direction.
enum class Duplicates { refuse, merge };

/// A pair that is listed more than once although duplicates are refused.
struct DuplicateTie : ConfigError {
    DuplicateTie(AgentId a, AgentId b, std::uint64_t pairs);
    AgentId a, b;         ///< the pair with the smallest agents, a < b
    std::uint64_t pairs;  ///< how many pairs are listed more than once
};

/// Who is tied to whom: an undirected simple graph in compressed sparse rows. Immutable. 4 bytes per end of a tie, 4
/// more with weights, 8 per agent.
class Layer {
public:
    /// Sorts the ties into rows, by counting: linear in time, and in memory no more than the list and the rows
    /// together. Weights of merged ties are added, in the order of the list. The result does not depend on the number
    /// of threads. Throws ConfigError for a tie of an agent with itself, an agent that is not below list.agents, or a
    /// weight that is not a finite number of at least 0; DuplicateTie.
    explicit Layer(TieList&& list, Duplicates duplicates = Duplicates::refuse);

    AgentId agents() const noexcept { return static_cast<AgentId>(offsets_.size() - 1); }
    std::uint64_t ties() const noexcept { return targets_.size() / 2; }
    bool weighted() const noexcept { return weighted_; }

    std::uint32_t degree(AgentId agent) const noexcept {
        return static_cast<std::uint32_t>(offsets_[agent + 1] - offsets_[agent]);
    }

    /// The neighbors of an agent, in increasing order.
    std::span<const AgentId> neighbors(AgentId agent) const noexcept {
        return {targets_.data() + offsets_[agent], degree(agent)};
    }

    /// Weights of the ties to these neighbors, in the same order; empty when the layer is unweighted.
    std::span<const float> weights(AgentId agent) const noexcept {
        return weighted_ ? std::span<const float>{weights_.data() + offsets_[agent], degree(agent)}
                         : std::span<const float>{};
    }

    bool tied(AgentId a, AgentId b) const noexcept;

    std::span<const std::uint64_t> offsets() const noexcept {
        return offsets_;
    }  ///< [agent + 1], into the arrays below
    std::span<const AgentId> targets() const noexcept { return targets_; }  ///< [end of a tie]
    std::span<const float> weights() const noexcept { return weights_; }    ///< [end of a tie], or empty

private:
    std::vector<std::uint64_t> offsets_;
    std::vector<AgentId> targets_;
    std::vector<float> weights_;
    bool weighted_;
};

/// A pass over blocks of this many agents is run in parallel; the blocks do not depend on the number of threads.
inline constexpr std::size_t agents_per_block = 1u << 14;

}  // namespace commonweal
