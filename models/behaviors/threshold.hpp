#pragma once

#include "sim/core/error.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Adopts, that is gives the whole endowment, once enough of the others have adopted (see `equation`).
///
/// The rule of Watts (2002) with measure = fraction and of Granovetter (1978) and Centola & Macy (2007) with measure =
/// number. Others who give half count as half an adopter. m / k = threshold is enough: a shortfall within 1e-6 of the
/// threshold is taken for rounding. An agent without others never adopts by itself.
struct Threshold {
    static constexpr std::string_view name = "threshold";
    static constexpr std::string_view summary =
        "Gives the whole endowment once enough of the others do, and otherwise nothing.";
    static constexpr std::string_view equation =
        "first round of a condition:  c = first_share * e\n"
        "later rounds:  c(t) = e   when k > 0 and m >= threshold * k  (measure = fraction)\n"
        "                    = e   when k > 0 and m >= threshold      (measure = number)\n"
        "                    = e   when not reversible and c(t-1) >= e / 2\n"
        "                    = 0   otherwise\n"
        "k: number of others; m = (sum of what they gave in the last round) / e: how many of them had adopted.";
    static constexpr std::string_view source =
        "Watts (2002), PNAS 99, 5766-5771; Granovetter (1978), American Journal of Sociology 83, 1420-1443; Centola & "
        "Macy (2007), American Journal of Sociology 113, 702-734.";
    static constexpr std::size_t draws = 0;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;
    static constexpr std::array<std::string_view, 2> measures{"fraction", "number"};

    float threshold = 0.5f, first_share = 0;
    std::uint32_t measure = 0;
    bool reversible = false;

    static auto parameters() {
        using Self = Threshold;
        return std::array{
            Parameter<Self>{"threshold", &Self::threshold, 0, 1e6, "-",
                            "how many of the others must have adopted: as a fraction in [0, 1] or as a number"},
            Parameter<Self>{"measure", &Self::measure, 0, 0, "",
                            "fraction: the threshold is a share of the others; number: it counts them", measures},
            Parameter<Self>{"reversible", &Self::reversible, 0, 0, "",
                            "whether an agent gives up when too few others are left; if not, it has adopted for good"},
            Parameter<Self>{"first_share", &Self::first_share, 0, 1, "-",
                            "share of the endowment given in the first round"},
        };
    }

    void check(const std::string& where) const {
        if (measure == 0 && threshold > 1)
            throw ConfigError(where, "threshold is " + number_text(shortest(threshold)) +
                                         "; with measure = \"fraction\" it must be in [0, 1]");
    }

    float first(const LocalView& view, const Person&, Memory<memory>&, const Draws<draws>&) const noexcept {
        return first_share * view.endowment;
    }

    float contribution(const LocalView& view, const Person&, Memory<memory>&, const Draws<draws>&) const noexcept {
        constexpr float nearly = 1.0f - 1e-6f;
        const float needed = measure == 0 ? threshold * view.others : threshold;
        const bool enough = view.others > 0 && view.others_sum >= needed * view.endowment * nearly;
        const bool stays = !reversible && view.own_last >= 0.5f * view.endowment;
        return enough || stays ? view.endowment : 0.0f;
    }
};
static_assert(BehaviorRule<Threshold>);

}  // namespace commonweal::models
