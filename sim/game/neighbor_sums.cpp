#include "sim/game/neighbor_sums.hpp"

namespace commonweal {

namespace {

/// Whether neighbor j of `agent` + 1 is neighbor j of `agent`, plus 1, for all j.
bool follows(const NeighborRows& rows, AgentId agent) noexcept {
    const std::uint64_t* const offset = rows.offsets.data() + agent;
    const std::uint64_t degree = offset[1] - offset[0];
    if (offset[2] - offset[1] != degree) return false;
    const AgentId* const first = rows.targets.data() + offset[0];
    for (std::uint64_t j = 0; j < degree; ++j)
        if (first[degree + j] != first[j] + 1) return false;
    return true;
}

}  // namespace

NeighborSums::NeighborSums(const NeighborRows& rows) : rows_(rows) {
    const AgentId agents = rows.agents();
    if (agents > 0) degree_ = rows.offsets[1] - rows.offsets[0];
    for (AgentId agent = 0; agent < agents && degree_ > 0; ++agent)
        if (rows.offsets[agent + 1] - rows.offsets[agent] != degree_) degree_ = 0;
    for (AgentId begin = 0, end = 0; begin < agents; begin = end) {
        end = begin + 1;
        while (end < agents && follows(rows, end - 1)) ++end;
        if (end - begin >= together) stretches_.push_back({begin, end});
    }
}

}  // namespace commonweal
