#pragma once

#include <array>
#include <cstdint>

#include "sim/core/fixed_point.hpp"
#include "sim/engine/recorder.hpp"

namespace commonweal {

/// Sums of rows in fixed units.
template <std::size_t width>
class FixedSums {
public:
    void add(const float* row) noexcept {
        for (std::size_t lane = 0; lane < width; ++lane) bits_[lane] += fixed_bits(row[lane]);
    }
    std::int64_t sum(std::size_t lane, std::uint64_t rows) const noexcept { return fixed_sum(bits_[lane], rows); }

private:
    std::array<std::uint64_t, width> bits_{};
};

/// Sums of a round over agents, by lane, in fixed units and heads: whole numbers, so agents may be added in any order
/// and parts may be joined.
struct RoundSums {
    using Lanes = std::array<std::int64_t, max_lanes>;
    Lanes contribution{}, payoff{}, points{}, full{}, none{};

    /// Adds the agents [begin, end). `endowment`: what is a full contribution [tokens].
    template <std::size_t width>
    void add(const RoundView& view, std::size_t begin, std::size_t end, float endowment) noexcept {
        FixedSums<width> contributions, payoffs, given;  // local ones cannot alias the planes
        std::array<std::uint32_t, width> all{}, nothing{};
        for (std::size_t row = begin * width; row < end * width; row += width) {
            const float* const c = view.contributions + row;
            const float* const p = view.payoffs + row;
            contributions.add(c);
            payoffs.add(p);
            for (std::size_t lane = 0; lane < width; ++lane) all[lane] += c[lane] >= endowment ? 1u : 0u;
            for (std::size_t lane = 0; lane < width; ++lane) nothing[lane] += c[lane] <= 0.0f ? 1u : 0u;
        }
        if (view.given)
            for (std::size_t row = begin * width; row < end * width; row += width) given.add(view.given + row);
        for (std::size_t lane = 0; lane < width; ++lane) {
            contribution[lane] += contributions.sum(lane, end - begin);
            payoff[lane] += payoffs.sum(lane, end - begin);
            if (view.given) points[lane] += given.sum(lane, end - begin);
            full[lane] += all[lane];
            none[lane] += nothing[lane];
        }
    }

    void join(const RoundSums& part) noexcept {
        for (std::size_t lane = 0; lane < max_lanes; ++lane) {
            contribution[lane] += part.contribution[lane];
            payoff[lane] += part.payoff[lane];
            points[lane] += part.points[lane];
            full[lane] += part.full[lane];
            none[lane] += part.none[lane];
        }
    }
};

}  // namespace commonweal
