#pragma once

#include "sim/model/update.hpp"

namespace commonweal::models {

/// Imitation without error and with full sight.
struct ImitateBest {
    static constexpr std::string_view name = "imitate_best";
    static constexpr std::string_view summary =
        "Takes the strategy of whoever earns most among the neighbors and itself.";
    static constexpr std::string_view equation =
        "focal i takes the strategy of the agent with the largest payoff among i and its neighbors\n"
        "i keeps its own when one of the best has it; else one of the best is drawn at random";
    static constexpr std::string_view source = "Nowak & May (1992), Nature 359, 826-829.";
    static constexpr UpdateForm form = UpdateForm::best;
    static constexpr bool needs_span = false;

    static auto parameters() { return std::array<Parameter<ImitateBest>, 0>{}; }
};
static_assert(UpdateRule<ImitateBest>);

}  // namespace commonweal::models
