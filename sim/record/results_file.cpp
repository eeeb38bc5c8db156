#include "sim/record/results_file.hpp"

#include <fmt/format.h>

#include <limits>
#include <numeric>

namespace commonweal {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::int32_t> counting(std::uint64_t from, std::uint64_t count) {
    std::vector<std::int32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(from));
    return numbers;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ",") + text;
    return all;
}

}  // namespace

ResultsFile::ResultsFile(const std::filesystem::path& path, const Experiment& experiment, const Keep& keep,
                         const TwinDesign& twins, const Study& study, std::size_t runs)
    : experiment_(experiment), keep_(keep), subject_rows_(study.subject_rows), runs_(runs), file_(path) {
    file_.attribute("", "format", "commonweal-results");
    file_.attribute("", "format_version", std::int32_t{1});
    file_.attribute("", "title", study.title);
    file_.attribute("", "types", joined(study.types));
    file_.group("provenance");
    file_.attribute("provenance", "configuration", study.configuration);
    file_.attribute("provenance", "version", study.version);
    file_.attribute("provenance", "commit", study.commit);
    file_.attribute("provenance", "subjects", study.subjects);
    file_.attribute("provenance", "matching", study.matching);
    file_.attribute("provenance", "citation", study.citation);
    if (experiment.network) file_.attribute("provenance", "layer", study.layer);
    coordinates();
    file_.coordinate("condition", study.conditions, "treatment");
    means();
    ties();
    agents(study);
    if (keep.cascade) cascades(twins);
    if (keep.adoption) adoption();
}

void ResultsFile::coordinates() {
    file_.coordinate("run", counting(0, runs_), "number of the run");
    file_.coordinate("round", counting(1, experiment_.rounds()), "round of the session, from 1");
    file_.coordinate("agent", counting(0, experiment_.agents()), "number of the agent within the run");
    file_.coordinate("condition_round", counting(1, experiment_.condition_rounds),
                     "round within the condition, from 1");
    file_.variable("replicate", Number::int32, {{"run", runs_}}, "1", "replicate of the run");
    file_.variable("instance", Number::int32, {{"run", runs_}}, "1", "network instance of the run");
}

void ResultsFile::means() {
    const std::vector<Hdf5File::Axis> axes{
        {"run", runs_}, {"condition", experiment_.conditions}, {"condition_round", experiment_.condition_rounds}};
    file_.variable("mean_contribution", Number::float64, axes, "tokens", "mean contribution");
    file_.variable("share_full", Number::float64, axes, "1", "share of agents who give their whole endowment");
    file_.variable("share_free_riders", Number::float64, axes, "1", "share of agents who give nothing");
    file_.variable("mean_payoff", Number::float64, axes, "tokens", "mean payoff after sanctions");
    file_.variable("mean_points", Number::float64, axes, "points", "mean points given to others, per agent");
}

void ResultsFile::ties() {
    if (!experiment_.network || !experiment_.network->ties.changes()) return;
    const std::vector<Hdf5File::Axis> axes{{"run", runs_}, {"round", experiment_.rounds()}};
    file_.variable("mean_degree", Number::float64, axes, "1", "mean number of neighbors in the round");
    if (experiment_.network->ties.redraw) return;
    file_.variable("ties_cut", Number::float64, axes, "1", "ties that were cut after the round");
    file_.variable("ties_made", Number::float64, axes, "1", "ties that were made after the round");
}

