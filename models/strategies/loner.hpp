#pragma once

#include "sim/model/strategy.hpp"

namespace commonweal::models {

/// Takes part in nothing.
struct Loner {
    static constexpr std::string_view name = "loner";
    static constexpr std::string_view summary = "Stays out of all games and gets a fixed payoff.";
    static constexpr std::string_view equation = "payoff in a group = sigma (game.loner_payoff)";
    static constexpr std::string_view source = "Hauert, De Monte, Hofbauer & Sigmund (2002), Science 296, 1129-1132.";
    static constexpr StrategyTraits traits{false, false, false};

    static auto parameters() { return std::array<Parameter<Loner>, 0>{}; }

    double fee() const noexcept { return 0; }
    bool divided() const noexcept { return false; }
    Deal deal(const StrategyTraits&) const noexcept { return {}; }
};
static_assert(StrategyModel<Loner>);

}  // namespace commonweal::models
