#pragma once

#include <cmath>

#include "sim/core/elementary.hpp"
#include "sim/model/sanction.hpp"

namespace commonweal::models {

/// Punishment in two steps: whether, and how much, by how far the target's contribution lies below or above one's own.
struct HurdlePunishment {
    static constexpr std::string_view name = "hurdle_punishment";
    static constexpr std::string_view summary =
        "Whether one punishes, and how hard, depends on how far the target gave less or more than oneself.";
    static constexpr std::string_view equation =
        "d = (target's contribution - own contribution) * 20/e, in one of seven classes: -11 or less, -10..-6, -5..-1, "
        "0,\n"
        "    1..5, 6..10, 11 or more (limits at halves)\n"
        "points = 0 with probability 1 - shares[class]; else min(most, G), G geometric on 1, 2, ... such that the mean "
        "of\n"
        "    min(most, G) is points[class] / shares[class]\n"
        "shares: share of targets punished; points: mean points per target, unpunished ones included";
    static constexpr std::string_view source =
        "Values computed from the data of Drouvelis, Ioannidis & Kallbekken (2024), one-shot game with punishment 1:3.";
    static constexpr std::size_t draws = 2;

    std::vector<double> shares{0.36, 0.52, 0.46, 0.15, 0.22, 0.19, 0.14};
    std::vector<double> means{1.53, 1.96, 1.16, 0.52, 0.39, 0.54, 0.36};
    std::uint32_t most = 10;

    static auto parameters() {
        using Self = HurdlePunishment;
        return std::array{
            Parameter<Self>{"shares", &Self::shares, 0, 1, "-",
                            "share of targets punished, one value for each of the seven classes"},
            Parameter<Self>{"points", &Self::means, 0, 1e3, "points",
                            "mean points per target, one value for each class; 0, or between share and most * share"},
            Parameter<Self>{"most", &Self::most, 1, 1e3, "points", "most points in one act"},
        };
    }

    /// Finds the geometric distributions. Throws ConfigError unless there are seven values each and every mean is
    /// possible.
    void check(const std::string& where);

    float points(const SanctionView& view, const Draws<draws>& words) const noexcept {
        const float d = (view.target - view.own) * (20.0f / view.endowment);
        std::uint32_t c = 0;
        for (const float limit : {-10.5f, -5.5f, -0.5f, 0.5f, 5.5f, 10.5f}) c += d > limit ? 1u : 0u;
        const float u = uniform_of(words[1]) + 0x1.0p-25f;
        const float act = 1.0f + floor_of(log_of(u) * inverse_log_[c]);
        const float bounded = act < static_cast<float>(most) ? act : static_cast<float>(most);
        return uniform_of(words[0]) < share_[c] ? bounded : 0.0f;
    }

private:
    std::array<float, 7> share_{};
    std::array<float, 7> inverse_log_{};  ///< 1 / ln(1 - p) of the geometric distribution; 0 for p = 1
};
static_assert(SanctionRule<HurdlePunishment>);

}  // namespace commonweal::models
