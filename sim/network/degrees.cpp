#include "sim/network/degrees.hpp"

#include <cmath>
#include <limits>

namespace commonweal {

Degrees degrees_of(const Layer& layer) {
    Degrees degrees;
    if (layer.agents() == 0) return degrees;
    for (AgentId agent = 0; agent < layer.agents(); ++agent) ++degrees.histogram[layer.degree(agent)];
    degrees.min = degrees.histogram.begin()->first;
    degrees.max = degrees.histogram.rbegin()->first;
    const double n = layer.agents();
    degrees.mean = static_cast<double>(layer.targets().size()) / n;
    double squares = 0;
    for (const auto& [degree, agents] : degrees.histogram)
        squares += static_cast<double>(agents) * (degree - degrees.mean) * (degree - degrees.mean);
    degrees.sd = std::sqrt(squares / n);
    return degrees;
}

double degree_assortativity(const Layer& layer) {
    const double ends = static_cast<double>(layer.targets().size());
    double sum = 0;
    for (const auto& [degree, agents] : degrees_of(layer).histogram)
        sum += static_cast<double>(agents) * degree * degree;
    const double mean = sum / ends;
    double products = 0, squares = 0;
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        const double own = layer.degree(agent) - mean;
        squares += layer.degree(agent) * own * own;
        for (const AgentId other : layer.neighbors(agent)) products += own * (layer.degree(other) - mean);
    }
    return squares > 0 ? products / squares : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace commonweal
