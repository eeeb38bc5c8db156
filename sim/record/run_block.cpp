#include "sim/record/run_block.hpp"

#include "sim/core/instruction_set.hpp"
#include "sim/engine/round_sums.hpp"

namespace commonweal {

BlockRecorder::BlockRecorder(const Experiment& experiment, const Keep& keep, std::size_t used)
    : experiment_(experiment), keep_(keep), used_(used) {
    const std::size_t means = used * experiment.rounds();
    for (auto* values : {&block_.mean_contribution, &block_.share_full, &block_.share_free_riders, &block_.mean_payoff,
                         &block_.mean_points})
        values->assign(means, 0.0);
    if (experiment.network && experiment.network->ties.changes())
        for (auto* values : {&block_.mean_degree, &block_.ties_cut, &block_.ties_made}) values->assign(means, 0.0);
    if (!keep.agents) return;
    const std::size_t traces = means * experiment.agents();
    block_.contribution.resize(traces);
    block_.payoff.resize(traces);
    if (!experiment.network) block_.group.resize(traces);
    if (!experiment.any_sanctions()) return;
    block_.given.resize(traces);
    block_.received.resize(traces);
}

void BlockRecorder::on_round(const RoundView& view) {
    switch (view.width) {
        case 1:
            add_means<1>(view);
            break;
        case 8:
            add_means<8>(view);
            break;
        default:
            add_means<16>(view);
            break;
    }
    if (view.ties) keep_ties(view);
    if (keep_.agents) keep_agents(view);
}

/// Only networks have such rounds, and one condition.
void BlockRecorder::on_repeat(const RoundView& view) {
    for (auto* values : {&block_.mean_contribution, &block_.share_full, &block_.share_free_riders, &block_.mean_payoff,
                         &block_.mean_points})
        for (std::size_t run = 0; run < used_; ++run) {
            const std::size_t at = run * experiment_.rounds() + view.round - 1;
            (*values)[at] = (*values)[at - 1];
        }
    if (keep_.agents) keep_agents(view);
}

/// A run whose ties change is alone in its batch.
void BlockRecorder::keep_ties(const RoundView& view) {
    block_.mean_degree[view.round - 1] = view.ties->mean_degree;
    block_.ties_cut[view.round - 1] = static_cast<double>(view.ties->cut);
    block_.ties_made[view.round - 1] = static_cast<double>(view.ties->made);
}

template <std::size_t width>
void BlockRecorder::add_means(const RoundView& view) {
    const std::uint32_t game = experiment_.game_of(view.round);
    const Round within = view.round - 1 - game * experiment_.condition_rounds;
    std::vector<RoundSums> sums(experiment_.conditions);
    std::vector<double> agents(experiment_.conditions);
    for (AgentId session = 0; session < experiment_.sessions; ++session) {
        const std::uint32_t condition = experiment_.condition_of(session, game);
        agents[condition] += experiment_.session_size;
        const std::size_t first = std::size_t{session} * experiment_.session_size;
        if (view.sums)
            sums[condition] = *view.sums;
        else
            vectorized([&] {
                sums[condition].template add<width>(view, first, first + experiment_.session_size,
                                                    experiment_.game.endowment);
            });
    }
    // With a counterbalanced order the sessions that play a condition later add their sums in a later round; every
    // term is an exact multiple of the fixed unit divided once by the number of all agents.
    const double all = experiment_.agents();
    for (std::uint32_t condition = 0; condition < experiment_.conditions; ++condition) {
        if (agents[condition] == 0) continue;
        for (std::size_t run = 0; run < used_; ++run) {
            const std::size_t at = (run * experiment_.conditions + condition) * experiment_.condition_rounds + within;
            block_.mean_contribution[at] += from_fixed(sums[condition].contribution[run]) / all;
            block_.mean_payoff[at] += from_fixed(sums[condition].payoff[run]) / all;
            block_.mean_points[at] += from_fixed(sums[condition].points[run]) / all;
            block_.share_full[at] += static_cast<double>(sums[condition].full[run]) / all;
            block_.share_free_riders[at] += static_cast<double>(sums[condition].none[run]) / all;
        }
    }
}

void BlockRecorder::keep_agents(const RoundView& view) {
    const std::size_t agents = experiment_.agents();
    for (std::size_t run = 0; run < used_; ++run) {
        const std::size_t base = (run * experiment_.rounds() + view.round - 1) * agents;
        for (std::size_t agent = 0; agent < agents; ++agent) {
            const std::size_t at = agent * view.width + run;
            block_.contribution[base + agent] = view.contributions[at];
            block_.payoff[base + agent] = view.payoffs[at];
            if (block_.given.empty()) continue;
            block_.given[base + agent] = view.given[at];
            block_.received[base + agent] = view.received[at];
        }
        for (std::size_t slot = 0; slot < agents && view.slots; ++slot) {
            const AgentId agent = view.shared ? view.slots[slot] : view.slots[slot * view.width + run];
            block_.group[base + agent] = static_cast<std::int32_t>(slot / experiment_.group_size);
        }
    }
}

}  // namespace commonweal
