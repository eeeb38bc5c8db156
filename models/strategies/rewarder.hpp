#pragma once

#include "sim/model/strategy.hpp"

namespace commonweal::models {

/// A peer rewarder.
struct Rewarder {
    static constexpr std::string_view name = "rewarder";
    static constexpr std::string_view summary = "Gives, and pays a reward to each co-player who gives.";
    static constexpr std::string_view equation =
        "payoff in a group = r c n_C / S - c - cost_of_reward n_1 / k, and the rewards of others;  each of the n_1 "
        "co-players who "
        "give gets reward / k\n"
        "k: co-players of the group; without division when spread = false";
    static constexpr std::string_view source = "Szolnoki & Perc (2010), EPL 92, 38003.";
    static constexpr StrategyTraits traits{true, true, false};

    double reward = 0.5;
    double cost_of_reward = 0.1;
    bool spread = true;

    static auto parameters() {
        using Self = Rewarder;
        return std::array{
            Parameter<Self>{"reward", &Self::reward, 0, 1e6, "payoff",
                            "what each co-player who gives gets from this agent"},
            Parameter<Self>{"cost_of_reward", &Self::cost_of_reward, 0, 1e6, "payoff",
                            "what each reward costs this agent"},
            Parameter<Self>{"spread", &Self::spread, 0, 0, "",
                            "rewards and their costs are divided by the number of co-players of the group"},
        };
    }

    double fee() const noexcept { return 0; }
    bool divided() const noexcept { return spread; }
    Deal deal(const StrategyTraits& other) const noexcept {
        return other.contributes ? Deal{cost_of_reward, reward} : Deal{};
    }
};
static_assert(StrategyModel<Rewarder>);

}  // namespace commonweal::models
