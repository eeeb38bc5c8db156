#include "sim/game/ordered_sums.hpp"

#include <algorithm>
#include <utility>

namespace commonweal {

namespace {

/// One lane, 16 agents to a cache line of 64 bytes; or 16 lanes, a line for each agent.
struct Width {
    std::size_t agents_per_line;
    double copy;  ///< what it costs to copy a row, in rows fetched from far (benchmarks/vertex_order.cpp)
};
constexpr Width one_lane{16, 1.5}, many_lanes{1, 1};

constexpr std::size_t close = 1u << 14;  ///< lines that a core has close at hand
constexpr double worth_it = 0.8;         ///< of what is fetched now

class Costs {
public:
    Costs(const NeighborhoodGame& game, const Layer& ties)
        : read_(game.reads() * static_cast<double>(ties.targets().size())),
          copied_(game.copies() * static_cast<double>(ties.agents())),
          ties_(ties) {}

    /// In the order of the agents' numbers; nothing where all lines of a plane are close at hand.
    double now(const Width& width) const {
        const std::size_t lines = ties_.agents() / width.agents_per_line;
        return lines > close ? read_ * far_share(ties_, width.agents_per_line) : 0;
    }
    double with_copies(const Width& width, double far) const { return read_ * far + copied_ * width.copy; }

private:
    double read_, copied_;
    const Layer& ties_;
};

}  // namespace

void order_sums(NeighborhoodGame& game, const Layer& ties) {
    const Costs costs(game, ties);
    const double one_now = costs.now(one_lane), many_now = costs.now(many_lanes);
    if (one_now + many_now == 0) return;
    // Most networks that have no such order show it at once.
    const double at_best = open_share(ties);
    if (costs.with_copies(one_lane, at_best) >= worth_it * one_now &&
        costs.with_copies(many_lanes, at_best) >= worth_it * many_now)
        return;
    AgentOrder order = reverse_cuthill_mckee(ties);
    OrderedRows rows = rows_in_order(ties, order);
    const auto pays = [&](const Width& width, double now) {
        return costs.with_copies(width, far_share(rows, width.agents_per_line)) < worth_it * now;
    };
    const bool one = pays(one_lane, one_now), many = pays(many_lanes, many_now);
    if (one || many) game.add_up_in(std::move(order), std::move(rows), one, many);
}

}  // namespace commonweal
