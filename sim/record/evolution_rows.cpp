#include "sim/record/evolution_rows.hpp"

#include <algorithm>

namespace commonweal {

RunSchema evolution_schema(const EvolutionDesign& design, AgentId agents, const EvolutionWords& words) {
    RunSchema schema;
    schema.coordinates = {counting("round", design.recorded(), "round; 0 is the initial state", 0,
                                   static_cast<std::int32_t>(design.every)),
                          {"strategy", "type of agents", 0, 1, 0, words.strategies}};
    const auto add = [&](const char* name, Number type, std::vector<std::string> axes, const char* unit,
                         const char* long_name) {
        schema.columns.push_back({name, type, std::move(axes), unit, long_name});
    };
    add("share", Number::float64, {"round", "strategy"}, "1", "share of agents with the strategy");
    add("mean_payoff", Number::float64, {"round"}, "payoff", "mean payoff of an agent in a round");
    if (design.game.has_fund())
        add("fund_cost", Number::float64, {"round"}, "payoff", "what the fund spends in a round, per agent");
    add("late_share", Number::float64, {"strategy"}, "1",
        "share of agents with the strategy, mean over the last record.window rounds");
    add("absorbed", Number::int32, {}, "1",
        "index of the strategy that took over everybody for good, -1 when none did");
    add("absorption_steps", Number::float64, {}, "1",
        "elementary steps (revisions of one agent) until then; NaN when none did");
    add("absorption_round", Number::float64, {}, "1",
        "rounds until one strategy had taken over everybody; NaN when none did");
    if (design.keep_strategies) {
        schema.coordinates.push_back(counting("agent", agents, "number of the agent"));
        add("agent_strategy", Number::int8, {"round", "agent"}, "1",
            "index of the agent's strategy; -1 for a free place of a splitting group");
    }
    schema.provenance = {{"matching", words.matching}};
    if (!words.layer.empty()) schema.provenance.emplace_back("layer", words.layer);
    return schema;
}

RunRows evolution_rows(const std::vector<EvolutionTrace>& traces, std::shared_ptr<const RunSchema> schema) {
    RunRows rows(std::move(schema), traces.size());
    const auto put = [&]<class T>(const char* name, const auto& values_of, T) {
        std::vector<T> all;
        for (const EvolutionTrace& trace : traces) values_of(trace, all);
        rows.put(name, all);
    };
    using Ints = std::vector<std::int32_t>;
    using Doubles = std::vector<double>;
    const auto row = [](const Doubles EvolutionTrace::*values) {
        return [values](const EvolutionTrace& trace, Doubles& all) {
            all.insert(all.end(), (trace.*values).begin(), (trace.*values).end());
        };
    };
    put("share", row(&EvolutionTrace::share), double{});
    put("mean_payoff", row(&EvolutionTrace::payoff), double{});
    if (std::ranges::find(rows.schema().columns, "fund_cost", &Column::name) != rows.schema().columns.end())
        put("fund_cost", row(&EvolutionTrace::fund_cost), double{});
    put("late_share", row(&EvolutionTrace::late_share), double{});
    put("absorbed", [](const EvolutionTrace& trace, Ints& all) { all.push_back(trace.absorbed); }, std::int32_t{});
    put(
        "absorption_steps", [](const EvolutionTrace& trace, Doubles& all) { all.push_back(trace.absorption_steps); },
        double{});
    put(
        "absorption_round",
        [](const EvolutionTrace& trace, Doubles& all) {
            all.push_back(trace.absorption_steps / trace.steps_per_round);
        },
        double{});
    if (rows.schema().columns.back().name == "agent_strategy")
        put(
            "agent_strategy",
            [](const EvolutionTrace& trace, Ints& all) {
                for (const std::uint8_t s : trace.strategies) all.push_back(s == 255 ? -1 : s);
            },
            std::int32_t{});
    return rows;
}

}  // namespace commonweal
