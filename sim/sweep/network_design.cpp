#include "sim/sweep/network_design.hpp"

namespace commonweal {

namespace {

NeighborhoodRules rules_of(const Scenario& scenario) {
    const GameSection& game = scenario.game;
    return {.kind = static_cast<NeighborhoodRules::Kind>(game.kind),
            .hosts = static_cast<NeighborhoodRules::Hosts>(game.hosts),
            .endowment = game.endowment,
            .mpcr = game.mpcr,
            .enhancement = game.enhancement,
            .by_enhancement = scenario.by_enhancement,
            .cost = game.cost,
            .benefit = game.benefit,
            .average = game.payoff == 1,
            .per_individual = game.cost_per == 1,
            .weighted = game.weighted};
}

}  // namespace

TypePlace type_place(const AgentType& type) {
    const AgentsSection& settings = type.settings;
    TypePlace place{.name = type.name,
                    .share = settings.share,
                    .count = type.by_count ? std::optional(settings.count) : std::nullopt,
                    .place = static_cast<TypePlace::Where>(settings.place),
                    .who = settings.who};
    if (const std::size_t sign = settings.where.find('='); sign != std::string::npos) {
        place.attribute = settings.where.substr(0, sign);
        place.value = settings.where.substr(sign + 1);
    }
    return place;
}

NetworkDesign network_design(const Scenario& scenario) {
    NetworkDesign design;
    design.generator = scenario.generator;
    design.layer = scenario.network.layer;
    design.keep_lonely = scenario.network.without_ties == 1;
    for (const AgentType& type : scenario.types) {
        design.places.push_back(type_place(type));
        design.starts.push_back(type.settings.first);
    }
    design.rules = rules_of(scenario);
    const RewiringSection& rewiring = scenario.rewiring;
    design.ties = {.rates = {.share = rewiring.share,
                             .cut = {rewiring.cut_cc, rewiring.cut_cd, rewiring.cut_dc, rewiring.cut_dd},
                             .make = {rewiring.make_cc, rewiring.make_cd, rewiring.make_dc, rewiring.make_dd}},
                   .redraw = rewiring.redraw};
    design.whole_tokens = scenario.game.tokens == 0;
    design.prepare(Randomness(scenario.seeds));
    return design;
}

}  // namespace commonweal
