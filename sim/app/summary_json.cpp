#include <nlohmann/json.hpp>

#include "sim/app/summary_text.hpp"
#include "sim/app/version.hpp"

namespace commonweal {

namespace {

using Json = nlohmann::ordered_json;

Json spread_json(const Spread& spread) { return {{"mean", spread.mean}, {"sd", spread.sd}}; }

template <class Row, class Object>
Json list_json(const std::vector<Row>& rows, const Object& object) {
    Json list = Json::array();
    for (const Row& row : rows) list.push_back(object(row));
    return list;
}

Json round_json(const Summary::Row& row) {
    return {{"condition", row.condition},
            {"round", row.round},
            {"mean_contribution", spread_json(row.contribution)},
            {"share_full", spread_json(row.full)},
            {"share_free_riders", spread_json(row.free_riders)},
            {"mean_payoff", spread_json(row.payoff)},
            {"mean_points", spread_json(row.points)}};
}

Json ties_json(const Summary::Ties& ties) {
    return {{"round", ties.round},
            {"mean_degree", spread_json(ties.degree)},
            {"ties_cut", spread_json(ties.cut)},
            {"ties_made", spread_json(ties.made)}};
}

Json effect_json(const Summary::Effect& effect) {
    return {{"condition", effect.condition},
            {"degree", effect.degree},
            {"lag", effect.lag},
            {"causal_effect", spread_json(effect.effect)},
            {"people", effect.people}};
}

Json gain_json(const Summary::Gain& gain) {
    return {{"condition", gain.condition},
            {"lag", gain.lag},
            {"others", spread_json(gain.others)},
            {"own", spread_json(gain.own)}};
}

Json multiplier_json(const Summary::Multiplier& multiplier) {
    return {{"condition", multiplier.condition}, {"multiplier", spread_json(multiplier.value)}};
}

/// null for what no run has.
Json known(std::uint64_t runs, const Spread& spread) { return runs ? spread_json(spread) : Json(nullptr); }

Json adoption_json(const AdoptionSummary& adoption) {
    Json object{{"tipped", adoption.tipped},
                {"tip_round", known(adoption.tipped, adoption.tip_round)},
                {"settled", adoption.settled},
                {"size", spread_json(adoption.size)}};
    for (std::size_t i = 0; i < adoption.quantiles.size(); ++i)
        object["size_quantiles"].push_back({{"p", adoption_quantiles[i]}, {"size", adoption.quantiles[i]}});
    object["first_reproduction"] = known(adoption.reproduced, adoption.first_reproduction);
    object["adopters"] = list_json(adoption.adopters, spread_json);
    object["reach"] = list_json(adoption.reach, [](const AdoptionSummary::Reach& reach) -> Json {
        return {{"distance", reach.distance},
                {"people", reach.people},
                {"share", spread_json(reach.share)},
                {"round", known(reach.share.mean > 0, reach.round)}};
    });
    return object;
}

/// Strategies: shares by round, late means, and who took over.
void add_evolution(const EvolutionSummary& evolution, Json& object) {
    const auto shares = [&](const std::vector<Spread>& spreads) {
        Json share = Json::object();
        for (std::size_t s = 0; s < spreads.size(); ++s) share[evolution.strategies[s]] = spread_json(spreads[s]);
        return share;
    };
    object["rounds"] = list_json(evolution.rows, [&](const EvolutionSummary::Row& row) -> Json {
        Json round{{"round", row.round}, {"share", shares(row.share)}, {"mean_payoff", spread_json(row.payoff)}};
        if (row.fund_cost) round["fund_cost"] = spread_json(*row.fund_cost);
        return round;
    });
    object["late_share"] = shares(evolution.late);
    Json absorbed = Json::object();
    for (std::size_t s = 0; s < evolution.strategies.size(); ++s)
        absorbed[evolution.strategies[s]] = evolution.absorbed[s];
    object["absorbed"] = absorbed;
    object["absorption_steps"] = spread_json(evolution.absorption_steps);
}

/// A service: means by round and over the run, and policies.
void add_service(const ServiceSummary& service, Json& object) {
    object["rounds"] = list_json(service.rows, [](const ServiceSummary::Row& row) -> Json {
        return {{"round", row.round},
                {"mean_payoff", spread_json(row.payoff)},
                {"mean_local_contribution", spread_json(row.local)},
                {"mean_system_contribution", spread_json(row.system)}};
    });
    object["welfare"] = spread_json(service.welfare);
    object["local_contribution"] = spread_json(service.local);
    object["system_contribution"] = spread_json(service.system);
    object["gini"] = spread_json(service.gini);
    object["public_cost"] = spread_json(service.public_cost);
    object["policies"] = list_json(service.policies, [](const ServiceSummary::Policy& policy) -> Json {
        return {{"policy", policy.name},
                {"cost", spread_json(policy.cost)},
                {"extended", policy.extended < 0 ? Json(nullptr) : Json(policy.extended)}};
    });
    object["ledger_gap"] = service.gap;
}

}  // namespace

std::string summary_json(const Scenario& scenario, const Summary& summary) {
    Json object{{"program", "commonweal"},
                {"version", program_version()},
                {"commit", program_commit()},
                {"title", scenario.study.title}};
    if (summary.evolution || summary.service) {
        object["runs"] = summary.runs;
        object["decisions"] = summary.decisions;
        object["agents"] = summary.agents;
        if (summary.evolution) add_evolution(*summary.evolution, object);
        if (summary.service) add_service(*summary.service, object);
        object["configuration"] = scenario.resolved;
        return object.dump(2) + "\n";
    }
    object["subjects"] = scenario.subjects_play() ? Json(scenario.subjects->origin()) : Json(nullptr);
    object["runs"] = summary.runs;
    if (scenario.play == Play::network) {
        object["agents"] = summary.agents;
        object["ties"] = summary.ties;
    }
    object["twin_runs"] = summary.twin_runs;
    object["decisions"] = summary.decisions;
    object["rounds"] = list_json(summary.rows, round_json);
    if (summary.adoption) object["adoption"] = adoption_json(*summary.adoption);
    if (!summary.tie_rounds.empty()) object["tie_rounds"] = list_json(summary.tie_rounds, ties_json);
    object["effects"] = list_json(summary.effects, effect_json);
    object["gains"] = list_json(summary.gains, gain_json);
    object["multipliers"] = list_json(summary.multipliers, multiplier_json);
    object["configuration"] = scenario.resolved;
    return object.dump(2) + "\n";
}

}  // namespace commonweal
