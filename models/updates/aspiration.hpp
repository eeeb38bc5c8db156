#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/update.hpp"

namespace commonweal::models {

/// Win-stay, lose-shift with a level of one's own: nobody is imitated.
struct Aspiration {
    static constexpr std::string_view name = "aspiration";
    static constexpr std::string_view summary =
        "Takes up another strategy, drawn at random, the likelier the more its payoff falls short of what it aspires "
        "to.";
    static constexpr std::string_view equation =
        "focal i changes to one of the other strategies with probability 1 / (1 + exp(-strength (level - payoff_i)))";
    static constexpr std::string_view source =
        "Szabo & Fath (2007), Phys Rep 446, 97-216; Du, Wu, Altrock & Wang (2014), J R Soc Interface 11, 20140077.";
    static constexpr UpdateForm form = UpdateForm::own;
    static constexpr bool needs_span = false;

    double level = 1, strength = 1;

    static auto parameters() {
        using Self = Aspiration;
        return std::array{
            Parameter<Self>{"level", &Self::level, -1e9, 1e9, "payoff", "what an agent aspires to earn in a round"},
            Parameter<Self>{"strength", &Self::strength, 0, 1e9, "1/payoff", "strength of selection; 0 is chance"},
        };
    }

    double probability(double payoff) const noexcept { return 1 / (1 + exp_of(-strength * (level - payoff))); }
};
static_assert(UpdateRule<Aspiration>);

}  // namespace commonweal::models
