#include "sim/engine/run_ties.hpp"

#include <fmt/format.h>

#include "sim/core/error.hpp"

namespace commonweal {

RunTies::RunTies(const NetworkDesign& design, const Neighborhoods& start, const Randomness& randomness,
                 const RewiringKey& run)
    : design_(design), start_(start), randomness_(randomness), run_(run), cooperated_(start.network().agents()) {
    if (!design.ties.redraw) ties_.emplace(start.ties());
}

double RunTies::mean_degree() const noexcept {
    const NeighborRows& rows = game().rows();
    return static_cast<double>(rows.targets.size()) / rows.agents();
}

TieChanges RunTies::learn(Round round, std::span<const float> contributions) {
    if (!ties_) return {};
    const auto half = static_cast<float>(design_.rules.endowment / 2);
    for (std::size_t agent = 0; agent < cooperated_.size(); ++agent) cooperated_[agent] = contributions[agent] >= half;
    run_.round = round;
    return rewire(*ties_, design_.ties.rates, cooperated_, randomness_, run_);
}

void RunTies::renew(Round round) {
    if (!ties_) return draw_network(round);
    ties_->write(rows_);
    game_.emplace(design_.rules, NeighborRows{rows_.offsets, rows_.targets, {}});
}

void RunTies::draw_network(Round round) {
    run_.round = round;
    game_.reset();  // it looks at the network that goes
    network_.emplace(design_.generator->generate(redrawn(randomness_, run_), run_.instance));
    if (network_->agents() != start_.network().agents())
        throw ConfigError("[rewiring]",
                          fmt::format("the network drawn for round {} has {} agents, the first one has {}", round,
                                      network_->agents(), start_.network().agents()));
    const Layer& layer = network_->layer(start_.layer_name());
    game_.emplace(design_.rules, NeighborRows{layer.offsets(), layer.targets(), layer.weights()});
}

}  // namespace commonweal
