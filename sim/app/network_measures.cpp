#include "sim/app/network_measures.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/app/text_table.hpp"

namespace commonweal {

namespace {

using Json = nlohmann::ordered_json;

LayerMeasures measures_of(const NamedLayer& named, const Attributes& attributes, const Randomness& randomness) {
    const Layer& layer = named.layer;
    LayerMeasures measures;
    measures.name = named.name;
    measures.ties = layer.ties();
    measures.weighted = layer.weighted();
    for (const float weight : layer.weights()) measures.total_weight += weight / 2.0;
    measures.degrees = degrees_of(layer);
    measures.clustering = clustering_of(layer);
    measures.degree_assortativity = degree_assortativity(layer);
    measures.components = components_of(layer);
    measures.distances = distances_of(layer, randomness);
    for (const Attribute& attribute : attributes.columns())
        measures.mixing.push_back({attribute.name, attribute.is_text(), mixing_by(layer, attribute)});
    return measures;
}

std::string number(double x) { return std::isnan(x) ? "not defined" : fmt::format("{:.4f}", x); }

std::string distance_text(const Distances& d) {
    if (std::isnan(d.mean)) return "not defined";
    if (d.exact) return fmt::format("{:.4f} (all pairs that reach each other)", d.mean);
    return fmt::format("{:.4f} +- {:.4f} (from {} agents drawn by chance; standard error)", d.mean, d.standard_error,
                       d.sources);
}

std::string count_text(const Components& components) {
    return fmt::format("{}, {} of them single agents", components.count, components.isolated);
}

std::string share_text(const Components& components) {
    return fmt::format("{:.2f} % of agents", 100 * components.giant_share);
}

std::string layer_text(const LayerMeasures& m) {
    TextTable table("ll", 2);
    table.add({"ties", m.weighted ? fmt::format("{}, weights add up to {:.6g}", m.ties, m.total_weight)
                                  : fmt::format("{}", m.ties)});
    table.add({"degree", fmt::format("mean {:.4f}, sd {:.4f}, min {}, max {}", m.degrees.mean, m.degrees.sd,
                                     m.degrees.min, m.degrees.max)});
    table.add({"transitivity", number(m.clustering.transitivity)});
    table.add({"mean local clustering", number(m.clustering.mean_local)});
    table.add({"triangles", fmt::format("{}", m.clustering.triangles)});
    table.add({"degree assortativity", number(m.degree_assortativity)});
    table.add({"components", count_text(m.components)});
    table.add({"largest component", share_text(m.components)});
    table.add({"mean distance", distance_text(m.distances)});
    table.add({"diameter", fmt::format("{}{}", m.distances.exact ? "" : "at least ", m.distances.longest)});
    return table.text();
}

/// Degrees in bins 0, 1, 2-3, 4-7, ...: at most 33 rows for any network.
std::string histogram_text(const Degrees& degrees, AgentId agents) {
    std::map<int, std::uint64_t> bins;
    for (const auto& [degree, count] : degrees.histogram) bins[std::bit_width(degree)] += count;
    TextTable table("rrr", 2);
    table.add({"degree", "agents", "%"});
    for (const auto& [bits, count] : bins) {
        const std::uint64_t low = bits == 0 ? 0 : std::uint64_t{1} << (bits - 1), high = bits == 0 ? 0 : 2 * low - 1;
        table.add({low == high ? fmt::format("{}", low) : fmt::format("{}-{}", low, high), fmt::format("{}", count),
                   fmt::format("{:.2f}", 100.0 * static_cast<double>(count) / agents)});
    }
    return table.text();
}

std::string mixing_text(const std::vector<LayerMeasures::ByAttribute>& mixing) {
    TextTable table("lrrrl", 2);
    table.add({"attribute", "values", "modularity", "assortativity", "kind"});
    for (const auto& row : mixing)
        table.add({row.attribute, fmt::format("{}", row.mixing.groups), number(row.mixing.modularity),
                   number(row.mixing.assortativity), row.text ? "texts" : "numbers"});
    return table.text();
}

/// JSON has no NaN: what is not defined is null.
Json defined(double x) { return std::isnan(x) ? Json(nullptr) : Json(x); }

Json degrees_json(const Degrees& degrees) {
    Json histogram = Json::array();
    for (const auto& [degree, agents] : degrees.histogram) histogram.push_back({degree, agents});
    return {{"mean", degrees.mean},
            {"sd", degrees.sd},
            {"min", degrees.min},
            {"max", degrees.max},
            {"histogram", histogram}};
}

Json layer_json(const LayerMeasures& m) {
    Json object{
        {"name", m.name}, {"ties", m.ties}, {"total_weight", m.weighted ? Json(m.total_weight) : Json(nullptr)}};
    object["degree"] = degrees_json(m.degrees);
    object["triangles"] = m.clustering.triangles;
    object["transitivity"] = defined(m.clustering.transitivity);
    object["mean_local_clustering"] = defined(m.clustering.mean_local);
    object["degree_assortativity"] = defined(m.degree_assortativity);
    object["components"] = m.components.count;
    object["isolated"] = m.components.isolated;
    object["giant_share"] = m.components.giant_share;
    object["mean_distance"] = {{"mean", defined(m.distances.mean)},
                               {"standard_error", m.distances.standard_error},
                               {"sources", m.distances.sources},
                               {"exact", m.distances.exact}};
    object["diameter_at_least"] = m.distances.longest;
    object["attributes"] = Json::array();
    for (const auto& row : m.mixing)
        object["attributes"].push_back({{"name", row.attribute},
                                        {"kind", row.text ? "texts" : "numbers"},
                                        {"values", row.mixing.groups},
                                        {"modularity", defined(row.mixing.modularity)},
                                        {"assortativity", defined(row.mixing.assortativity)}});
    return object;
}

}  // namespace

NetworkMeasures measures_of(const Network& network, const std::string& title, const Randomness& randomness) {
    NetworkMeasures measures{title, network.agents(), digest_of(network), components_of(network.layers()), {}};
    for (const NamedLayer& named : network.layers())
        measures.layers.push_back(measures_of(named, network.attributes(), randomness));
    return measures;
}

std::string network_text(const NetworkMeasures& measures) {
    std::string text = fmt::format("{}\n{} agents; digest {:016x}\n", measures.title, measures.agents, measures.digest);
    if (measures.layers.size() > 1) {
        TextTable table("ll", 2);
        table.add({"components", count_text(measures.together)});
        table.add({"largest component", share_text(measures.together)});
        text += fmt::format("\nAll {} layers together\n{}", measures.layers.size(), table.text());
    }
    for (const LayerMeasures& layer : measures.layers) {
        text += fmt::format("\nLayer {}\n{}\n{}", layer.name, layer_text(layer),
                            histogram_text(layer.degrees, measures.agents));
        if (!layer.mixing.empty()) text += "\n" + mixing_text(layer.mixing);
    }
    return text;
}

std::string network_json(const NetworkMeasures& measures) {
    Json object{
        {"network", measures.title}, {"agents", measures.agents}, {"digest", fmt::format("{:016x}", measures.digest)}};
    object["all_layers"] = {{"components", measures.together.count},
                            {"isolated", measures.together.isolated},
                            {"giant_share", measures.together.giant_share}};
    object["layers"] = Json::array();
    for (const LayerMeasures& layer : measures.layers) object["layers"].push_back(layer_json(layer));
    return object.dump(2) + "\n";
}

}  // namespace commonweal
