#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// The people of a public service: organizations of several kinds, units, a line of superiors, boards and citizens.
///
/// Layers: `team` (everybody of a unit's staff with each other; among higher managers, who may be thousands, those with
/// the same superior, and that superior), `line` (superior and report), `informal` (Dodds-Watts-Sabel ties within each
/// organization), `board` (managers and leaders of different organizations with each other) and `coproduction`
/// (citizens with front-line staff of their unit). Attributes: organization, kind, unit, role, level.
struct PublicService {
    static constexpr std::string_view name = "public_service";
    static constexpr std::string_view summary =
        "A service of many organizations: units, a line of superiors, informal ties, boards, and citizens.";
    static constexpr std::string_view equation =
        "agents are dealt to organizations by the sizes of their kinds; an organization of n agents has\n"
        "  n / (team_size + citizens_per_team + 1/span) units, at least one\n"
        "a unit: one manager, front-line staff (1 + a binomial number, team_size on average), citizens_per_team "
        "citizens\n"
        "  (an organization that is too small for a unit with its citizens has fewer of them)\n"
        "line: front-line staff -> manager of the unit -> higher managers with at most `span` reports -> leader; "
        "leaders ->\n"
        "  leaders of the commissioners in turn -> leader of the first commissioner (without any: of the first "
        "organization)\n"
        "informal: pairs of one organization's staff, with probability proportional to exp(-D/lambda) exp(-x/zeta),\n"
        "  x = sqrt(d_i^2 + d_j^2 - 2); D: depth of the lowest common superior, d_i, d_j: steps below it;\n"
        "  at most all pairs of an organization\n"
        "board: one manager or leader from each of board_size organizations\n"
        "coproduction: each citizen with `contacts` of the front-line staff of its unit\n"
        "team: everybody of a unit's staff with each other. Higher managers and the leader are the unit "
        "<organization>/0, in which\n"
        "  those who report to the same person, and that person, are tied to each other\n"
        "level: steps on the line below the top of the service; citizens are one below the front line";
    static constexpr std::string_view source =
        "Informal ties: Dodds, Watts & Sabel (2003), PNAS 100, 12516-12521. The rest is a construction of this "
        "program.";
    static constexpr bool random = true;

    std::uint32_t agents = 2000, trusts = 3, practices = 12, commissioners = 1, councils = 2, communities = 4;
    double trust_size = 10, practice_size = 1.5, commissioner_size = 2, council_size = 4, community_size = 2.5;
    double team_size = 7;
    std::uint32_t span = 6;
    double informal = 2, lambda = 0.5, zeta = 0.5;
    std::uint32_t boards = 8, board_size = 5, citizens_per_team = 3, contacts = 2;

    static auto parameters() {
        using Self = PublicService;
        return std::array{
            Parameter<Self>{"agents", &Self::agents, 200, 2e6, "-", "number of agents, citizens included"},
            Parameter<Self>{"trusts", &Self::trusts, 0, 1e4, "-", "number of acute trusts"},
            Parameter<Self>{"practices", &Self::practices, 0, 1e5, "-", "number of practices"},
            Parameter<Self>{"commissioners", &Self::commissioners, 0, 1e4, "-", "number of commissioners"},
            Parameter<Self>{"councils", &Self::councils, 0, 1e4, "-", "number of councils"},
            Parameter<Self>{"communities", &Self::communities, 0, 1e5, "-",
                            "number of community providers and voluntary bodies"},
            Parameter<Self>{"trust_size", &Self::trust_size, 0.01, 1e4, "-",
                            "size of a trust, relative to that of the other kinds"},
            Parameter<Self>{"practice_size", &Self::practice_size, 0.01, 1e4, "-", "the same of a practice"},
            Parameter<Self>{"commissioner_size", &Self::commissioner_size, 0.01, 1e4, "-",
                            "the same of a commissioner"},
            Parameter<Self>{"council_size", &Self::council_size, 0.01, 1e4, "-", "the same of a council"},
            Parameter<Self>{"community_size", &Self::community_size, 0.01, 1e4, "-",
                            "the same of a community provider"},
            Parameter<Self>{"team_size", &Self::team_size, 2, 1000, "-", "mean staff of a unit, its manager included"},
            Parameter<Self>{"span", &Self::span, 2, 1000, "-",
                            "most managers who report to one higher manager or leader"},
            Parameter<Self>{"informal", &Self::informal, 0, 1000, "-", "mean number of informal ties of the staff"},
            Parameter<Self>{"lambda", &Self::lambda, 0.01, 1e6, "levels",
                            "how slowly informal ties get rarer with the depth of the common superior"},
            Parameter<Self>{"zeta", &Self::zeta, 0.01, 1e6, "levels",
                            "how slowly informal ties get rarer with the distance of the two"},
            Parameter<Self>{"boards", &Self::boards, 0, 1e6, "-", "number of boards"},
            Parameter<Self>{"board_size", &Self::board_size, 2, 1000, "-", "organizations on a board"},
            Parameter<Self>{"citizens_per_team", &Self::citizens_per_team, 0, 1000, "-", "citizens attached to a unit"},
            Parameter<Self>{"contacts", &Self::contacts, 1, 1000, "-",
                            "front-line staff that a citizen is tied to; of a smaller unit all"},
        };
    }

    /// Throws ConfigError when there is no organization, fewer organizations than a board needs, an organization would
    /// be too small to have a unit, or more informal ties are asked for than it has pairs.
    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;
};
static_assert(NetworkModel<PublicService>);

}  // namespace commonweal::models
