#pragma once

namespace commonweal {

/// Linear public-goods game (Ledyard 1995): payoff = e - c_i + MPCR * (sum of the group's contributions) [tokens].
struct PublicGoods {
    float endowment = 20;  ///< e [tokens]
    float mpcr = 0.4f;     ///< marginal per-capita return, r / group size [-]

    float payoff(float own, float others_sum) const noexcept { return endowment - own + mpcr * (own + others_sum); }
};

/// What points cost and do (Fehr & Gaechter 2002: 1 and 3). Payoffs may become negative, as in the experiments.
struct SanctionStage {
    float cost = 1;    ///< tokens a point costs its giver
    float effect = 3;  ///< tokens a point takes from its target
    float cap = 10;    ///< most points of one member for another in a round

    float loss(float given, float received) const noexcept { return cost * given + effect * received; }
};

}  // namespace commonweal
