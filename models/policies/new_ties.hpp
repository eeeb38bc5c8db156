#pragma once

#include <unordered_set>
#include <utility>
#include <vector>

#include "sim/network/layer.hpp"

namespace commonweal::models {

/// Ties that a policy adds to a network: each pair once, and none that is tied already.
class NewTies {
public:
    /// Adds to `ties`; both must outlive it.
    NewTies(const Layer& network, std::vector<Tie>& ties) : network_(network), ties_(ties) {
        for (const Tie& tie : ties) pairs_.insert(pair_of(tie.a, tie.b));
    }

    /// False when the two are one, or tied.
    bool add(AgentId a, AgentId b) {
        if (a == b || network_.tied(a, b) || !pairs_.insert(pair_of(a, b)).second) return false;
        ties_.push_back({a, b});
        return true;
    }

private:
    static std::uint64_t pair_of(AgentId a, AgentId b) noexcept {
        if (a > b) std::swap(a, b);
        return std::uint64_t{a} << 32 | b;
    }

    const Layer& network_;
    std::vector<Tie>& ties_;
    std::unordered_set<std::uint64_t> pairs_;
};

}  // namespace commonweal::models
