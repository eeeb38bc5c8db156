#pragma once

#include "models/strategies/peer_punishment.hpp"

namespace commonweal::models {

/// A peer punisher who free-rides.
struct Immoralist {
    static constexpr std::string_view name = "immoralist";
    static constexpr std::string_view summary =
        "Peer punisher that gives nothing: fines each co-player who gives nothing either.";
    static constexpr std::string_view equation =
        "payoff in a group = r c n_C / S - cost_of_fine n_0 / k, less the fines of others;  each of the n_0 co-players "
        "who give "
        "nothing loses fine / k\n"
        "k: co-players of the group; without division when spread = false";
    static constexpr std::string_view source = "Helbing, Szolnoki, Perc & Szabo (2010), PLoS Comput Biol 6, e1000758.";
    static constexpr StrategyTraits traits{true, false, false};

    double fine = 1;
    double cost_of_fine = 0.3;
    bool spread = true;

    static auto parameters() {
        using Self = Immoralist;
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
static_assert(StrategyModel<Immoralist>);

}  // namespace commonweal::models