void ResultsFile::agents(const Study& study) {
    const std::uint64_t agents = experiment_.agents();
    file_.variable("session", Number::int32, {{"agent", agents}}, "1", "session of the agent, from 0");
    file_.variable("subject", Number::int32, {{"agent", agents}}, "1",
                   "number of the agent within its session, from 0");
    file_.variable("session_condition", Number::int8, {{"round", experiment_.rounds()}, {"agent", agents}}, "1",
                   "index of the condition that the agent's session plays");
    std::vector<std::int32_t> session(agents), subject(agents), condition;
    for (AgentId agent = 0; agent < agents; ++agent) {
        session[agent] = static_cast<std::int32_t>(agent / experiment_.session_size);
        subject[agent] = static_cast<std::int32_t>(agent % experiment_.session_size);
    }
    for (Round round = 1; round <= experiment_.rounds(); ++round)
        for (AgentId agent = 0; agent < agents; ++agent)
            condition.push_back(static_cast<std::int32_t>(
                experiment_.condition_of(agent / experiment_.session_size, experiment_.game_of(round))));
    file_.write("session", 0, agents, session.data());
    file_.write("subject", 0, agents, subject.data());
    file_.write("session_condition", 0, experiment_.rounds(), condition.data());
    if (!keep_.agents) return;
    const std::vector<Hdf5File::Axis> axes{{"run", runs_}, {"round", experiment_.rounds()}, {"agent", agents}};
    const Number tokens =
        !experiment_.whole_tokens ? Number::float32 : (experiment_.game.endowment < 100 ? Number::int8 : Number::int32);
    file_.variable("contribution", tokens, axes, "tokens", "contribution");
    file_.variable("payoff", Number::float32, axes, "tokens", "payoff after sanctions");
    if (experiment_.network)
        file_.variable("neighbors", Number::int32, {{"run", runs_}, {"agent", agents}}, "1",
                       "number of the agent's neighbors in round 1");
    else
        file_.variable("group", Number::int32, axes, "1",
                       "group within the run; equal numbers in one round share a pot");
    if (experiment_.any_sanctions()) {
        file_.variable("points_given", Number::float32, axes, "points", "points given to others");
        file_.variable("points_received", Number::float32, axes, "points", "points received from others");
    }
    file_.variable("agent_type", Number::int8, {{"run", runs_}, {"agent", agents}}, "1",
                   "index of the agent's type in the attribute types");
    if (study.subject_rows)
        file_.variable("subject_row", Number::int32, {{"run", runs_}, {"agent", agents}}, "1",
                       "subject of the data file, in the order in which the file names them, from 0");
}

void ResultsFile::cascades(const TwinDesign& twins) {
    lags_ = cascade_lags(experiment_, twins);
    degrees_ = cascade_degrees(experiment_, twins);
    file_.coordinate("degree", counting(1, degrees_), "degree of separation from the source");
    file_.coordinate("lag", counting(1, lags_), "rounds after the nudge");
    const std::vector<Hdf5File::Axis> cells{
        {"run", runs_}, {"condition", experiment_.conditions}, {"degree", degrees_}, {"lag", lags_}};
    const std::vector<Hdf5File::Axis> lags{{"run", runs_}, {"condition", experiment_.conditions}, {"lag", lags_}};
    file_.variable("causal_effect", Number::float64, cells, "tokens per token",
                   "mean change of the contribution of one person at that degree of separation");
    file_.variable("causal_people", Number::float64, cells, "1", "people at that degree of separation per source");
    file_.variable("causal_gain", Number::float64, lags, "tokens per token",
                   "change of all other people's contributions together");
    file_.variable("causal_own", Number::float64, lags, "tokens per token",
                   "change of the source's own later contributions");
    file_.variable("causal_multiplier", Number::float64, {{"run", runs_}, {"condition", experiment_.conditions}}, "1",
                   "tokens given in all rounds together per token of the source");
}

