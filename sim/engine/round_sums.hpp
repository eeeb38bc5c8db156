#pragma once

#include <array>
#include <cstdint>

#include "sim/core/fixed_point.hpp"
#include "sim/engine/recorder.hpp"

namespace commonweal {

/// Sums of a round over agents, by lane, in fixed units and heads: whole numbers, so agents may be added in any order
/// and parts may be joined.
struct RoundSums {
    using Lanes = std::array<std::int64_t, max_lanes>;
    Lanes contribution{}, payoff{}, points{}, full{}, none{};

    /// Adds the agents [begin, end). `endowment`: what is a full contribution [tokens].
    template <std::size_t width>
    void add(const RoundView& view, std::size_t begin, std::size_t end, float endowment) noexcept {
        RoundSums sums;  // a local one cannot alias the planes
        for (std::size_t row = begin * width; row < end * width; row += width) {
            const float* const c = view.contributions + row;
            const float* const p = view.payoffs + row;
            for (std::size_t lane = 0; lane < width; ++lane) sums.contribution[lane] += to_fixed(c[lane]);
            for (std::size_t lane = 0; lane < width; ++lane) sums.payoff[lane] += to_fixed(p[lane]);
            for (std::size_t lane = 0; lane < width; ++lane) sums.full[lane] += c[lane] >= endowment ? 1 : 0;
            for (std::size_t lane = 0; lane < width; ++lane) sums.none[lane] += c[lane] <= 0.0f ? 1 : 0;
        }
        if (view.given)
            for (std::size_t row = begin * width; row < end * width; row += width)
                for (std::size_t lane = 0; lane < width; ++lane) sums.points[lane] += to_fixed(view.given[row + lane]);
        join(sums);
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
