#include "sim/record/experiment_rows.hpp"

#include <limits>

namespace commonweal {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ",") + text;
    return all;
}

/// Makes the schema part by part.
class Columns {
public:
    Columns(const Experiment& experiment, const Keep& keep) : experiment_(experiment), keep_(keep) {}

    RunSchema schema(const TwinDesign& twins, const ExperimentWords& words) {
        coordinates(words);
        means();
        ties();
        if (!experiment_.network || keep_.agents) sessions();
        if (keep_.agents) agents(words);
        if (keep_.cascade) cascades(twins);
        if (keep_.adoption) adoption();
        schema_.attributes = {{"types", joined(words.types)}};
        schema_.provenance = {{"subjects", words.subjects}, {"matching", words.matching}};
        if (experiment_.network) schema_.provenance.emplace_back("layer", words.layer);
        return std::move(schema_);
    }

private:
    using Axes = std::vector<std::string>;

    void add(const char* name, Number type, const Axes& axes, const char* unit, const char* long_name) {
        schema_.columns.push_back({name, type, axes, unit, long_name});
    }

    void coordinates(const ExperimentWords& words) {
        schema_.coordinates = {
            counting("round", experiment_.rounds(), "round of the session, from 1", 1),
            counting("agent", experiment_.agents(), "number of the agent within the run"),
            counting("condition_round", experiment_.condition_rounds, "round within the condition, from 1", 1),
            {"condition", "treatment", 0, 1, 0, words.conditions}};
    }

    void means() {
        const Axes axes{"condition", "condition_round"};
        add("mean_contribution", Number::float64, axes, "tokens", "mean contribution");
        add("share_full", Number::float64, axes, "1", "share of agents who give their whole endowment");
        add("share_free_riders", Number::float64, axes, "1", "share of agents who give nothing");
        add("mean_payoff", Number::float64, axes, "tokens", "mean payoff after sanctions");
        add("mean_points", Number::float64, axes, "points", "mean points given to others, per agent");
    }

    void ties() {
        if (!experiment_.network || !experiment_.network->ties.changes()) return;
        add("mean_degree", Number::float64, {"round"}, "1", "mean number of neighbors in the round");
        if (experiment_.network->ties.redraw) return;
        add("ties_cut", Number::float64, {"round"}, "1", "ties that were cut after the round");
        add("ties_made", Number::float64, {"round"}, "1", "ties that were made after the round");
    }

    void sessions() {
        const AgentId agents = experiment_.agents();
        std::vector<std::int32_t> session(agents), subject(agents), condition;
        for (AgentId agent = 0; agent < agents; ++agent) {
            session[agent] = static_cast<std::int32_t>(agent / experiment_.session_size);
            subject[agent] = static_cast<std::int32_t>(agent % experiment_.session_size);
        }
        condition.reserve(std::size_t{experiment_.rounds()} * agents);
        for (Round round = 1; round <= experiment_.rounds(); ++round)
            for (AgentId agent = 0; agent < agents; ++agent)
                condition.push_back(static_cast<std::int32_t>(
                    experiment_.condition_of(agent / experiment_.session_size, experiment_.game_of(round))));
        const auto add_constant = [&](const char* name, Number type, const Axes& axes, const char* long_name,
                                      std::vector<std::int32_t> values) {
            schema_.constants.push_back({{name, type, axes, "1", long_name}, std::move(values)});
        };
        add_constant("session", Number::int32, {"agent"}, "session of the agent, from 0", std::move(session));
        add_constant("subject", Number::int32, {"agent"}, "number of the agent within its session, from 0",
                     std::move(subject));
        add_constant("session_condition", Number::int8, {"round", "agent"},
                     "index of the condition that the agent's session plays", std::move(condition));
    }

    void agents(const ExperimentWords& words) {
        const Axes axes{"round", "agent"};
        const Number tokens = !experiment_.whole_tokens
                                  ? Number::float32
                                  : (experiment_.game.endowment < 100 ? Number::int8 : Number::int32);
        add("contribution", tokens, axes, "tokens", "contribution");
        add("payoff", Number::float32, axes, "tokens", "payoff after sanctions");
        if (experiment_.network)
            add("neighbors", Number::int32, {"agent"}, "1", "number of the agent's neighbors in round 1");
        else
            add("group", Number::int32, axes, "1", "group within the run; equal numbers in one round share a pot");
        if (experiment_.any_sanctions()) {
            add("points_given", Number::float32, axes, "points", "points given to others");
            add("points_received", Number::float32, axes, "points", "points received from others");
        }
        add("agent_type", Number::int8, {"agent"}, "1", "index of the agent's type in the attribute types");
        if (words.subject_rows)
            add("subject_row", Number::int32, {"agent"}, "1",
                "subject of the data file, in the order in which the file names them, from 0");
    }

    void cascades(const TwinDesign& twins) {
        schema_.coordinates.push_back(
            counting("degree", cascade_degrees(experiment_, twins), "degree of separation from the source", 1));
        schema_.coordinates.push_back(counting("lag", cascade_lags(experiment_, twins), "rounds after the nudge", 1));
        const Axes cells{"condition", "degree", "lag"}, lags{"condition", "lag"};
        add("causal_effect", Number::float64, cells, "tokens per token",
            "mean change of the contribution of one person at that degree of separation");
        add("causal_people", Number::float64, cells, "1", "people at that degree of separation per source");
        add("causal_gain", Number::float64, lags, "tokens per token",
            "change of all other people's contributions together");
        add("causal_own", Number::float64, lags, "tokens per token", "change of the source's own later contributions");
        add("causal_multiplier", Number::float64, {"condition"}, "1",
            "tokens given in all rounds together per token of the source");
    }

