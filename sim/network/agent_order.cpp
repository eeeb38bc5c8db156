#include "sim/network/agent_order.hpp"

#include <algorithm>
#include <boost/graph/cuthill_mckee_ordering.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/property_map/property_map.hpp>
#include <deque>
#include <span>
#include <unordered_set>

#include "sim/network/agent_blocks.hpp"
#include "sim/network/components.hpp"
#include "sim/network/layer_view.hpp"

namespace commonweal {

namespace {

constexpr std::size_t lines = 1u << 14;  ///< of 64 bytes, in 1 MB

double far_share(std::span<const std::uint64_t> offsets, std::span<const AgentId> targets,
                 std::size_t agents_per_line) {
    constexpr std::size_t agents_per_window = 1u << 15;
    const std::size_t agents = offsets.size() - 1;
    const std::size_t windows = std::clamp<std::size_t>(agents / agents_per_window, 1, 16);
    std::vector<AgentId> cache;
    std::uint64_t read = 0, far = 0;
    for (std::size_t window = 0; window < windows; ++window) {
        const std::size_t begin = agents * window / windows;
        const std::size_t end = std::min(agents * (window + 1) / windows, begin + agents_per_window);
        const std::size_t counted = begin + (end - begin) / 4;  // what comes before fills the cache
        cache.assign(lines, UINT32_MAX);
        for (std::size_t agent = begin; agent < end; ++agent)
            for (std::uint64_t k = offsets[agent]; k < offsets[agent + 1]; ++k) {
                const auto line = static_cast<AgentId>(targets[k] / agents_per_line);
                AgentId& kept = cache[line % lines];
                read += agent >= counted;
                far += agent >= counted && kept != line;
                kept = line;
            }
    }
    return read ? static_cast<double>(far) / static_cast<double>(read) : 0;
}

/// The algorithm's own search for an agent at the edge of each component costs more than it brings here.
std::deque<AgentId> first_of_components(const Layer& layer) {
    const Components components = components_of(layer);
    std::deque<AgentId> first;
    std::vector<bool> known(components.count);
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        if (known[components.of[agent]]) continue;
        known[components.of[agent]] = true;
        first.push_back(agent);
    }
    return first;
}

}  // namespace

AgentOrder reverse_cuthill_mckee(const Layer& layer) {
    const std::size_t agents = layer.agents();
    AgentOrder order{std::vector<AgentId>(agents), std::vector<AgentId>(agents)};
    std::vector<boost::default_color_type> colors(agents);
    const auto index = boost::typed_identity_property_map<AgentId>{};
    const auto color = boost::make_iterator_property_map(colors.begin(), index);
    const auto degree =
        boost::make_function_property_map<AgentId>([&](AgentId agent) { return std::size_t{layer.degree(agent)}; });
    boost::cuthill_mckee_ordering(LayerView{&layer}, first_of_components(layer), order.agent.rbegin(), color, degree);
    for (std::size_t place = 0; place < agents; ++place) order.place[order.agent[place]] = static_cast<AgentId>(place);
    return order;
}

OrderedRows rows_in_order(const Layer& layer, const AgentOrder& order) {
    OrderedRows rows;
    rows.offsets.reserve(order.agent.size() + 1);
    rows.offsets.push_back(0);
    for (const AgentId agent : order.agent) rows.offsets.push_back(rows.offsets.back() + layer.degree(agent));
    rows.targets.resize(rows.offsets.back());
    if (layer.weighted()) rows.weights.resize(rows.offsets.back());
    each_block(layer.agents(), [&](AgentId begin, AgentId end) {
        for (AgentId place = begin; place < end; ++place) {
            const auto row = layer.neighbors(order.agent[place]);
            const auto weights = layer.weights(order.agent[place]);
            for (std::size_t k = 0; k < row.size(); ++k) rows.targets[rows.offsets[place] + k] = order.place[row[k]];
            std::copy(weights.begin(), weights.end(),
                      rows.weights.begin() + static_cast<std::ptrdiff_t>(weights.empty() ? 0 : rows.offsets[place]));
        }
    });
    return rows;
}

double far_share(const Layer& layer, std::size_t agents_per_line) {
    return far_share(layer.offsets(), layer.targets(), agents_per_line);
}

double far_share(const OrderedRows& rows, std::size_t agents_per_line) {
    return far_share(rows.offsets, rows.targets, agents_per_line);
}

double open_share(const Layer& layer) {
    constexpr std::size_t balls = 4, agents_per_ball = 4096;
    std::uint64_t ends = 0, out = 0;
    for (std::size_t i = 0; i < balls && layer.agents() > 0; ++i) {
        std::vector<AgentId> ball{static_cast<AgentId>(layer.agents() * (2 * i + 1) / (2 * balls))};
        std::unordered_set<AgentId> inside(ball.begin(), ball.end());
        for (std::size_t next = 0; next < ball.size(); ++next)
            for (const AgentId other : layer.neighbors(ball[next]))
                if (ball.size() < agents_per_ball && inside.insert(other).second) ball.push_back(other);
        for (const AgentId agent : ball)
            for (const AgentId other : layer.neighbors(agent)) {
                ++ends;
                out += !inside.contains(other);
            }
    }
    return ends ? static_cast<double>(out) / static_cast<double>(ends) : 0;
}

}  // namespace commonweal
