#include "sim/network/graphml.hpp"

#include <fmt/format.h>

#include <boost/graph/graphml.hpp>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>

#include "sim/core/csv.hpp"
#include "sim/network/xml_positions.hpp"

namespace commonweal {

namespace {

constexpr std::size_t deepest_graphml = 64;  ///< GraphML without nested graphs needs four

/// A property of the nodes: its values as texts, and who has one.
struct Property {
    bool number = true;
    std::map<AgentId, std::string> values;
};

/// What Boost.Graph tells while it reads: nodes and edges in the order of the file, properties as texts.
class Collector final : public boost::mutate_graph {
public:
    bool is_directed() const override { return false; }
    boost::any do_add_vertex() override { return nodes_++; }

    std::pair<boost::any, bool> do_add_edge(boost::any source, boost::any target) override {
        ties_.push_back({boost::any_cast<AgentId>(source), boost::any_cast<AgentId>(target)});
        return {ties_.size() - 1, true};
    }

    void set_graph_property(const std::string&, const std::string&, const std::string&) override {}

    void set_vertex_property(const std::string& name, boost::any vertex, const std::string& value,
                             const std::string& type) override {
        auto found = std::ranges::find(properties_, name, &std::pair<std::string, Property>::first);
        if (found == properties_.end()) found = properties_.insert(found, {name, {}});
        if (type == "string" || type == "boolean") found->second.number = false;
        found->second.values[boost::any_cast<AgentId>(vertex)] = value;
    }

    void set_edge_property(const std::string& name, boost::any edge, const std::string& value,
                           const std::string&) override {
        if (name == "weight") weights_[boost::any_cast<std::size_t>(edge)] = value;
    }

    AgentId nodes_ = 0;
    std::vector<Tie> ties_;
    std::map<std::size_t, std::string> weights_;
    std::vector<std::pair<std::string, Property>> properties_;  ///< in order of first appearance
};

template <class Number>
bool is_finite(const std::string& text, Number& value) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::error_code unknown;
    if (!in || std::filesystem::is_directory(file, unknown)) throw IoError(file.string(), unreadable(file));
    const auto size = std::filesystem::file_size(file, unknown);
    if (!unknown && size > largest_graphml)
        throw ConfigError(
            file.string(),
            fmt::format("GraphML of {} MiB does not fit into bounded memory (at most {} MiB); write it as "
                        "an edge list",
                        size >> 20, largest_graphml >> 20));
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) throw IoError(file.string(), "cannot be read to its end");
    return text;
}

/// Turns what was collected into a network; knows the text for the lines in messages.
class GraphmlReader {
public:
    GraphmlReader(const std::filesystem::path& file, Duplicates duplicates)
        : file_(file.string()), duplicates_(duplicates), text_(text_of(file)) {}

    Network read() {
        parse();
        nodes_ = xml_tags(text_, "node");
        if (nodes_.size() < found_.nodes_ || found_.nodes_ == 0)
            throw ConfigError(file_,
                              found_.nodes_ ? "the nodes of the file are not understood" : "the file has no nodes");
        auto labels = std::make_shared<AgentLabels>();
        for (AgentId agent = 0; agent < found_.nodes_; ++agent)
            if (labels->find_or_add(nodes_[agent].attribute("id")) != agent)
                throw ConfigError(place(nodes_[agent]),
                                  fmt::format("node '{}' is there already", nodes_[agent].attribute("id")));
        const auto places = std::make_shared<AgentPlaces>();
        places->file = file_;
        for (AgentId agent = 0; agent < found_.nodes_; ++agent) places->line.push_back(nodes_[agent].line);
        Attributes attributes;
        for (const auto& [name, property] : found_.properties_) attributes.add(attribute_of(name, property, places));
        std::vector<NamedLayer> layers;
        layers.push_back({std::string(only_layer), layer()});
        return Network(std::move(layers), std::move(attributes), std::move(labels));
    }

private:
    std::string place(const XmlTag& tag) const { return fmt::format("{}:{}", file_, tag.line); }

    void parse() {
        if (xml_depth(text_) > deepest_graphml)
            throw ConfigError(file_,
                              fmt::format("is not GraphML: elements are nested more than {} deep", deepest_graphml));
        const auto graphs = xml_tags(text_, "graph");
        if (!graphs.empty() && graphs[0].attribute("edgedefault") == "directed")
            throw ConfigError(place(graphs[0]),
                              "the graph is directed; networks here are undirected (edgedefault=\"undirected\")");
        std::istringstream in(text_);
        try {
            boost::read_graphml(in, found_, 0);
        } catch (const std::exception& error) {
            throw ConfigError(file_, fmt::format("is not GraphML: {}", error.what()));
        }
    }

    Attribute attribute_of(const std::string& name, const Property& property,
                           const std::shared_ptr<const AgentPlaces>& places) const {
        NumberColumn numbers;
        TextColumnBuilder texts;
        for (AgentId agent = 0; agent < found_.nodes_; ++agent) {
            const auto value = property.values.find(agent);
            if (value == property.values.end())
                throw ConfigError(place(nodes_[agent]), fmt::format("node '{}' has no {}; other nodes have one",
                                                                    nodes_[agent].attribute("id"), name));
            if (!property.number)
                texts.add(value->second);
            else if (!is_finite(value->second, numbers.emplace_back()))
                throw ConfigError(place(nodes_[agent]),
                                  fmt::format("{} is '{}'; it must be a finite number", name, value->second));
        }
        if (property.number) return {name, std::move(numbers), places};
        return {name, texts.finish(), places};
    }

    Layer layer() {
        edges_ = xml_tags(text_, "edge");
        TieList list{found_.nodes_, found_.ties_, {}};
        for (std::size_t k = 0; k < list.ties.size(); ++k) {
            if (list.ties[k].a == list.ties[k].b) refuse(k, "a node is tied to itself");
            if (!found_.weights_.empty()) list.weights.push_back(weight(k));
        }
        try {
            return Layer(std::move(list), duplicates_);
        } catch (const DuplicateTie& duplicate) {
            refuse(second(duplicate),
                   "the same nodes are tied once already (duplicates = \"merge\" makes one tie of them)");
        }
    }

    float weight(std::size_t edge) const {
        const auto text = found_.weights_.find(edge);
        if (text == found_.weights_.end()) refuse(edge, "there is no weight; other edges have one");
        float weight = 0;
        if (!is_finite(text->second, weight) || !(weight >= 0))
            refuse(edge, fmt::format("weight is '{}'; it must be a finite number of at least 0", text->second));
        return weight;
    }

    std::size_t second(const DuplicateTie& duplicate) const {
        std::size_t seen = 0;
        for (std::size_t k = 0; k < found_.ties_.size(); ++k) {
            const auto [a, b] = found_.ties_[k];
            if (std::minmax(a, b) == std::minmax(duplicate.a, duplicate.b) && ++seen == 2) return k;
        }
        return 0;
    }

    [[noreturn]] void refuse(std::size_t edge, const std::string& what) const {
        throw ConfigError(edge < edges_.size() ? place(edges_[edge]) : file_, what);
    }

    std::string file_;
    Duplicates duplicates_;
    std::string text_;
    Collector found_;
    std::vector<XmlTag> nodes_, edges_;
};

}  // namespace

Network read_graphml(const std::filesystem::path& file, Duplicates duplicates) {
    return GraphmlReader(file, duplicates).read();
}

}  // namespace commonweal
