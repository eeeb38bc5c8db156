#pragma once

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// Gives about the same amount in every round, whatever the others do.
struct Unconditional {
    static constexpr std::string_view name = "unconditional";
    static constexpr std::string_view summary =
        "Gives the same amount in every round, up to noise, whatever the others do.";
    static constexpr std::string_view equation = "c(t) = amount + noise * z;  z: standard normal. Kept within [0, e].";
    static constexpr std::string_view source =
        "Fischbacher, Gaechter & Fehr (2001), Economics Letters 71, 397-404 (unconditional contributors).";
    static constexpr std::size_t draws = 1;
    static constexpr std::size_t memory = 0;
    static constexpr bool needs_subjects = false;

    float amount = 10, noise = 0;

    static auto parameters() {
        using Self = Unconditional;
        return std::array{
            Parameter<Self>{"amount", &Self::amount, 0, 1e6, "tokens", "given in every round"},
            Parameter<Self>{"noise", &Self::noise, 0, 1e6, "tokens",
                            "standard deviation of the normal noise in each round"},
        };
    }

    std::size_t draws_read() const noexcept { return noise > 0 ? 1 : 0; }

    float first(const LocalView& view, const Person& person, Memory<memory>& none,
                const Draws<draws>& words) const noexcept {
        return contribution(view, person, none, words);
    }

    float contribution(const LocalView&, const Person&, Memory<memory>&, const Draws<draws>& words) const noexcept {
        return noise > 0 ? amount + noise * normal_of(words[0]) : amount;
    }
};
static_assert(BehaviorRule<Unconditional>);

}  // namespace commonweal::models
