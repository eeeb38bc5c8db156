#include "sim/sweep/run_evolution.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "sim/engine/evolution_lanes.hpp"
#include "sim/network/agent_blocks.hpp"
#include "sim/sweep/batches.hpp"
#include "sim/sweep/network_design.hpp"
#include "sim/sweep/results_of_run.hpp"
#include "sim/sweep/tally.hpp"

namespace commonweal {

namespace {

using Meeting = EvolutionDesign::Meeting;

FundRules fund_of(const FundSection& fund) {
    return {.scheme = static_cast<FundRules::Scheme>(fund.scheme),
            .per_head = fund.per_head,
            .switch_at = fund.switch_at,
            .by_group = fund.switch_by == 1,
            .bonus = fund.bonus,
            .fine = fund.fine};
}

GameRules rules_of(const GameSection& game, const FundSection& fund) {
    return {.kind = static_cast<GameRules::Kind>(game.kind),
            .hosts = game.kind == 1 ? GameRules::Hosts::focal : static_cast<GameRules::Hosts>(game.hosts),
            .enhancement = game.enhancement,
            .cost = game.cost,
            .benefit = game.benefit,
            .loner_payoff = game.loner_payoff,
            .synergy = game.synergy,
            .threshold = game.threshold,
            .average = game.payoff == 1,
            .per_individual = game.cost_per == 1,
            .weighted = game.weighted,
            .own_share = game.own_share,
            .fund = fund_of(fund)};
}

Meeting meeting_of(MatchingKind kind) {
    if (kind == MatchingKind::well_mixed) return Meeting::well_mixed;
    return kind == MatchingKind::splitting_groups ? Meeting::splitting_groups : Meeting::neighborhoods;
}

/// Collects the summary of strategies over runs, in run order.
class EvolutionTally {
public:
    EvolutionTally(const EvolutionDesign& design, std::vector<std::string> names)
        : design_(design),
          names_(std::move(names)),
          share_(design.recorded() * names_.size()),
          payoff_(design.recorded()),
          fund_cost_(design.game.has_fund() ? design.recorded() : 0),
          late_(names_.size()),
          absorbed_(names_.size()) {}

    void add(const EvolutionTrace& trace) {
        for (std::size_t i = 0; i < share_.size(); ++i) share_[i].add(trace.share[i]);
        for (std::size_t i = 0; i < payoff_.size(); ++i) payoff_[i].add(trace.payoff[i]);
        for (std::size_t i = 0; i < fund_cost_.size(); ++i) fund_cost_[i].add(trace.fund_cost[i]);
        for (std::size_t i = 0; i < late_.size(); ++i) late_[i].add(trace.late_share[i]);
        if (trace.absorbed < 0) return;
        ++absorbed_[static_cast<std::size_t>(trace.absorbed)];
        steps_.add(trace.absorption_steps);
    }

    EvolutionSummary summary() const {
        EvolutionSummary summary{names_, {}, {}, absorbed_, steps_.spread(), design_.window};
        for (std::size_t row = 0; row < payoff_.size(); ++row) {
            summary.rows.push_back({static_cast<Round>(row * design_.every), {}, payoff_[row].spread(), {}});
            if (!fund_cost_.empty()) summary.rows.back().fund_cost = fund_cost_[row].spread();
            for (std::size_t s = 0; s < names_.size(); ++s)
                summary.rows.back().share.push_back(share_[row * names_.size() + s].spread());
        }
        for (const Moments& late : late_) summary.late.push_back(late.spread());
        return summary;
    }

private:
    const EvolutionDesign& design_;
    std::vector<std::string> names_;
    std::vector<Moments> share_, payoff_, fund_cost_, late_;
    std::vector<std::uint64_t> absorbed_;
    Moments steps_;
};

/// Where the batches of one network instance are played.
struct Scene {
    Habitat habitat;
    std::string digest;

    Scene(const EvolutionDesign& design, std::uint32_t instance)
        : habitat(design, instance), digest(habitat.network() ? network_text(*habitat.network()) : "") {}
};

/// What a batch leaves: for the summary, and for the file.
struct Played {
    std::vector<EvolutionTrace> traces;
    std::optional<RunRows> rows;
};

/// Of a run while it is computed [bytes].
double bytes_of_run(const EvolutionDesign& design, AgentId agents) {
    const double recorded = static_cast<double>(design.recorded());
    const double trace = recorded * (24.0 + 8.0 * static_cast<double>(design.game.strategies()) +
                                     (design.keep_strategies ? 5.0 * agents : 0.0));
    return trace + 64.0 * agents + 1;
}

/// Replicates of a batch: those that are computed together, or a few one after the other, so that there are some
/// batches for every thread.
std::size_t batch_size(std::size_t lanes, std::uint64_t runs) {
    if (lanes > 1) return lanes;
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(runs / (8 * thread_count()), 1, 16));
}

}  // namespace

