#include "sim/record/service_rows.hpp"

#include <algorithm>

namespace commonweal {

namespace {

constexpr std::array<const char*, 3> organization_columns{"organization_payoff", "organization_local",
                                                          "organization_system"};
constexpr std::array<const char*, 3> role_columns{"role_payoff", "role_local", "role_system"};
constexpr std::array<const char*, 3> agent_columns{"payoff", "local_contribution_of", "system_contribution_of"};
constexpr std::array<const char*, 3> what{"payoff", "contribution to the pot of the organization",
                                          "contribution to the pot of the system"};

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ",") + text;
    return all;
}

/// Values of all traces, one after the other.
template <class T, class Values>
void put(RunRows& rows, const char* name, const std::vector<ServiceTrace>& traces, const Values& values_of) {
    std::vector<T> all;
    for (const ServiceTrace& trace : traces) {
        const auto& values = values_of(trace);
        all.insert(all.end(), values.begin(), values.end());
    }
    rows.put(name, all);
}

void put_numbers(RunRows& rows, const char* name, const std::vector<ServiceTrace>& traces,
                 double ServiceTrace::*number) {
    std::vector<double> all;
    for (const ServiceTrace& trace : traces) all.push_back(trace.*number);
    rows.put(name, all);
}

}  // namespace

RunSchema service_schema(const ServiceDesign& design, AgentId agents, const ServiceWords& words) {
    RunSchema schema;
    schema.coordinates = {
        counting("round", design.rounds, "round, from 1", 1),
        {"organization", "organization of the service", 0, 1, 0, words.organizations},
        {"role", "role of an agent", 0, 1, 0, std::vector<std::string>(role_names.begin(), role_names.end())},
        {"account", "where money comes from and goes to", 0, 1, 0,
         std::vector<std::string>(account_names.begin(), account_names.end())}};
    const auto add = [&](const char* name, Number type, std::vector<std::string> axes, const char* unit,
                         const std::string& long_name) {
        schema.columns.push_back({name, type, std::move(axes), unit, long_name});
    };
    add("mean_payoff", Number::float64, {"round"}, "tokens", "mean payoff of an agent in the round");
    add("mean_local_contribution", Number::float64, {"round"}, "tokens",
        "mean contribution of an agent to the pot of its organization");
    add("mean_system_contribution", Number::float64, {"round"}, "tokens",
        "mean contribution of an agent to the pot of the system");
    add("mean_public_cost", Number::float64, {"round"}, "tokens", "public money per agent, net of fines");
    add("welfare", Number::float64, {}, "tokens", "payoff per agent and round, mean over the run");
    add("local_contribution", Number::float64, {}, "tokens",
        "contribution to the pot of the own organization per agent and round");
    add("system_contribution", Number::float64, {}, "tokens",
        "contribution to the pot of the system per agent and round");
    add("late_system_contribution", Number::float64, {}, "tokens",
        "contribution to the pot of the system per agent and round, over the last quarter of the rounds");
    add("gini", Number::float64, {}, "1", "Gini coefficient of the agents' payoffs, summed over the run");
    add("public_cost", Number::float64, {}, "tokens", "public money per agent and round, net of fines");
    for (std::size_t i = 0; i < what.size(); ++i)
        add(organization_columns[i], Number::float64, {"organization"}, "tokens",
            std::string(what[i]) + " per agent and round, by the organization to which the agent belonged at first");
    for (std::size_t i = 0; i < what.size(); ++i)
        add(role_columns[i], Number::float64, {"role"}, "tokens",
            std::string(what[i]) + " per agent and round, by role");
    add("money", Number::float64, {"account"}, "tokens", "money of the whole run, by account");
    add("ledger_gap", Number::int32, {}, "micro-tokens",
        "largest difference in any round between what came in and where it went; 0: the ledger closes");
    if (!words.policies.empty()) {
        schema.coordinates.push_back({"policy", "policy of the regime", 0, 1, 0, words.policies});
        add("policy_cost", Number::float64, {"policy"}, "tokens",
            "public money and what the policy used up, per agent and round");
        add("pilot_extended", Number::int8, {"policy"}, "1",
            "1 when the pilot was extended, 0 when the policy was dropped, -1 without a pilot");
    }
    if (design.keep_agents) {
        schema.coordinates.push_back(counting("agent", agents, "number of the agent"));
        for (std::size_t i = 0; i < what.size(); ++i)
            add(agent_columns[i], Number::float32, {"round", "agent"}, "tokens", what[i]);
        add("agent_type", Number::int8, {"agent"}, "1", "index of the agent's type in the attribute types, in the end");
    }
    schema.attributes = {{"types", joined(words.types)}};
    schema.provenance = {{"matching", "organizations of " + words.network}};
    if (!words.layer.empty()) schema.provenance.emplace_back("layer", words.layer);
    return schema;
}

RunRows service_rows(const std::vector<ServiceTrace>& traces, std::shared_ptr<const RunSchema> schema) {
    RunRows rows(std::move(schema), traces.size());
    const auto has = [&](std::string_view name) {
        return std::ranges::find(rows.schema().columns, name, &Column::name) != rows.schema().columns.end();
    };
    put<double>(rows, "mean_payoff", traces, [](const auto& trace) -> const auto& { return trace.payoff; });
    put<double>(rows, "mean_local_contribution", traces, [](const auto& trace) -> const auto& { return trace.local; });
    put<double>(rows, "mean_system_contribution", traces,
                [](const auto& trace) -> const auto& { return trace.system; });
    put<double>(rows, "mean_public_cost", traces, [](const auto& trace) -> const auto& { return trace.round_cost; });
    put_numbers(rows, "welfare", traces, &ServiceTrace::welfare);
    put_numbers(rows, "local_contribution", traces, &ServiceTrace::local_mean);
    put_numbers(rows, "system_contribution", traces, &ServiceTrace::system_mean);
    put_numbers(rows, "late_system_contribution", traces, &ServiceTrace::late_system);
    put_numbers(rows, "gini", traces, &ServiceTrace::gini);
    put_numbers(rows, "public_cost", traces, &ServiceTrace::public_cost);
    for (std::size_t i = 0; i < what.size(); ++i) {
        put<double>(rows, organization_columns[i], traces,
                    [i](const auto& trace) -> const auto& { return trace.organization[i]; });
        put<double>(rows, role_columns[i], traces, [i](const auto& trace) -> const auto& { return trace.role[i]; });
    }
    put<double>(rows, "money", traces, [](const ServiceTrace& trace) {
        std::vector<double> books;
        for (const Micro money : trace.books) books.push_back(tokens(money));
        return books;
    });
    put<std::int32_t>(rows, "ledger_gap", traces, [](const ServiceTrace& trace) {
        return std::array{static_cast<std::int32_t>(std::min<Micro>(trace.gap, 2147483647))};
    });
    if (has("policy_cost")) {
        put<double>(rows, "policy_cost", traces, [](const auto& trace) -> const auto& { return trace.policy_cost; });
        put<std::int32_t>(rows, "pilot_extended", traces,
                          [](const auto& trace) -> const auto& { return trace.extended; });
    }
    if (!has("agent_type")) return rows;
    for (std::size_t i = 0; i < what.size(); ++i)
        put<float>(rows, agent_columns[i], traces, [i](const auto& trace) -> const auto& { return trace.agents[i]; });
    put<std::int32_t>(rows, "agent_type", traces, [](const auto& trace) -> const auto& { return trace.types; });
    return rows;
}

}  // namespace commonweal
