#pragma once

#include "sim/model/strategy.hpp"

namespace commonweal::models {

/// Gives, and does nothing to anybody.
struct Cooperator {
    static constexpr std::string_view name = "cooperator";
    static constexpr std::string_view summary = "Gives the cost c to the pot of each of its games.";
    static constexpr std::string_view equation = "payoff in a group = r c n_C / S - c; n_C of its S participants give";
    static constexpr std::string_view source =
        "Hamburger (1973), J Math Sociol 3, 27-48; Hauert & Szabo (2003), Complexity 8, 31-38.";
    static constexpr StrategyTraits traits{true, true, false};

    static auto parameters() { return std::array<Parameter<Cooperator>, 0>{}; }

    double fee() const noexcept { return 0; }
    bool divided() const noexcept { return false; }
    Deal deal(const StrategyTraits&) const noexcept { return {}; }
};
static_assert(StrategyModel<Cooperator>);

}  // namespace commonweal::models
