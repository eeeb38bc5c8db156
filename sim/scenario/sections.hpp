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

/// The values of matching.kind, in their order.
enum class MatchingKind : std::uint32_t {
    partners,
    strangers,
    perfect_strangers,
    neighborhoods,
    well_mixed,
    splitting_groups
};

/// [matching]: who shares a pot.
struct MatchingSection {
    static constexpr std::array<std::string_view, 6> kinds{"partners",      "strangers",  "perfect_strangers",
                                                           "neighborhoods", "well_mixed", "splitting_groups"};

    std::uint32_t kind = 2;
    std::uint32_t group_size = 4;
    std::uint32_t groups = 10;
    double split = 0.001;
    double migration = 0;

    static auto parameters() {
        using Self = MatchingSection;
        return std::array{
            Parameter<Self>{"kind", &Self::kind, 0, 0, "",
                            "partners: the same group throughout; strangers: groups redrawn at random each round; "
                            "perfect_strangers: nobody meets anybody twice under one condition; neighborhoods: an "
                            "agent and its neighbors in [network]; well_mixed: all groups that could be, with their "
                            "expected payoffs; splitting_groups: groups that grow, split and die",
                            kinds},
            Parameter<Self>{"group_size", &Self::group_size, 2, 1e6, "-",
                            "agents who share one pot; of splitting_groups the largest"},
            Parameter<Self>{"groups", &Self::groups, 1, 1e6, "-", "number of groups, of splitting_groups"},
            Parameter<Self>{"split", &Self::split, 0, 1, "-",
                            "q, probability that a group which grows beyond group_size splits, of splitting_groups"},
            Parameter<Self>{"migration", &Self::migration, 0, 1, "-",
                            "probability that an offspring joins another group, of splitting_groups"},
        };
    }
};

/// [game]: what contributions bring. Behavior rules give tokens of an endowment; strategies give a fixed cost or
/// nothing.
struct GameSection {
    static constexpr std::array<std::string_view, 2> token_kinds{"whole", "continuous"};
    static constexpr std::array<std::string_view, 3> game_kinds{"public_goods", "donation", "two_pots"};
    static constexpr std::array<std::string_view, 2> host_kinds{"all", "focal"};
    static constexpr std::array<std::string_view, 2> payoff_kinds{"sum", "average"};
    static constexpr std::array<std::string_view, 2> cost_kinds{"game", "individual"};

    double endowment = 20;
    double mpcr = 0.4;
    std::uint32_t tokens = 0;
    std::uint32_t kind = 0;
    double enhancement = 3;
    double cost = 1;
    double benefit = 2;
    double loner_payoff = 1;
    double synergy = 1;
    std::uint32_t threshold = 0;
    std::uint32_t hosts = 0;
    std::uint32_t payoff = 0;
    std::uint32_t cost_per = 0;
    bool weighted = false;
    bool own_share = true;
    double local_enhancement = 2;
    double system_enhancement = 4;

