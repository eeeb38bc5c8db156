#pragma once

#include "sim/model/sanction.hpp"

namespace commonweal::models {

/// Punishment in proportion to how much less than oneself the target gave; without chance.
struct LinearPunishment {
    static constexpr std::string_view name = "linear_punishment";
    static constexpr std::string_view summary =
        "Points in proportion to how much less than oneself, and how much more, the target gave.";
    static constexpr std::string_view equation =
        "points = base + shortfall * max(0, own - target) + surplus * max(0, target - own);  contributions in tokens";
    static constexpr std::string_view source =
        "Linear summary of the data of Drouvelis, Ioannidis & Kallbekken (2024): 0.70 + 0.089 shortfall - 0.026 "
        "surplus.";
    static constexpr std::size_t draws = 0;

    float base = 0.70f, shortfall = 0.089f, surplus = -0.026f;

    static auto parameters() {
        using Self = LinearPunishment;
        return std::array{
            Parameter<Self>{"base", &Self::base, -100, 100, "points",
                            "points for a target that gave what oneself gave"},
            Parameter<Self>{"shortfall", &Self::shortfall, -100, 100, "points per token",
                            "for each token that the target gave less"},
            Parameter<Self>{"surplus", &Self::surplus, -100, 100, "points per token",
                            "for each token that the target gave more"},
        };
    }

    float points(const SanctionView& view, const Draws<draws>&) const noexcept {
        const float less = view.own - view.target;
        return base + (less > 0.0f ? shortfall * less : surplus * -less);
    }
};
static_assert(SanctionRule<LinearPunishment>);

}  // namespace commonweal::models
