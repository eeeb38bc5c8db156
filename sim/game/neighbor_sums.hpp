#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "sim/network/layer.hpp"

namespace commonweal {

/// Who is tied to whom, in compressed rows that somebody else keeps.
struct NeighborRows {
    std::span<const std::uint64_t> offsets;  ///< [agent + 1]
    std::span<const AgentId> targets;        ///< [end of a tie]
    std::span<const float> weights;          ///< [end of a tie], or empty

    AgentId agents() const noexcept { return static_cast<AgentId>(offsets.size() - 1); }
};

/// Sums over the neighbors of agents of the rows of a plane [agent][lane], in float, always in the order start, then
/// neighbors as they stand in the rows: neither the width nor the way to go changes a bit.
///
/// With one lane there is nothing to compute together but agents: 16 that follow each other, where their neighbors do
/// so too. On a lattice these are nearly all.
class NeighborSums {
public:
    /// The rows must outlive the sums.
    explicit NeighborSums(const NeighborRows& rows);

    /// out[agent] = start[agent] + sum of plane[neighbor], for the agents [begin, end); no start is 0. `out` is none of
    /// the other planes.
    template <std::size_t width>
    void add(AgentId begin, AgentId end, const float* start, const float* plane, float* out) const noexcept {
        if constexpr (width == 1)
            add_agents(begin, end, start, plane, out);
        else
            add_rows<width>(begin, end, start, plane, out);
    }

    /// The same, where the row of the neighbor at end k of a tie counts scale[k] times.
    template <std::size_t width>
    void add_scaled(AgentId begin, AgentId end, const float* start, const float* scale, const float* plane,
                    float* out) const noexcept {
        const Rows<width> rows(rows_, plane);
        for (AgentId agent = begin; agent < end; ++agent) {
            Row<width> sum = started<width>(start, std::size_t{agent} * width);
            rows.add_scaled(agent, scale, sum);
            std::copy_n(sum.begin(), width, out + std::size_t{agent} * width);
        }
    }

private:
    template <std::size_t width>
    using Row = std::array<float, width>;

    /// Agents that follow each other, as their neighbors do: neighbor j of agent `begin` + i is neighbor j of `begin`,
    /// plus i.
    struct Stretch {
        AgentId begin, end;
    };
    static constexpr AgentId together = 16;

    /// The rows of a plane, asked for ahead of time where they are too many for the cache.
    template <std::size_t width>
    class Rows {
    public:
        Rows(const NeighborRows& rows, const float* plane) noexcept
            : offsets_(rows.offsets.data()),
              targets_(rows.targets.data()),
              last_(rows.targets.size()),
              plane_(plane),
              far_(std::size_t{rows.agents()} * width * sizeof(float) > cached) {}

        void add(AgentId agent, Row<width>& sum) const noexcept {
            std::uint64_t k = offsets_[agent];
            const std::uint64_t end = offsets_[agent + 1];
            if (far_) call(k, end);
            // Several rows in one expression: the sum would otherwise travel through memory for each of them.
            for (; k + 8 <= end; k += 8) {
                const float *const a = row(k), *const b = row(k + 1), *const c = row(k + 2), *const d = row(k + 3),
                                   *const e = row(k + 4), *const f = row(k + 5), *const g = row(k + 6),
                                   *const h = row(k + 7);
                for (std::size_t i = 0; i < width; ++i)
                    sum[i] = (((((((sum[i] + a[i]) + b[i]) + c[i]) + d[i]) + e[i]) + f[i]) + g[i]) + h[i];
            }
            for (; k + 4 <= end; k += 4) {
                const float *const a = row(k), *const b = row(k + 1), *const c = row(k + 2), *const d = row(k + 3);
                for (std::size_t i = 0; i < width; ++i) sum[i] = (((sum[i] + a[i]) + b[i]) + c[i]) + d[i];
            }
            for (; k + 2 <= end; k += 2) {
                const float *const a = row(k), *const b = row(k + 1);
                for (std::size_t i = 0; i < width; ++i) sum[i] = (sum[i] + a[i]) + b[i];
            }
            if (k < end) {
                const float* const a = row(k);
                for (std::size_t i = 0; i < width; ++i) sum[i] = sum[i] + a[i];
            }
        }

        /// With one lane.
        float added(AgentId agent, float sum) const noexcept {
            std::uint64_t k = offsets_[agent];
            const std::uint64_t end = offsets_[agent + 1];
            if (far_) call(k, end);
            for (; k + 4 <= end; k += 4) sum = added_pair(k + 2, added_pair(k, sum));
            if (k + 2 <= end) {
                sum = added_pair(k, sum);
                k += 2;
            }
            return k < end ? sum + *row(k) : sum;
        }

        /// The same where all agents have `degree` neighbors.
        template <std::size_t degree>
        float added_regular(AgentId agent, float sum) const noexcept {
            const std::uint64_t k = std::uint64_t{agent} * degree;
            if (far_) call(k, k + degree);
            for (std::size_t j = 0; j + 2 <= degree; j += 2) sum = added_pair(k + j, sum);
            return degree % 2 == 1 ? sum + *row(k + degree - 1) : sum;
        }

