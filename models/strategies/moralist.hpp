#pragma once

#include "models/strategies/peer_punishment.hpp"

namespace commonweal::models {

/// A peer punisher who contributes.
struct Moralist {
    static constexpr std::string_view name = "moralist";
    static constexpr std::string_view summary = "Peer punisher that gives: fines each co-player who gives nothing.";
    static constexpr std::string_view equation =
        "payoff in a group = r c n_C / S - c - cost_of_fine n_0 / k;  each of the n_0 co-players who give nothing "
        "loses fine / k\n"
        "k: co-players of the group; without division when spread = false";
    static constexpr std::string_view source =
        "Helbing, Szolnoki, Perc & Szabo (2010), PLoS Comput Biol 6, e1000758; with spread = false Hauert, Traulsen, "
        "Brandt, Nowak & Sigmund (2007), Science 316, 1905-1907.";
    static constexpr StrategyTraits traits{true, true, false};

    double fine = 1;
    double cost_of_fine = 0.3;
    bool spread = true;

    static auto parameters() {
        using Self = Moralist;
        return std::array{
            Parameter<Self>{"fine", &Self::fine, 0, 1e6, "payoff",
                            "what each co-player who gives nothing loses to this agent"},
            Parameter<Self>{"cost_of_fine", &Self::cost_of_fine, 0, 1e6, "payoff", "what each fine costs this agent"},
            Parameter<Self>{"spread", &Self::spread, 0, 0, "",
                            "fines and their costs are divided by the number of co-players of the group"},
        };
    }

    double fee() const noexcept { return 0; }
    bool divided() const noexcept { return spread; }
    Deal deal(const StrategyTraits& other) const noexcept { return peer_punishment(other, fine, cost_of_fine); }
};
static_assert(StrategyModel<Moralist>);

}  // namespace commonweal::models