void ResultsFile::adoption() {
    file_.coordinate("distance", counting(0, kept_distances),
                     "ties to the nearest initial adopter; the last: and more");
    const std::vector<Hdf5File::Axis> run{{"run", runs_}}, rounds{run[0], {"round", experiment_.rounds()}},
        reach{run[0], {"distance", kept_distances}};
    file_.variable("adopters", Number::float64, rounds, "1", "share of agents who adopt");
    file_.variable("reproduction", Number::float64, rounds, "1",
                   "agents who adopt first in the round per agent who did in the round before");
    file_.variable("adoption_size", Number::float64, run, "1", "share of adopters in the last round");
    file_.variable("tip_round", Number::float64, run, "rounds", "first round with at least adoption.tip adopters");
    file_.variable("settled_round", Number::float64, run, "rounds", "round from which on adopters stay the same");
    file_.variable("reach_people", Number::float64, reach, "1", "agents at that distance");
    file_.variable("reach_share", Number::float64, reach, "1", "share of them who adopted in some round");
    file_.variable("reach_round", Number::float64, reach, "rounds", "mean round in which these first adopted");
}

void ResultsFile::append_adoption(const std::vector<AdoptionTrace>& traces) {
    const auto put = [&](const char* name, const auto& values_of) {
        std::vector<double> all;
        for (const AdoptionTrace& trace : traces) values_of(trace, all);
        file_.write(name, written_, traces.size(), all.data());
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

void ResultsFile::append(const RunBlock& block) {
    const std::uint64_t count = block.replicate.size();
    const auto put = [&](const char* name, const auto& values) {
        if (!values.empty()) file_.write(name, written_, count, values.data());
    };
    put("replicate", block.replicate);
    put("instance", block.instance);
    put("mean_contribution", block.mean_contribution);
    put("share_full", block.share_full);
    put("share_free_riders", block.share_free_riders);
    put("mean_payoff", block.mean_payoff);
    put("mean_points", block.mean_points);
    put("mean_degree", block.mean_degree);
    if (experiment_.network && !experiment_.network->ties.redraw) {
        put("ties_cut", block.ties_cut);
        put("ties_made", block.ties_made);
    }
    if (keep_.agents) {
        put("contribution", block.contribution);
        put("payoff", block.payoff);
        put("group", block.group);
        put("neighbors", block.neighbors);
        put("points_given", block.given);
        put("points_received", block.received);
        put("agent_type", block.type);
        if (subject_rows_) put("subject_row", block.person);
    }
    if (keep_.cascade) append_cascades(block);
    if (keep_.adoption) append_adoption(block.adoption);
    written_ += count;
}

void ResultsFile::note_network(std::uint64_t digest) {
    digests_ += fmt::format("{}{:016x}", digests_.empty() ? "" : ",", digest);
}

void ResultsFile::finish() {
    if (experiment_.network) file_.attribute("provenance", "network_digests", digests_);
    file_.finish();
}

void ResultsFile::append_cascades(const RunBlock& block) {
    const std::size_t count = block.replicate.size();
    const std::size_t cells = std::size_t{experiment_.conditions} * degrees_ * lags_,
                      lags = std::size_t{experiment_.conditions} * lags_;
    std::vector<double> effect(count * cells, missing), people(count * cells, missing);
    std::vector<double> gain(count * lags, missing), own(count * lags, missing),
        multiplier(count * experiment_.conditions, missing);
    for (std::size_t run = 0; run < block.cascades.size(); ++run) {
        const CascadeTable& table = block.cascades[run];
        for (std::size_t i = 0; i < cells; ++i) {
            if (table.people[i] > 0) effect[run * cells + i] = table.effect[i] / table.people[i];
            people[run * cells + i] = table.people[i] / table.sources;
        }
        for (std::size_t i = 0; i < lags; ++i) {
            gain[run * lags + i] = table.gain[i] / table.sources;
            own[run * lags + i] = table.own[i] / table.sources;
        }
        for (std::uint32_t condition = 0; condition < experiment_.conditions; ++condition)
            multiplier[run * experiment_.conditions + condition] = table.multiplier(condition);
    }
    file_.write("causal_effect", written_, count, effect.data());
    file_.write("causal_people", written_, count, people.data());
    file_.write("causal_gain", written_, count, gain.data());
    file_.write("causal_own", written_, count, own.data());
    file_.write("causal_multiplier", written_, count, multiplier.data());
}

}  // namespace commonweal