    static auto parameters() {
        using Self = GameSection;
        return std::array{
            Parameter<Self>{"endowment", &Self::endowment, 1e-3, 1e6, "tokens",
                            "e, held by each agent at the start of a round"},
            Parameter<Self>{"mpcr", &Self::mpcr, 0, 1000, "-",
                            "marginal per-capita return: what each member gets per token in the pot (r / group size)"},
            Parameter<Self>{"tokens", &Self::tokens, 0, 0, "",
                            "whole: contributions are rounded half up; continuous: any number in [0, e]", token_kinds},
            Parameter<Self>{"kind", &Self::kind, 0, 0, "",
                            "public_goods: contributors pay cost into a pot, which is multiplied and shared; donation: "
                            "contributors pay cost for each neighbor and give it benefit; two_pots: tokens go to the "
                            "pot of the agent's organization, to that of the whole system, or stay",
                            game_kinds},
            Parameter<Self>{"enhancement", &Self::enhancement, 0, 1e6, "-",
                            "r, what a pot is multiplied by before all members share it"},
            Parameter<Self>{"cost", &Self::cost, 0, 1e6, "payoff", "c, what a contributor gives in a game"},
            Parameter<Self>{"benefit", &Self::benefit, -1e6, 1e6, "payoff", "b, what a donation brings its receiver"},
            Parameter<Self>{"loner_payoff", &Self::loner_payoff, -1e6, 1e6, "payoff",
                            "sigma, what a loner gets instead of a game"},
            Parameter<Self>{"synergy", &Self::synergy, 0, 1e3, "-",
                            "delta, each further contribution to a pot counts delta times the one before; 1 is linear"},
            Parameter<Self>{"threshold", &Self::threshold, 0, 1e6, "-", "contributors below which a pot pays nothing"},
            Parameter<Self>{
                "hosts", &Self::hosts, 0, 0, "",
                "all: an agent plays the game that it hosts and those of its neighbors; focal: its own only",
                host_kinds},
            Parameter<Self>{"payoff", &Self::payoff, 0, 0, "", "sum of the payoffs of all its games, or their average",
                            payoff_kinds},
            Parameter<Self>{"cost_per", &Self::cost_per, 0, 0, "",
                            "game: a contributor gives as much in each of its games; individual: it divides it equally "
                            "among them",
                            cost_kinds},
            Parameter<Self>{"weighted", &Self::weighted, 0, 0, "",
                            "the weight of a tie scales what its agents give to, and see of, each other"},
            Parameter<Self>{"own_share", &Self::own_share, 0, 0, "",
                            "true: all members share a contribution; false: all but its giver, so that giving costs c"},
            Parameter<Self>{"local_enhancement", &Self::local_enhancement, 1, 1e6, "-",
                            "r_L of two_pots, what a token in the pot of an organization is worth to its members "
                            "together"},
            Parameter<Self>{"system_enhancement", &Self::system_enhancement, 1, 1e6, "-",
                            "r_S of two_pots, what a token in the pot of the system is worth to all agents together"},
        };
    }
};

/// [fund]: an institution outside the games that rewards or fines in every group that strategies play in.
struct FundSection {
    static constexpr std::array<std::string_view, 4> schemes{"none", "punish", "reward", "carrot_then_stick"};
    static constexpr std::array<std::string_view, 2> scopes{"population", "group"};

    std::uint32_t scheme = 0;
    double per_head = 0.5;
    double switch_at = 0.5;
    std::uint32_t switch_by = 0;
    double bonus = 1;
    double fine = 1;

