#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/model/parameter.hpp"
#include "sim/network/organization.hpp"

/// The sections of a scenario file that belong to a service of many organizations, with game.kind = "two_pots".
namespace commonweal {

/// [beliefs]: what agents expect others to give, b <- b + weight * (seen - b).
struct BeliefsSection {
    double first_local = 0.4;
    double first_system = 0.3;
    double spread = 0.15;
    double weight = 0.42;

    static auto parameters() {
        using Self = BeliefsSection;
        return std::array{
            Parameter<Self>{"first_local", &Self::first_local, 0, 1, "-",
                            "mean of the first beliefs about the pot of the own organization, as a share of the "
                            "endowment"},
            Parameter<Self>{"first_system", &Self::first_system, 0, 1, "-", "the same about the pot of the system"},
            Parameter<Self>{"spread", &Self::spread, 0, 1, "-",
                            "standard deviation of first beliefs between agents, as a share of the endowment; they are "
                            "kept within [0, e]"},
            Parameter<Self>{"weight", &Self::weight, 0, 1, "-",
                            "of what is seen in a round; 0.42 is that of Fischbacher & Gaechter 2010"},
        };
    }
};

/// [crowding_out]: what control takes of the intrinsic motivation.
struct CrowdingOutSection {
    static constexpr std::array<std::string_view, 2> kinds{"categorical", "marginal"};

    std::uint32_t kind = 0;
    double strength = 0;
    double recovery = 0;

    static auto parameters() {
        using Self = CrowdingOutSection;
        return std::array{
            Parameter<Self>{"kind", &Self::kind, 0, 0, "",
                            "categorical: any control takes `strength` of the intrinsic motivation; marginal: "
                            "`strength` per token of expected fine",
                            kinds},
            Parameter<Self>{
                "strength", &Self::strength, 0, 1e3, "-",
                "chi, what is lost of the motivation per token that arrives; 0: control has no hidden cost"},
            Parameter<Self>{"recovery", &Self::recovery, 0, 1, "per round",
                            "rho, share of the loss that comes back per round without control"},
        };
    }
};

/// [turnover]: people who come and go, and reorganizations.
struct TurnoverSection {
    double rate = 0;
    std::uint32_t every = 0;
    double reorganized = 0.5;

    static auto parameters() {
        using Self = TurnoverSection;
        return std::array{
            Parameter<Self>{"rate", &Self::rate, 0, 1, "per round",
                            "probability that an agent is replaced by a newcomer with first beliefs and full "
                            "motivation"},
            Parameter<Self>{"every", &Self::every, 0, 1e6, "rounds", "between reorganizations; 0: none"},
            Parameter<Self>{"reorganized", &Self::reorganized, 0, 1, "-",
                            "share of the staff of each role that changes places with each other in a reorganization"},
        };
    }
};

/// [[policy]]: one intervention; the parameters of its kind stand in the same table.
struct PolicySection {
    static constexpr std::array<std::string_view, 3> rollouts{"big_bang", "pilot_and_scale", "churn"};
    static constexpr std::array<std::string_view, 3> outcomes{"both", "local", "system"};

    std::string kind;
    std::uint32_t start = 1, end = 0;
    std::vector<std::string> roles, organizations;
    double share = 1;
    double budget = -1;
    std::uint32_t rollout = 0;
    std::uint32_t pairs = 6;
    std::uint32_t pilot_rounds = 10;
    double alpha = 0.05;
    std::uint32_t outcome = 0;
    std::uint32_t turn = 10;

    static auto parameters() {
        using Self = PolicySection;
        return std::array{
            Parameter<Self>{"kind", &Self::kind, 0, 0, "",
                            "name of a policy, as `commonweal list policies` shows them"},
            Parameter<Self>{"start", &Self::start, 1, 1e6, "rounds", "first round in force"},
            Parameter<Self>{"end", &Self::end, 0, 1e6, "rounds", "last round in force; 0: to the end"},
            Parameter<Self>{"roles", &Self::roles, 0, 0, "", "roles in its scope; empty: all"},
            Parameter<Self>{"organizations", &Self::organizations, 0, 0, "", "organizations in its scope; empty: all"},
            Parameter<Self>{"share", &Self::share, 0, 1, "-",
                            "share of the units in its scope, drawn for each network instance"},
            Parameter<Self>{"budget", &Self::budget, -1, 1e12, "tokens",
                            "public money for the whole run; below 0: as much as it takes"},
            Parameter<Self>{"rollout", &Self::rollout, 0, 0, "",
                            "big_bang: everywhere at once; pilot_and_scale: in one unit of each of `pairs` matched "
                            "pairs first, then everywhere if they gave significantly more, else nowhere; churn: "
                            "policies with this rollout take turns of `turn` rounds, a single one is on and off",
                            rollouts},
            Parameter<Self>{"pairs", &Self::pairs, 6, 1e6, "-", "k, matched pairs of units in a pilot"},
            Parameter<Self>{"pilot_rounds", &Self::pilot_rounds, 1, 1e6, "rounds", "T, length of a pilot"},
            Parameter<Self>{"alpha", &Self::alpha, 0, 0.5, "-",
                            "level of the one-sided paired t test that ends a pilot"},
            Parameter<Self>{"outcome", &Self::outcome, 0, 0, "",
                            "contributions that a pilot is judged by: to both pots, the local, or the system's",
                            outcomes},
            Parameter<Self>{"turn", &Self::turn, 1, 1e6, "rounds", "length of a turn in churn"},
        };
    }
};

}  // namespace commonweal