    void adoption() {
        schema_.coordinates.push_back(
            counting("distance", kept_distances, "ties to the nearest initial adopter; the last: and more"));
        add("adopters", Number::float64, {"round"}, "1", "share of agents who adopt");
        add("reproduction", Number::float64, {"round"}, "1",
            "agents who adopt first in the round per agent who did in the round before");
        add("adoption_size", Number::float64, {}, "1", "share of adopters in the last round");
        add("tip_round", Number::float64, {}, "rounds", "first round with at least adoption.tip adopters");
        add("settled_round", Number::float64, {}, "rounds", "round from which on adopters stay the same");
        add("reach_people", Number::float64, {"distance"}, "1", "agents at that distance");
        add("reach_share", Number::float64, {"distance"}, "1", "share of them who adopted in some round");
        add("reach_round", Number::float64, {"distance"}, "rounds", "mean round in which these first adopted");
    }

    const Experiment& experiment_;
    const Keep& keep_;
    RunSchema schema_;
};

bool has(const RunSchema& schema, std::string_view name) {
    for (const Column& column : schema.columns)
        if (column.name == name) return true;
    return false;
}

void put_adoption(const std::vector<AdoptionTrace>& traces, RunRows& rows) {
    const auto put = [&](const char* name, const auto& values_of) {
        std::vector<double> all;
        for (const AdoptionTrace& trace : traces) values_of(trace, all);
        rows.put(name, all);
    };
    const auto row = [](const std::vector<double> AdoptionTrace::*values) {
        return [values](const AdoptionTrace& trace, std::vector<double>& all) {
            all.insert(all.end(), (trace.*values).begin(), (trace.*values).end());
        };
    };
    const auto number = [](const double AdoptionTrace::*value) {
        return [value](const AdoptionTrace& trace, std::vector<double>& all) { all.push_back(trace.*value); };
    };
    put("adopters", row(&AdoptionTrace::adopters));
    put("reproduction", row(&AdoptionTrace::reproduction));
    put("adoption_size", number(&AdoptionTrace::size));
    put("tip_round", number(&AdoptionTrace::tip_round));
    put("settled_round", number(&AdoptionTrace::settled_round));
    put("reach_people", row(&AdoptionTrace::reach_people));
    put("reach_share", row(&AdoptionTrace::reach_share));
    put("reach_round", row(&AdoptionTrace::reach_round));
}

/// Runs without a table have no values.
void put_cascades(const std::vector<CascadeTable>& tables, RunRows& rows) {
    const RunSchema& schema = rows.schema();
    const std::size_t conditions = schema.coordinate("condition").size(),
                      lags = conditions * schema.coordinate("lag").size(),
                      cells = lags * schema.coordinate("degree").size(), count = rows.rows();
    std::vector<double> effect(count * cells, missing), people(count * cells, missing);
    std::vector<double> gain(count * lags, missing), own(count * lags, missing),
        multiplier(count * conditions, missing);
    for (std::size_t run = 0; run < tables.size(); ++run) {
        const CascadeTable& table = tables[run];
        for (std::size_t i = 0; i < cells; ++i) {
            if (table.people[i] > 0) effect[run * cells + i] = table.effect[i] / table.people[i];
            people[run * cells + i] = table.people[i] / table.sources;
        }
        for (std::size_t i = 0; i < lags; ++i) {
            gain[run * lags + i] = table.gain[i] / table.sources;
            own[run * lags + i] = table.own[i] / table.sources;
        }
        for (std::uint32_t condition = 0; condition < conditions; ++condition)
            multiplier[run * conditions + condition] = table.multiplier(condition);
    }
    rows.put("causal_effect", effect);
    rows.put("causal_people", people);
    rows.put("causal_gain", gain);
    rows.put("causal_own", own);
    rows.put("causal_multiplier", multiplier);
}

}  // namespace

RunSchema experiment_schema(const Experiment& experiment, const Keep& keep, const TwinDesign& twins,
                            const ExperimentWords& words) {
    return Columns(experiment, keep).schema(twins, words);
}

RunRows experiment_rows(const RunBlock& block, std::shared_ptr<const RunSchema> schema) {
    RunRows rows(std::move(schema), block.replicate.size());
    const auto put = [&](const char* name, const auto& values) {
        if (has(rows.schema(), name)) rows.put(name, values);
    };
    put("mean_contribution", block.mean_contribution);
    put("share_full", block.share_full);
    put("share_free_riders", block.share_free_riders);
    put("mean_payoff", block.mean_payoff);
    put("mean_points", block.mean_points);
    put("mean_degree", block.mean_degree);
    put("ties_cut", block.ties_cut);
    put("ties_made", block.ties_made);
    put("contribution", block.contribution);
    put("payoff", block.payoff);
    put("group", block.group);
    put("neighbors", block.neighbors);
    put("points_given", block.given);
    put("points_received", block.received);
    put("agent_type", block.type);
    put("subject_row", block.person);
    if (has(rows.schema(), "causal_effect")) put_cascades(block.cascades, rows);
    if (has(rows.schema(), "adopters")) put_adoption(block.adoption, rows);
    return rows;
}

}  // namespace commonweal