EvolutionDesign evolution_of(const Scenario& scenario) {
    std::vector<const Strategy*> strategies;
    for (const AgentType& type : scenario.types) strategies.push_back(type.strategy.get());
    EvolutionDesign design(StrategyGame(rules_of(scenario.game, scenario.fund), terms_of(strategies)),
                           Randomness(scenario.seeds));
    for (const AgentType& type : scenario.types) design.places.push_back(type_place(type));
    design.meeting = meeting_of(scenario.matching_kind());
    design.generator = scenario.generator;
    design.layer = scenario.network.layer;
    design.keep_lonely = scenario.network.without_ties == 1;
    design.population = scenario.session.agents;
    design.group_size = scenario.matching.group_size;
    design.groups = scenario.matching.groups;
    design.split = scenario.matching.split;
    design.migration = scenario.matching.migration;
    design.update = scenario.update_rule;
    design.together = scenario.update.order == 1;
    design.shared_focal = scenario.update.focal == 1;
    design.steps = scenario.update.steps;
    design.mutation = scenario.update.mutation;
    design.rounds = scenario.session.rounds;
    design.every = scenario.record.every;
    design.window = scenario.record.window;
    design.keep_strategies = scenario.record.agents;
    return design;
}

std::size_t evolution_lanes(const EvolutionDesign& design, const Habitat& habitat, std::size_t wanted,
                            std::size_t runs) {
    const std::size_t most = evolution_lanes(design, habitat);
    if (wanted || runs < 2) return runs < 2 ? 1 : std::min(wanted, most);
    // Large populations are walked by all threads, others by one each.
    const std::size_t threads = habitat.agents() < large_population ? thread_count() : 1;
    return std::min<std::size_t>(most, runs >= 48 * threads ? 64 : 16);
}

RunSchema evolution_schema_of(const Scenario& scenario, const EvolutionDesign& design, AgentId agents) {
    EvolutionWords words;
    for (const AgentType& type : scenario.types) words.strategies.push_back(type.name);
    words.matching = std::string(MatchingSection::kinds[scenario.matching.kind]);
    if (design.generator) words.matching += " of " + scenario.network.kind;
    words.layer = design.layer;
    return evolution_schema(design, agents, words);
}

Summary run_evolution(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                      const Study& study) {
    const EvolutionDesign design = evolution_of(scenario);
    const std::uint64_t runs = std::uint64_t{scenario.study.replicates} * scenario.study.instances;
    std::vector<std::string> names;
    for (const AgentType& type : scenario.types) names.push_back(type.name);
    EvolutionTally tally(design, names);
    Summary summary;
    std::shared_ptr<Scene> first;
    with_threads(execution.threads, [&] { first = std::make_shared<Scene>(design, 0); });
    const AgentId agents = first->habitat.agents();
    const auto schema = std::make_shared<const RunSchema>(evolution_schema_of(scenario, design, agents));
    std::optional<ResultsOfRun> file;
    if (!output.empty()) file.emplace(output, scenario, *schema, study);
    with_threads(execution.threads, [&] {
        const std::size_t lanes = evolution_lanes(design, first->habitat, execution.lanes, scenario.study.replicates);
        const std::size_t size = batch_size(lanes, scenario.study.replicates);
        each_batch(
            {.instances = scenario.study.instances,
             .replicates = scenario.study.replicates,
             .size = size,
             .live = live_batches(static_cast<double>(size) * bytes_of_run(design, agents))},
            [&](std::uint32_t instance) { return instance == 0 ? first : std::make_shared<Scene>(design, instance); },
            [&](const Scene& scene, const std::vector<std::uint32_t>& replicates) {
                Played played{evolve(design, scene.habitat, replicates, lanes), {}};
                if (file) played.rows = evolution_rows(played.traces, schema);
                return played;
            },
            [&](const Scene& scene, const Played& played) {
                if (file) file->append(*played.rows, scene.habitat.instance(), scene.digest);
                for (const EvolutionTrace& trace : played.traces) {
                    tally.add(trace);
                    summary.decisions += static_cast<std::uint64_t>(trace.revisions);
                }
                summary.agents = scene.habitat.agents();
                summary.ties = scene.habitat.ties() ? scene.habitat.ties()->ties() : 0;
                summary.runs += played.traces.size();
                if (execution.progress) execution.progress(summary.runs, runs);
            },
            [&] { return !execution.stop || !execution.stop(); });
    });
    summary.stopped = summary.runs < runs;
    summary.evolution = tally.summary();
    if (file && !summary.stopped) file->finish();
    return summary;
}

}  // namespace commonweal
