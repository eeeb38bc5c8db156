#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/model/parameter.hpp"

/// The sections of a scenario file that belong to the house itself, not to a model. Each is one table of parameters.
namespace commonweal {

/// Top level of the file.
struct StudySection {
    std::string title;
    std::uint32_t replicates = 16;
    std::uint32_t instances = 1;

    static auto parameters() {
        using Self = StudySection;
        return std::array{
            Parameter<Self>{"title", &Self::title, 0, 0, "", "one line that figures and results files carry"},
            Parameter<Self>{"replicates", &Self::replicates, 1, 4294967295.0, "-",
                            "independent repetitions on each network instance"},
            Parameter<Self>{"instances", &Self::instances, 1, 4096, "-",
                            "network instances (in a laboratory: draws of the matching schedule)"},
        };
    }
};

/// [session]: how many people, for how long, under which treatments.
struct SessionSection {
    static constexpr std::array<std::string_view, 2> orders{"fixed", "counterbalanced"};

    std::uint32_t sessions = 1;
    std::uint32_t agents = 24;
    std::uint32_t rounds = 10;
    std::vector<std::string> conditions{"basic"};
    std::uint32_t order = 0;

    static auto parameters() {
        using Self = SessionSection;
        return std::array{
            Parameter<Self>{"sessions", &Self::sessions, 1, 1e6, "-",
                            "sessions of one experiment; nobody meets anybody of another session"},
            Parameter<Self>{"agents", &Self::agents, 2, 1e7, "-", "agents in each session"},
            Parameter<Self>{"rounds", &Self::rounds, 1, 1e6, "-", "rounds played under each condition"},
            Parameter<Self>{"conditions", &Self::conditions, 0, 0, "",
                            "names of the treatments that every session plays, one after the other"},
            Parameter<Self>{
                "order", &Self::order, 0, 0, "",
                "fixed: as listed; counterbalanced: session s begins with condition s mod (number of conditions)",
                orders},
        };
    }
};

/// [matching]: who shares a pot.
struct MatchingSection {
    static constexpr std::array<std::string_view, 3> kinds{"partners", "strangers", "perfect_strangers"};

    std::uint32_t kind = 2;
    std::uint32_t group_size = 4;

    static auto parameters() {
        using Self = MatchingSection;
        return std::array{
            Parameter<Self>{"kind", &Self::kind, 0, 0, "",
                            "partners: the same group throughout; strangers: groups redrawn at random each round; "
                            "perfect_strangers: nobody meets anybody twice under one condition",
                            kinds},
            Parameter<Self>{"group_size", &Self::group_size, 2, 1e6, "-", "agents who share one pot"},
        };
    }
};

/// [game]: the linear public-goods game. Payoff of a round: e - c_i + MPCR * (sum of the group's contributions).
struct GameSection {
    static constexpr std::array<std::string_view, 2> token_kinds{"whole", "continuous"};

    double endowment = 20;
    double mpcr = 0.4;
    std::uint32_t tokens = 0;

    static auto parameters() {
        using Self = GameSection;
        return std::array{
            Parameter<Self>{"endowment", &Self::endowment, 1e-3, 1e6, "tokens",
                            "e, held by each agent at the start of a round"},
            Parameter<Self>{"mpcr", &Self::mpcr, 0, 1000, "-",
                            "marginal per-capita return: what each member gets per token in the pot (r / group size)"},
            Parameter<Self>{"tokens", &Self::tokens, 0, 0, "",
                            "whole: contributions are rounded half up; continuous: any number in [0, e]", token_kinds},
        };
    }
};

/// [sanction]: the stage after contributions are seen; the rule's own parameters stand in the same table.
struct SanctionSection {
    std::string rule;
    std::vector<std::string> conditions;
    double cost = 1;
    double effect = 3;
    double cap = 10;