        void add_scaled(AgentId agent, const float* scale, Row<width>& sum) const noexcept {
            std::uint64_t k = offsets_[agent];
            const std::uint64_t end = offsets_[agent + 1];
            if (far_) call(k, end);
            for (; k + 4 <= end; k += 4) {
                const float *const a = row(k), *const b = row(k + 1), *const c = row(k + 2), *const d = row(k + 3);
                const float p = scale[k], q = scale[k + 1], r = scale[k + 2], s = scale[k + 3];
                for (std::size_t i = 0; i < width; ++i)
                    sum[i] = (((sum[i] + p * a[i]) + q * b[i]) + r * c[i]) + s * d[i];
            }
            for (; k < end; ++k) {
                const float* const a = row(k);
                const float p = scale[k];
                for (std::size_t i = 0; i < width; ++i) sum[i] = sum[i] + p * a[i];
            }
        }

    private:
        static constexpr std::size_t cached = 1u << 20;  ///< bytes of a plane that a core has close at hand
        static constexpr std::uint64_t ahead = 16;       ///< rows between asking for one and reading it

        /// Both neighbors' numbers in one load.
        float added_pair(std::uint64_t k, float sum) const noexcept {
            std::array<AgentId, 2> pair;
            std::memcpy(pair.data(), targets_ + k, sizeof pair);
            return (sum + plane_[pair[0]]) + plane_[pair[1]];
        }

        const float* row(std::uint64_t k) const noexcept { return plane_ + std::size_t{targets_[k]} * width; }

        void call(std::uint64_t k, std::uint64_t end) const noexcept {
            end = std::min<std::uint64_t>(end + ahead, last_);
            for (k = std::min(k + ahead, end); k < end; ++k) __builtin_prefetch(row(k));
        }

        const std::uint64_t* offsets_;
        const AgentId* targets_;
        std::uint64_t last_;
        const float* plane_;
        bool far_;
    };

    template <std::size_t cells>
    static Row<cells> started(const float* start, std::size_t first) noexcept {
        Row<cells> sum{};
        if (start) std::copy_n(start + first, cells, sum.begin());
        return sum;
    }

    template <std::size_t width>
    void add_rows(AgentId begin, AgentId end, const float* start, const float* plane, float* out) const noexcept {
        const Rows<width> rows(rows_, plane);
        for (AgentId agent = begin; agent < end; ++agent) {
            Row<width> sum = started<width>(start, std::size_t{agent} * width);
            rows.add(agent, sum);
            std::copy_n(sum.begin(), width, out + std::size_t{agent} * width);
        }
    }

    void add_agents(AgentId begin, AgentId end, const float* start, const float* plane, float* out) const noexcept {
        auto stretch = std::upper_bound(stretches_.begin(), stretches_.end(), begin,
                                        [](AgentId agent, const Stretch& other) { return agent < other.end; });
        while (begin < end) {
            const bool more = stretch != stretches_.end() && stretch->begin < end;
            const AgentId until = more ? std::max(stretch->begin, begin) : end;
            if (begin < until) add_one_by_one(begin, until, start, plane, out);
            begin = until;
            if (!more) continue;
            const AgentId last = std::min(stretch->end, end);
            if (last - begin < together)
                add_one_by_one(begin, last, start, plane, out);
            else
                add_stretch(begin, last, start, plane, out);
            begin = last;
            ++stretch;
        }
    }

    /// Agents in one lane whose neighbors lie anywhere. A loop of known length needs no branches.
    void add_one_by_one(AgentId begin, AgentId end, const float* start, const float* plane, float* out) const noexcept {
        const Rows<1> rows(rows_, plane);
        const auto each = [&](const auto& added) {
            for (AgentId agent = begin; agent < end; ++agent) out[agent] = added(agent, start ? start[agent] : 0.0f);
        };
        const auto regular = [&]<std::size_t degree>() {
            if (degree_ != degree) return false;
            each([&](AgentId agent, float sum) { return rows.added_regular<degree>(agent, sum); });
            return true;
        };
        const auto any = [&]<std::size_t... less>(std::index_sequence<less...>) {
            return (regular.template operator()<less + 2>() || ...);
        };
        if (!any(std::make_index_sequence<15>()))
            each([&](AgentId agent, float sum) { return rows.added(agent, sum); });
    }

    /// At least `together` agents of one stretch. The last ones are computed twice rather than one by one.
    void add_stretch(AgentId begin, AgentId end, const float* start, const float* plane, float* out) const noexcept {
        const AgentId* const first = rows_.targets.data() + rows_.offsets[begin];
        const std::size_t degree = rows_.offsets[begin + 1] - rows_.offsets[begin];
        for (AgentId agent = begin; agent < end; agent += together) {
            const AgentId at = std::min(agent, end - together);
            Row<together> sum = started<together>(start, at);
            const float* const moved = plane + (at - begin);
            std::size_t j = 0;
            for (; j + 4 <= degree; j += 4) {
                const float *const a = moved + first[j], *const b = moved + first[j + 1],
                                   *const c = moved + first[j + 2], *const d = moved + first[j + 3];
                for (std::size_t i = 0; i < together; ++i) sum[i] = (((sum[i] + a[i]) + b[i]) + c[i]) + d[i];
            }
            for (; j < degree; ++j)
                for (std::size_t i = 0; i < together; ++i) sum[i] = sum[i] + moved[first[j] + i];
            std::copy_n(sum.begin(), together, out + at);
        }
    }

    NeighborRows rows_;
    std::size_t degree_ = 0;          ///< of all agents, 0 where degrees differ
    std::vector<Stretch> stretches_;  ///< of at least `together` agents, in order
};

}  // namespace commonweal
