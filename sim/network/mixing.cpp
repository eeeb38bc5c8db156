#include "sim/network/mixing.hpp"

#include <algorithm>
#include <limits>

namespace commonweal {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Numbers the values of a column in increasing order.
std::vector<std::uint32_t> codes_of(const NumberColumn& numbers) {
    NumberColumn values = numbers;
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<std::uint32_t> codes;
    codes.reserve(numbers.size());
    for (const double x : numbers)
        codes.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(values, x) - values.begin()));
    return codes;
}

/// Modularity in `modularity`, the sum of squared shares of ends in `assortativity`.
Mixing shares(const Layer& layer, const std::vector<std::uint32_t>& group) {
    const std::size_t groups = group.empty() ? 0 : *std::ranges::max_element(group) + std::size_t{1};
    std::vector<std::uint64_t> inside(groups), ends(groups);
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        ends[group[agent]] += layer.degree(agent);
        for (const AgentId other : layer.neighbors(agent)) inside[group[agent]] += group[agent] == group[other];
    }
    const double all = static_cast<double>(layer.targets().size());
    Mixing mixing{0, 0, groups};
    for (std::size_t g = 0; g < groups; ++g) {
        const double share = static_cast<double>(ends[g]) / all;
        mixing.modularity += static_cast<double>(inside[g]) / all - share * share;
        mixing.assortativity += share * share;
    }
    return mixing;
}

double correlation(const Layer& layer, const NumberColumn& x) {
    double sum = 0;
    for (AgentId agent = 0; agent < layer.agents(); ++agent) sum += layer.degree(agent) * x[agent];
    const double mean = sum / static_cast<double>(layer.targets().size());
    double products = 0, squares = 0;
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        const double own = x[agent] - mean;
        squares += layer.degree(agent) * own * own;
        for (const AgentId other : layer.neighbors(agent)) products += own * (x[other] - mean);
    }
    return squares > 0 ? products / squares : undefined;
}

}  // namespace

Mixing mixing_by(const Layer& layer, const Attribute& attribute) {
    const auto* numbers = std::get_if<NumberColumn>(&attribute.values);
    Mixing mixing = shares(layer, numbers ? codes_of(*numbers) : std::get<TextColumn>(attribute.values).code);
    if (layer.ties() == 0) return {undefined, undefined, mixing.groups};
    const double squares = mixing.assortativity;
    mixing.assortativity =
        numbers ? correlation(layer, *numbers) : (squares < 1 ? mixing.modularity / (1 - squares) : undefined);
    return mixing;
}

}  // namespace commonweal