    static auto parameters() {
        using Self = SanctionSection;
        return std::array{
            Parameter<Self>{"rule", &Self::rule, 0, 0, "",
                            "name of a sanction rule; without it there is no sanction stage"},
            Parameter<Self>{"conditions", &Self::conditions, 0, 0, "",
                            "conditions that have the stage; all when the list is empty"},
            Parameter<Self>{"cost", &Self::cost, 0, 1e3, "tokens per point", "what a point costs its giver"},
            Parameter<Self>{"effect", &Self::effect, -1e3, 1e3, "tokens per point",
                            "what a point takes from its target; negative rewards"},
            Parameter<Self>{"cap", &Self::cap, 0, 1e3, "points",
                            "most points that one member can assign to another in a round"},
        };
    }
};

/// [agents.<type>]: who plays; the behavior rule's own parameters stand in the same table.
struct AgentsSection {
    std::string behavior;
    double share = 1;

    static auto parameters() {
        using Self = AgentsSection;
        return std::array{
            Parameter<Self>{"behavior", &Self::behavior, 0, 0, "", "name of a behavior rule"},
            Parameter<Self>{"share", &Self::share, 0, 1, "-",
                            "probability that an agent is of this type; shares add up to 1"},
        };
    }
};

/// [subjects]: whose schedules and beliefs the agents have; the source's own parameters stand in the same table.
/// A top-level `subjects = "people.csv"` is short for `file` in this table.
struct SubjectsSection {
    std::string kind;

    static auto parameters() {
        using Self = SubjectsSection;
        return std::array{
            Parameter<Self>{"kind", &Self::kind, 0, 0, "",
                            "name of a source of subjects; by default the one that reads a file when `file` is set, "
                            "else made-up people"},
        };
    }
};

/// [seed]: where the random numbers start. There is no default.
struct SeedSection {
    std::uint64_t all = 0, network = 0, initial = 0, dynamics = 0;

    static auto parameters() {
        using Self = SeedSection;
        constexpr double top = 9223372036854775807.0;
        return std::array{
            Parameter<Self>{"all", &Self::all, 0, top, "-", "seed of every class that is not set by its own key"},
            Parameter<Self>{"network", &Self::network, 0, top, "-", "seed of networks and matching schedules"},
            Parameter<Self>{"initial", &Self::initial, 0, top, "-",
                            "seed of people: types, subjects, first contributions"},
            Parameter<Self>{"dynamics", &Self::dynamics, 0, top, "-", "seed of decisions and sanctions"},
        };
    }
};

/// [record]: what goes into the results file besides the means per round.
struct RecordSection {
    bool agents = false;
    bool cascade = false;

    static auto parameters() {
        using Self = RecordSection;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 0, 0, "",
                            "contributions, payoffs, points and groups of every agent in every round"},
            Parameter<Self>{"cascade", &Self::cascade, 0, 0, "",
                            "causal effect of one person's change by degree of separation and lag, from twin runs"},
        };
    }
};

/// [counterfactual]: the twin runs behind record.cascade.
struct CounterfactualSection {
    static constexpr std::array<std::string_view, 2> ceilings{"add", "reverse"};

    double nudge = 1;
    std::uint32_t round = 1;
    std::uint32_t replicates = 4294967295u;
    std::uint32_t ceiling = 0;

    static auto parameters() {
        using Self = CounterfactualSection;
        return std::array{
            Parameter<Self>{"nudge", &Self::nudge, -1e6, 1e6, "tokens",
                            "what the source gives more in the nudged round"},
            Parameter<Self>{"round", &Self::round, 1, 1e6, "-", "round of the condition in which the source is nudged"},
            Parameter<Self>{"replicates", &Self::replicates, 1, 4294967295.0, "-",
                            "twin runs for this many replicates of each instance only"},
            Parameter<Self>{"ceiling", &Self::ceiling, 0, 0, "",
                            "a source that would leave [0, e]: add: it does so, as others see it; reverse: it is "
                            "nudged the other way and the "
                            "effect counted with the opposite sign",
                            ceilings},
        };
    }
};

}  // namespace commonweal
