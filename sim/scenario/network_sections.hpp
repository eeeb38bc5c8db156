#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sim/model/parameter.hpp"

/// The sections of a scenario file that say who is tied to whom, and what happens along ties.
namespace commonweal {

/// [network]: who is tied to whom; the generator's own parameters stand in the same table.
struct NetworkSection {
    static constexpr std::array<std::string_view, 2> treatments{"refuse", "keep"};

    std::string kind, layer;
    std::uint32_t without_ties = 0;

    static auto parameters() {
        using Self = NetworkSection;
        return std::array{
            Parameter<Self>{"kind", &Self::kind, 0, 0, "",
                            "name of a network, as `commonweal list networks` shows them"},
            Parameter<Self>{"play_on", &Self::layer, 0, 0, "",
                            "layer of ties that games are played on; empty: the first"},
            Parameter<Self>{"without_ties", &Self::without_ties, 0, 0, "",
                            "refuse: agents without a neighbor are an error where a rule needs neighbors; keep: they "
                            "play alone and imitate nobody",
                            treatments},
        };
    }
};

/// [update]: how strategies spread; the rule's own parameters stand in the same table.
struct UpdateSection {
    static constexpr std::array<std::string_view, 2> orders{"asynchronous", "synchronous"};
    static constexpr std::array<std::string_view, 2> focals{"own", "shared"};

    std::string rule;
    std::uint32_t order = 0, focal = 0;
    std::uint64_t steps = 0;
    double mutation = 0;

    static auto parameters() {
        using Self = UpdateSection;
        return std::array{
            Parameter<Self>{"rule", &Self::rule, 0, 0, "", "name of an update rule"},
            Parameter<Self>{
                "order", &Self::order, 0, 0, "",
                "asynchronous: one random agent after the other, with the payoffs of the moment; synchronous: "
                "everybody at once",
                orders},
            Parameter<Self>{
                "focal", &Self::focal, 0, 0, "",
                "who revises next in an asynchronous round; own: drawn for each replicate; shared: drawn once for all "
                "replicates of a network instance, which is many times faster. They are then alike beyond what the "
                "instance explains: standard errors are right over instances, and too small over replicates where "
                "agents differ in their places",
                focals},
            Parameter<Self>{"steps", &Self::steps, 0, 4294967296.0, "-",
                            "elementary steps of an asynchronous round; 0: one per agent, a Monte Carlo step"},
            Parameter<Self>{"mutation", &Self::mutation, 0, 1, "per revision",
                            "mu, probability that the focal agent draws any strategy instead"},
        };
    }
};

/// [rewiring]: ties that change. Each round every pair of agents is offered a change with probability `share`; one of
/// the two, drawn at random, decides by what both did in this round.
struct RewiringSection {
    double share = 0;
    bool redraw = false;
    double cut_cc = 0.017, cut_cd = 0.608, cut_dc = 0.035, cut_dd = 0.25;
    double make_cc = 0.983, make_cd = 0.392, make_dc = 0.965, make_dd = 0.75;

    static auto parameters() {
        using Self = RewiringSection;
        return std::array{
            Parameter<Self>{"share", &Self::share, 0, 1, "per round",
                            "probability that a pair may change its tie; 0: ties stay"},
            Parameter<Self>{"redraw", &Self::redraw, 0, 0, "",
                            "the network is drawn anew for every round; nobody decides about ties then"},
            Parameter<Self>{"cut_cc", &Self::cut_cc, 0, 1, "-", "probability that a cooperator cuts a cooperator"},
            Parameter<Self>{"cut_cd", &Self::cut_cd, 0, 1, "-", "probability that a cooperator cuts a defector"},
            Parameter<Self>{"cut_dc", &Self::cut_dc, 0, 1, "-", "probability that a defector cuts a cooperator"},
            Parameter<Self>{"cut_dd", &Self::cut_dd, 0, 1, "-", "probability that a defector cuts a defector"},
            Parameter<Self>{"make_cc", &Self::make_cc, 0, 1, "-",
                            "probability that a cooperator makes a tie with a cooperator"},
            Parameter<Self>{"make_cd", &Self::make_cd, 0, 1, "-",
                            "probability that a cooperator makes a tie with a defector"},
            Parameter<Self>{"make_dc", &Self::make_dc, 0, 1, "-",
                            "probability that a defector makes a tie with a cooperator"},
            Parameter<Self>{"make_dd", &Self::make_dd, 0, 1, "-",
                            "probability that a defector makes a tie with a defector"},
        };
    }
};

/// [adoption]: who counts as having adopted, and what is measured of its spread.
struct AdoptionSection {
    std::string sources;
    double level = 1, tip = 0.5;

    static auto parameters() {
        using Self = AdoptionSection;
        return std::array{
            Parameter<Self>{
                "sources", &Self::sources, 0, 0, "",
                "type of the initial adopters, from whom distances are counted; empty: whoever has adopted in "
                "the first round"},
            Parameter<Self>{"level", &Self::level, 0, 1, "-",
                            "share of the endowment from which an agent counts as an adopter"},
            Parameter<Self>{"tip", &Self::tip, 0, 1, "-", "share of adopters from which a run counts as tipped"},
        };
    }
};

}  // namespace commonweal