    static auto parameters() {
        using Self = FundSection;
        return std::array{
            Parameter<Self>{"scheme", &Self::scheme, 0, 0, "",
                            "none: no fund; reward: the budget of a group is split among its contributors; punish: "
                            "it is spent on fines of the others; carrot_then_stick: reward while contributors are "
                            "few, then punish",
                            schemes},
            Parameter<Self>{"per_head", &Self::per_head, 0, 1e6, "payoff",
                            "d, budget of a game per participant; agents do not pay it. 0 changes nothing"},
            Parameter<Self>{"switch_at", &Self::switch_at, 0, 1, "-",
                            "share of contributors among participants from which carrot_then_stick punishes"},
            Parameter<Self>{"switch_by", &Self::switch_by, 0, 0, "",
                            "whose share of contributors that is: of all agents, or of each group", scopes},
            Parameter<Self>{"bonus", &Self::bonus, 0, 1e3, "-",
                            "a, what a contributor gets per unit of payoff that is spent on it"},
            Parameter<Self>{"fine", &Self::fine, 0, 1e3, "-",
                            "b, what another participant loses per unit of payoff that is spent on it"},
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
                            "name of a sanction rule; none, or left out: there is no sanction stage"},
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
    static constexpr std::array<std::string_view, 3> places{"random", "cluster", "hubs"};

    std::string behavior, strategy;
    double share = 1;
    std::uint32_t count = 0;
    std::uint32_t place = 0;
    std::vector<std::string> who;
    std::string where, first;
    double endowment_share = 1;

    static auto parameters() {
        using Self = AgentsSection;
        return std::array{
            Parameter<Self>{"behavior", &Self::behavior, 0, 0, "",
                            "name of a behavior rule; such an agent gives tokens"},
            Parameter<Self>{"strategy", &Self::strategy, 0, 0, "", "name of a strategy, which spreads by [update]"},
            Parameter<Self>{"share", &Self::share, 0, 1, "-",
                            "probability that an agent is of this type; shares of types without count, who and where "
                            "add up to 1"},
            Parameter<Self>{"count", &Self::count, 0, 1e9, "-",
                            "exactly so many agents are of this type, 0 too; when left out: by share"},
            Parameter<Self>{"place", &Self::place, 0, 0, "",
                            "where `count` agents are: random; cluster: a random agent and those nearest to it in the "
                            "network; hubs: those with most neighbors",
                            places},
            Parameter<Self>{"who", &Self::who, 0, 0, "", "the agents of this type, by the names of the network file"},
            Parameter<Self>{"where", &Self::where, 0, 0, "",
                            "attribute=value: all agents with this attribute are of this type"},
            Parameter<Self>{"first", &Self::first, 0, 0, "",
                            "column of the network's table of agents with their contributions of round 1, in tokens; "
                            "empty: the rule decides"},
            Parameter<Self>{"endowment_share", &Self::endowment_share, 0, 100, "-",
                            "endowment of such an agent as a share of game.endowment, in two_pots"},
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
    bool adoption = false;
    std::uint32_t every = 1;
    std::uint32_t window = 1;

    static auto parameters() {
        using Self = RecordSection;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 0, 0, "",
                            "contributions, payoffs, points and groups of every agent in every round"},
            Parameter<Self>{"cascade", &Self::cascade, 0, 0, "",
                            "causal effect of one person's change by degree of separation and lag, from twin runs"},
            Parameter<Self>{"adoption", &Self::adoption, 0, 0, "",
                            "size, reach by distance, time to tip and reproduction number of what spreads"},
            Parameter<Self>{"every", &Self::every, 1, 1e6, "rounds", "strategies: only every so many rounds are kept"},
            Parameter<Self>{"window", &Self::window, 1, 1e6, "rounds",
                            "strategies: means are also taken over so many last rounds"},
        };
    }
};

/// [counterfactual]: the twin runs behind record.cascade.
struct CounterfactualSection {
    static constexpr std::array<std::string_view, 2> ceilings{"add", "reverse"};

    double nudge = 1;
    std::uint32_t round = 1;
    std::uint32_t replicates = 0;
    std::uint32_t sources = 0;
    std::uint32_t ceiling = 0;

    static auto parameters() {
        using Self = CounterfactualSection;
        return std::array{
            Parameter<Self>{"nudge", &Self::nudge, -1e6, 1e6, "tokens",
                            "what the source gives more in the nudged round"},
            Parameter<Self>{"round", &Self::round, 1, 1e6, "-", "round of the condition in which the source is nudged"},
            Parameter<Self>{"replicates", &Self::replicates, 0, 4294967295.0, "-",
                            "twin runs for this many replicates of each instance only; 0: for all"},
            Parameter<Self>{"sources", &Self::sources, 0, 1e9, "-",
                            "on a network, so many agents drawn by chance are sources, each in a twin run of its own; "
                            "0: all agents"},
            Parameter<Self>{"ceiling", &Self::ceiling, 0, 0, "",
                            "a source that would leave [0, e]: add: it does so, as others see it; reverse: it is "
                            "nudged the other way and the "
                            "effect counted with the opposite sign",
                            ceilings},
        };
    }
};

}  // namespace commonweal
