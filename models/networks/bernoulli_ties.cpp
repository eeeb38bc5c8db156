#include "models/networks/bernoulli_ties.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"

namespace commonweal::models {

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
