#include "sim/app/summary_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/app/text_table.hpp"

namespace commonweal {

namespace {

std::string number(double x) { return fmt::format("{:.3f}", x); }

std::string percent(double share) { return fmt::format("{:.1f}", 100 * share); }

std::string headline(const Scenario& scenario, const Summary& summary) {
    std::string text = scenario.study.title.empty() ? "" : scenario.study.title + "\n";
    if (scenario.play == Play::network)
        text += fmt::format("{}; each is {} rounds of {} agents with {} ties\n", counted(summary.runs, "run"),
                            scenario.session.rounds, summary.agents, summary.ties);
    else
        text += fmt::format("{}; each is {} of {} agents in groups of {}\n", counted(summary.runs, "run"),
                            counted(scenario.session.sessions, "session"), scenario.session.agents,
                            scenario.matching.group_size);
    if (scenario.subjects_play()) text += "people: " + scenario.subjects->origin() + "\n";
    return text;
}

std::string rounds_text(const Scenario& scenario, const Summary& summary) {
    TextTable table("lrrrrrrr");
    table.add({"condition", "round", "contribution", "sd", "full %", "nothing %", "payoff",
               scenario.sanction_rule ? "points" : ""});
    const auto add = [&](const Summary::Row& row) {
        table.add({row.condition, std::to_string(row.round), number(row.contribution.mean),
                   spread_text(row.contribution.sd, summary.runs), percent(row.full.mean),
                   percent(row.free_riders.mean), number(row.payoff.mean),
                   scenario.sanction_rule ? number(row.points.mean) : ""});
    };
    const bool some = scenario.play == Play::network;
    for (const std::size_t at : shown_rows(some ? summary.rows.size() : 0)) add(summary.rows[at]);
    if (!some) std::ranges::for_each(summary.rows, add);
    return "\nMeans over agents and runs, in tokens; sd: between runs\n" + table.text();
}

std::string ties_text(const Scenario& scenario, const Summary& summary) {
    const bool counted = !scenario.rewiring.redraw;
    TextTable table(counted ? "rrrrr" : "rrr");
    std::vector<std::string> head{"round", "neighbors", "sd"};
    if (counted) head.insert(head.end(), {"cut", "made"});
    table.add(head);
    for (const auto& ties : summary.tie_rounds) {
        std::vector<std::string> row{std::to_string(ties.round), number(ties.degree.mean),
                                     spread_text(ties.degree.sd, summary.runs)};
        if (counted) row.insert(row.end(), {number(ties.cut.mean), number(ties.made.mean)});
        table.add(row);
    }
    return "\nNeighbors of an agent in the round" +
           std::string(counted ? ", and ties that were cut and made after it" : "") + "; sd: between runs\n" +
           table.text();
}

/// The effect is told per token, so that doses can be compared.
std::string nudge_text(double nudge) {
    if (nudge == 1) return "one token more";
    return fmt::format("{:.6g} token{} {}, per token,", std::abs(nudge), std::abs(nudge) == 1 ? "" : "s",
                       nudge < 0 ? "less" : "more");
}

std::string effects_text(const Scenario& scenario, const Summary& summary) {
    TextTable table("lrrrrr");
    table.add({"condition", "degree", "lag", "effect", "sd", "people"});
    for (const auto& effect : summary.effects)
        table.add({effect.condition, std::to_string(effect.degree), std::to_string(effect.lag),
                   fmt::format("{:.4f}", effect.effect.mean), spread_text(effect.effect.sd, summary.twin_runs, 4),
                   fmt::format("{:.2f}", effect.people)});
    return fmt::format("\nCausal effect of {} in round {}, in tokens per person; {} with twins; sd: between runs\n",
                       nudge_text(scenario.counterfactual.nudge), scenario.counterfactual.round,
                       counted(summary.twin_runs, "run")) +
           table.text();
}

std::string multipliers_text(const Summary& summary) {
    TextTable table("lrr");
    table.add({"condition", "multiplier", "sd"});
    for (const auto& multiplier : summary.multipliers)
        table.add(
            {multiplier.condition, number(multiplier.value.mean), spread_text(multiplier.value.sd, summary.twin_runs)});
    return "\nTokens that all people give more, the source included, per token\n" + table.text();
}

}  // namespace

std::string summary_text(const Scenario& scenario, const Summary& summary) {
    if (summary.evolution) return evolution_text(scenario, summary);
    if (summary.service) return service_text(scenario, summary);
    std::string text = headline(scenario, summary) + rounds_text(scenario, summary);
    if (summary.adoption) text += adoption_text(scenario, *summary.adoption);
    if (!summary.tie_rounds.empty()) text += ties_text(scenario, summary);
    if (!summary.effects.empty()) text += effects_text(scenario, summary);
    if (!summary.multipliers.empty()) text += multipliers_text(summary);
    return text;
}

}  // namespace commonweal
