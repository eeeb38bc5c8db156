#include <fmt/format.h>

#include "sim/app/summary_text.hpp"
#include "sim/app/text_table.hpp"

namespace commonweal {

namespace {

std::string number(double x) { return fmt::format("{:.3f}", x); }

std::string rounds_text(const Summary& summary) {
    const ServiceSummary& service = *summary.service;
    TextTable table("rrrrrrr");
    table.add({"round", "payoff", "sd", "local", "sd", "system", "sd"});
    for (const std::size_t row : shown_rows(service.rows.size())) {
        const auto& [round, payoff, local, system] = service.rows[row];
        table.add({std::to_string(round), number(payoff.mean), spread_text(payoff.sd, summary.runs), number(local.mean),
                   spread_text(local.sd, summary.runs), number(system.mean), spread_text(system.sd, summary.runs)});
    }
    return "\nTokens per agent, means over runs; sd: between runs\n" + table.text();
}

std::string means_text(const Summary& summary) {
    const ServiceSummary& service = *summary.service;
    TextTable table("lrr", 2);
    table.add({"of the whole run", "mean", "sd"});
    const auto add = [&](const char* name, const Spread& spread) {
        table.add({name, number(spread.mean), spread_text(spread.sd, summary.runs)});
    };
    add("welfare [tokens per agent and round]", service.welfare);
    add("given to the own organization", service.local);
    add("given to the system", service.system);
    add("Gini coefficient of payoffs", service.gini);
    add("public money, net of fines", service.public_cost);
    return "\n" + table.text();
}

std::string policies_text(const Summary& summary) {
    const ServiceSummary& service = *summary.service;
    if (service.policies.empty()) return "";
    TextTable table("lrrl", 2);
    table.add({"policy", "cost", "sd", "pilot"});
    for (const auto& policy : service.policies)
        table.add({policy.name, number(policy.cost.mean), spread_text(policy.cost.sd, summary.runs),
                   policy.extended < 0 ? "" : fmt::format("extended in {} of {} runs", policy.extended, summary.runs)});
    return "\nCost: public money and what was used up, tokens per agent and round\n" + table.text();
}

}  // namespace

std::string service_text(const Scenario& scenario, const Summary& summary) {
    const ServiceSummary& service = *summary.service;
    std::string text = scenario.study.title.empty() ? "" : scenario.study.title + "\n";
    text += fmt::format("{}; each is {} rounds of {} agents with {} ties\n", counted(summary.runs, "run"),
                        scenario.session.rounds, summary.agents, summary.ties);
    text += rounds_text(summary) + means_text(summary) + policies_text(summary);
    if (service.gap != 0)
        text += fmt::format("\nThe ledger does not close: {} micro-tokens are missing in some round\n", service.gap);
    return text;
}

}  // namespace commonweal
