#include "models/networks/bernoulli_ties.hpp"

#include <algorithm>

#include "sim/core/elementary.hpp"
#include "sim/core/parallel.hpp"

namespace commonweal::models {

namespace {

/// ln(1 - p); for small p by its series, which keeps all digits.
double log_of_complement(double p) noexcept {
    if (p < 1e-4) return -p * (1 + p * (0.5 + p * (1.0 / 3 + p * 0.25)));
    return log_of(1 - p);
}

}  // namespace

BernoulliSkips::BernoulliSkips(double p) noexcept
    : never_(!(p > 0)), always_(p >= 1), scale_(never_ || always_ ? 0 : 1 / log_of_complement(p)) {}

std::uint64_t BernoulliSkips::gap(DrawSequence& draws) const {
    if (always_) return 0;
    return static_cast<std::uint64_t>(std::min(log_of(draws.uniform()) * scale_, 0x1p33));
}

std::vector<Tie> ties_by_blocks(AgentId agents, const std::function<void(AgentId, AgentId, std::vector<Tie>&)>& rows) {
    std::vector<std::vector<Tie>> blocks((agents + agents_per_block - 1) / agents_per_block);
    parallel_items(blocks.size(), [&](std::size_t block) {
        const std::size_t first = block * agents_per_block,
                          last = std::min<std::size_t>(agents, first + agents_per_block);
        rows(static_cast<AgentId>(first), static_cast<AgentId>(last), blocks[block]);
    });
    std::size_t size = 0;
    for (const auto& block : blocks) size += block.size();
    std::vector<Tie> ties;
    ties.reserve(size);
    for (auto& block : blocks) {
        ties.insert(ties.end(), block.begin(), block.end());
        block = {};
    }
    return ties;
}

}  // namespace commonweal::models
