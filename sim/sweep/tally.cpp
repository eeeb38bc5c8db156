#include "sim/sweep/tally.hpp"

namespace commonweal {

Tally::Tally(const Experiment& experiment, const std::vector<std::string>& conditions, const Keep& keep,
             const TwinDesign& twins)
    : experiment_(experiment), conditions_(conditions) {
    for (auto* moments : {&contribution_, &free_riders_, &full_, &payoff_, &points_})
        moments->resize(experiment.rounds());
    if (keep.adoption) adoption_.emplace(experiment.rounds());
    if (experiment.network && experiment.network->ties.changes())
        for (auto* moments : {&degree_, &cut_, &made_}) moments->resize(experiment.rounds());
    if (!keep.cascade) return;
    lags_ = cascade_lags(experiment, twins);
    degrees_ = cascade_degrees(experiment, twins);
    for (auto* moments : {&effect_, &people_}) moments->resize(std::size_t{experiment.conditions} * degrees_ * lags_);
    for (auto* moments : {&gain_, &own_}) moments->resize(std::size_t{experiment.conditions} * lags_);
    multiplier_.resize(experiment.conditions);
}

void Tally::add(const RunBlock& block) {
    const std::size_t cells = contribution_.size();
    for (std::size_t run = 0; run < block.replicate.size(); ++run)
        for (std::size_t cell = 0; cell < cells; ++cell) {
            contribution_[cell].add(block.mean_contribution[run * cells + cell]);
            free_riders_[cell].add(block.share_free_riders[run * cells + cell]);
            full_[cell].add(block.share_full[run * cells + cell]);
            payoff_[cell].add(block.mean_payoff[run * cells + cell]);
            points_[cell].add(block.mean_points[run * cells + cell]);
        }
    runs_ += block.replicate.size();
    add_ties(block);
    for (const CascadeTable& table : block.cascades) add_cascade(table);
    for (const AdoptionTrace& trace : block.adoption) adoption_->add(trace);
}

void Tally::add_ties(const RunBlock& block) {
    const std::size_t rounds = degree_.size();
    for (std::size_t run = 0; run < block.replicate.size(); ++run)
        for (std::size_t round = 0; round < rounds; ++round) {
            degree_[round].add(block.mean_degree[run * rounds + round]);
            cut_[round].add(block.ties_cut[run * rounds + round]);
            made_[round].add(block.ties_made[run * rounds + round]);
        }
}

void Tally::add_cascade(const CascadeTable& table) {
    ++twin_runs_;
    for (std::size_t cell = 0; cell < effect_.size(); ++cell) {
        if (table.people[cell] > 0) effect_[cell].add(table.effect[cell] / table.people[cell]);
        people_[cell].add(table.people[cell] / table.sources);
    }
    for (std::size_t cell = 0; cell < gain_.size(); ++cell) {
        gain_[cell].add(table.gain[cell] / table.sources);
        own_[cell].add(table.own[cell] / table.sources);
    }
    for (std::uint32_t condition = 0; condition < experiment_.conditions; ++condition)
        multiplier_[condition].add(table.multiplier(condition));
}

Summary Tally::summary() const {
    Summary summary;
    summary.runs = runs_;
    summary.twin_runs = twin_runs_;
    if (adoption_) summary.adoption = adoption_->summary();
    for (std::size_t round = 0; round < degree_.size(); ++round)
        summary.tie_rounds.push_back(
            {static_cast<Round>(round + 1), degree_[round].spread(), cut_[round].spread(), made_[round].spread()});
    for (std::uint32_t condition = 0; condition < experiment_.conditions; ++condition) {
        for (Round round = 1; round <= experiment_.condition_rounds; ++round) {
            const std::size_t cell = std::size_t{condition} * experiment_.condition_rounds + round - 1;
            summary.rows.push_back({conditions_[condition], round, contribution_[cell].spread(),
                                    free_riders_[cell].spread(), full_[cell].spread(), payoff_[cell].spread(),
                                    points_[cell].spread()});
        }
        for (std::uint32_t degree = 1; degree <= degrees_; ++degree)
            for (Round lag = 1; lag <= lags_; ++lag) {
                const std::size_t cell = (std::size_t{condition} * degrees_ + degree - 1) * lags_ + lag - 1;
                if (people_[cell].spread().mean > 0)
                    summary.effects.push_back(
                        {conditions_[condition], degree, lag, effect_[cell].spread(), people_[cell].spread().mean});
            }
        for (Round lag = 1; lag <= lags_; ++lag) {
            const std::size_t cell = std::size_t{condition} * lags_ + lag - 1;
            summary.gains.push_back({conditions_[condition], lag, gain_[cell].spread(), own_[cell].spread()});
        }
        if (!multiplier_.empty())
            summary.multipliers.push_back({conditions_[condition], multiplier_[condition].spread()});
    }
    return summary;
}

}  // namespace commonweal
