#pragma once

#include "sim/model/strategy.hpp"

namespace commonweal::models {

/// A pool punisher: the fee is due in every game that takes place, whether or not there is anybody to punish.
struct PoolPunisher {
    static constexpr std::string_view name = "pool_punisher";
    static constexpr std::string_view summary =
        "Gives, and pays a fee into a pool that punishes whoever does not give or, in second order, does not pay.";
    static constexpr std::string_view equation =
        "payoff in a group = r c n_C / S - c - pool_fee;  each participant who gives nothing loses fine per pool "
        "punisher in its "
        "group\n"
        "second_order: so does each participant who gives but pays no fee";
    static constexpr std::string_view source = "Sigmund, De Silva, Traulsen & Hauert (2010), Nature 466, 861-863.";
    static constexpr StrategyTraits traits{true, true, true};

    double pool_fee = 0.7;
    double fine = 0.7;
    bool second_order = false;

    static auto parameters() {
        using Self = PoolPunisher;
        return std::array{
            Parameter<Self>{"pool_fee", &Self::pool_fee, 0, 1e6, "payoff", "paid up front in each game"},
            Parameter<Self>{"fine", &Self::fine, 0, 1e6, "payoff",
                            "what each target loses per pool punisher in its group"},
            Parameter<Self>{"second_order", &Self::second_order, 0, 0, "", "who gives but pays no fee is punished too"},
        };
    }

    double fee() const noexcept { return pool_fee; }
    bool divided() const noexcept { return false; }
    Deal deal(const StrategyTraits& other) const noexcept {
        const bool target = other.participates && !other.pays_pool && (second_order || !other.contributes);
        return target ? Deal{0, -fine} : Deal{};
    }
};
static_assert(StrategyModel<PoolPunisher>);

}  // namespace commonweal::models
