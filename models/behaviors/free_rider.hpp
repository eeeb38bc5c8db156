#pragma once

#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Gives nothing, whatever the others do: the Nash equilibrium of the one-shot linear game with MPCR < 1.
struct FreeRider {
    static constexpr std::string_view name = "free_rider";
    static constexpr std::string_view summary = "Gives nothing, whatever the others do.";
    static constexpr std::string_view equation = "c(t) = 0";
    static constexpr std::string_view source =
        "Olson (1965), The Logic of Collective Action; Isaac & Walker (1988), QJE 103, 179-199.";
    static constexpr std::size_t draws = 0;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;

    static auto parameters() { return std::array<Parameter<FreeRider>, 0>{}; }

    float first(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>&) const noexcept { return 0.0f; }
    float contribution(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>&) const noexcept {
        return 0.0f;
    }
};
static_assert(BehaviorRule<FreeRider>);

}  // namespace commonweal::models
