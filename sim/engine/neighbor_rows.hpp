#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/network/layer.hpp"

namespace commonweal {

/// Rows of a plane [agent][lane] that belong to the neighbors of an agent.
template <std::size_t width, class Cell>
class RowsOfNeighbors {
public:
    RowsOfNeighbors(const Layer& ties, const Cell* plane) noexcept
        : ties_(ties), plane_(plane), far_(far(ties.agents())) {}

    /// True when a plane is larger than what a core has close at hand.
    static bool far(AgentId agents) noexcept { return std::size_t{agents} * width * sizeof(Cell) > cached; }

    std::span<const AgentId> neighbors(AgentId agent) const noexcept { return ties_.neighbors(agent); }

    const Cell* of(AgentId agent) const noexcept { return plane_ + std::size_t{agent} * width; }

    /// Where the plane is far: asks for rows that will be read soon, as many as the agent has neighbors.
    void call_ahead(AgentId agent) const noexcept {
        if (!far_) return;
        const auto targets = ties_.targets();
        const std::uint64_t end = std::min<std::uint64_t>(ties_.offsets()[agent + 1] + ahead, targets.size());
        for (std::uint64_t k = std::min(ties_.offsets()[agent] + ahead, end); k < end; ++k)
            for (std::size_t line = 0; line < width * sizeof(Cell); line += 64)
                __builtin_prefetch(reinterpret_cast<const char*>(of(targets[k])) + line);
    }

    /// Adds the rows of the neighbors, in their order. Several rows in one expression: the sum would otherwise travel
    /// through memory for each of them.
    template <class Sum>
    void add(AgentId agent, std::array<Sum, width>& sum) const noexcept {
        const auto row = ties_.neighbors(agent);
        std::size_t k = 0;
        for (; k + 4 <= row.size(); k += 4) {
            const Cell *const a = of(row[k]), *const b = of(row[k + 1]), *const c = of(row[k + 2]),
                              *const d = of(row[k + 3]);
            for (std::size_t i = 0; i < width; ++i) sum[i] = static_cast<Sum>((((sum[i] + a[i]) + b[i]) + c[i]) + d[i]);
        }
        for (; k + 2 <= row.size(); k += 2) {
            const Cell *const a = of(row[k]), *const b = of(row[k + 1]);
            for (std::size_t i = 0; i < width; ++i) sum[i] = static_cast<Sum>((sum[i] + a[i]) + b[i]);
        }
        if (k < row.size()) {
            const Cell* const a = of(row[k]);
            for (std::size_t i = 0; i < width; ++i) sum[i] = static_cast<Sum>(sum[i] + a[i]);
        }
    }

private:
    static constexpr std::size_t cached = 1u << 20;
    static constexpr std::uint64_t ahead = 16;  ///< rows between asking for one and reading it

    const Layer& ties_;
    const Cell* plane_;
    bool far_;
};

}  // namespace commonweal
