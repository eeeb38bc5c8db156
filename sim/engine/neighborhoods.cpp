#include "sim/engine/neighborhoods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/core/fixed_point.hpp"
#include "sim/core/nearest.hpp"
#include "sim/engine/played_layer.hpp"
#include "sim/game/ordered_sums.hpp"

namespace commonweal {

namespace {

const NumberColumn& column_of(const Network& network, const std::string& table, const std::string& name) {
    const Attribute* attribute = network.attributes().find(name);
    if (!attribute) {
        std::vector<std::string> names;
        for (const Attribute& column : network.attributes().columns()) names.push_back(column.name);
        throw ConfigError(
            table, fmt::format("agents of the network have no attribute \"{}\"{}", name, did_you_mean(name, names)));
    }
    const auto* numbers = std::get_if<NumberColumn>(&attribute->values);
    if (!numbers)
        throw ConfigError(table, fmt::format("attribute \"{}\" is text; first contributions are numbers", name));
    return *numbers;
}

/// No payoff, and nothing that an agent sees, is larger among so many agents, whatever their ties.
double largest_among(const NeighborhoodRules& rules, double agents) {
    const double pot = rules.by_enhancement ? rules.enhancement : rules.mpcr * agents;
    const double pots = rules.kind == NeighborhoodRules::Kind::donation
                            ? (rules.cost + std::abs(rules.benefit)) / rules.endowment * agents
                            : (1 + pot) * agents;
    return rules.endowment * (1 + agents + pots);
}

std::vector<float> first_contributions(const Network& network, const NetworkDesign& design, std::size_t type) {
    const std::string table = fmt::format("[agents.{}]", design.places[type].name);
    const NumberColumn& column = column_of(network, table, design.starts[type]);
    std::vector<float> first;
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        const double tokens = column[agent];
        const bool whole = !design.whole_tokens || tokens == std::floor(tokens);
        if (!(tokens >= 0 && tokens <= design.rules.endowment) || !whole)
            throw ConfigError(table, fmt::format("{} of agent {} is {}; a first contribution is a{} number in [0, {}]",
                                                 design.starts[type], network.label(agent), tokens,
                                                 design.whole_tokens ? " whole" : "", design.rules.endowment));
        first.push_back(static_cast<float>(tokens));
    }
    return first;
}

}  // namespace

void NetworkDesign::prepare(const Randomness& randomness) {
    first = std::make_shared<const Network>(generator->generate(randomness, 0));
}

Neighborhoods::Neighborhoods(const NetworkDesign& design, const Randomness& randomness, std::uint32_t instance)
    : network_(design.first) {
    if (instance > 0 && design.generator->random())
        network_ = std::make_shared<const Network>(design.generator->generate(randomness, instance));
    if (network_->agents() != design.first->agents())
        throw ConfigError(
            "[network]", fmt::format("network instance {} has {} agents, instance 0 has {}; results of one file are of "
                                     "equally many agents",
                                     instance, network_->agents(), design.first->agents()));
    choose_layer(design.layer);
    check_weights(design);
    if (!design.keep_lonely) check_neighbors(*network_, *ties_, "whose contributions they could see");
    placement_ = std::make_unique<const Placement>(design.places, network_->agents(), network_.get(), ties_);
    auto game = std::make_unique<NeighborhoodGame>(design.rules,
                                                   NeighborRows{ties_->offsets(), ties_->targets(), ties_->weights()});
    if (!design.ties.changes()) order_sums(*game, *ties_);
    game_ = std::move(game);
    check_sums(design);
    for (std::size_t type = 0; type < design.places.size(); ++type)
        starts_.push_back(design.starts.empty() || design.starts[type].empty()
                              ? std::vector<float>{}
                              : first_contributions(*network_, design, type));
}

void Neighborhoods::choose_layer(const std::string& wanted) {
    const NamedLayer& played = played_layer(*network_, wanted);
    layer_name_ = played.name;
    ties_ = &played.layer;
}

void Neighborhoods::check_weights(const NetworkDesign& design) const {
    if (design.ties.rates.share > 0 && ties_->weighted())
        throw ConfigError(
            "[rewiring]",
            fmt::format("ties of layer '{}' have weights; ties that change have none, so a network without "
                        "weights is needed, or rewiring.share = 0",
                        layer_name_));
    if (design.rules.weighted) check_weighted(played_layer(*network_, layer_name_));
}

/// The largest value of one agent, twice for nudges, and the sum of all must fit fixed-point sums. Ties that change may
/// come to tie everybody to everybody.
void Neighborhoods::check_sums(const NetworkDesign& design) const {
    const double people = network_->agents();
    const double limit = std::min(fixed_limit, 0x1p62 * fixed_unit / std::max(people, 1.0));
    const double most = design.ties.changes() ? largest_among(design.rules, people) : game_->largest();
    if (!(2 * most < limit))
        throw ConfigError("[game]",
                          fmt::format("payoffs can reach {:.6g} tokens on this network; sums over {} agents are exact "
                                      "below {:.6g}",
                                      2 * most, people, limit));
}

}  // namespace commonweal
