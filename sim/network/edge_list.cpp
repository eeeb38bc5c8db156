#include "sim/network/edge_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/core/nearest.hpp"
#include "sim/network/column_keys.hpp"

namespace commonweal {

namespace {

constexpr AgentId names_compared = 10000;

float weight_of(const RowReader& rows, std::size_t column) {
    const std::string_view field = rows[column];
    float weight = 0;
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), weight);
    const bool parsed = failure == std::errc{} && end == field.data() + field.size();
    if (!parsed || !(weight >= 0 && std::isfinite(weight)))
        throw ConfigError(rows.where(),
                          fmt::format("{} is '{}'; it must be a finite number of at least 0{}", rows.header()[column],
                                      field, field.find(',') == field.npos ? "" : " with a decimal point"));
    return weight;
}

class EdgeListReader {
public:
    EdgeListReader(const std::filesystem::path& file, const EdgeListFormat& format, std::shared_ptr<AgentLabels> known)
        : path_(file),
          format_(format),
          rows_(file),
          columns_(rows_, format),
          fixed_(known != nullptr),
          labels_(known ? std::move(known) : std::make_shared<AgentLabels>()) {}

    Network read(Attributes attributes) {
        while (rows_.next()) add_tie();
        if (labels_->size() == 0) throw ConfigError(rows_.file(), "the file has a header but no ties");
        if (lists_.empty()) lists_.push_back({std::string(only_layer), {}});
        std::vector<NamedLayer> layers;
        for (auto& [name, list] : lists_) layers.push_back({name, layer_of(name, std::move(list))});
        return Network(std::move(layers), std::move(attributes), labels_);
    }

private:
    void add_tie() {
        // Lists are often sorted: the last row's agent needs no search.
        const bool again = !rows_[columns_.source].empty() && last_agent_ < labels_->size() &&
                           (*labels_)[last_agent_] == rows_[columns_.source];
        const AgentId a = again ? last_agent_ : agent_of(columns_.source), b = agent_of(columns_.target);
        last_agent_ = a;
        if (a == b) throw ConfigError(rows_.where(), fmt::format("agent '{}' is tied to itself", (*labels_)[a]));
        TieList& list = list_of_row();
        list.ties.push_back({a, b});
        if (columns_.weight) list.weights.push_back(weight_of(rows_, *columns_.weight));
    }

    AgentId agent_of(std::size_t column) {
        const std::string_view name = rows_[column];
        if (name.empty())
            throw ConfigError(rows_.where(),
                              fmt::format("{} is empty; a tie needs two agents", rows_.header()[column]));
        if (!fixed_) return labels_->find_or_add(name);
        if (const auto agent = labels_->find(name)) return *agent;
        std::vector<std::string> names;
        for (AgentId agent = 0; agent < std::min(labels_->size(), names_compared); ++agent)
            names.emplace_back((*labels_)[agent]);
        throw ConfigError(rows_.where(), fmt::format("agent '{}' has no row in the table of agents{}", name,
                                                     did_you_mean(name, names)));
    }

    TieList& list_of_row() {
        const std::string_view name = columns_.layer ? rows_[*columns_.layer] : only_layer;
        if (last_ < lists_.size() && lists_[last_].name == name) return lists_[last_].list;
        if (name.empty())
            throw ConfigError(rows_.where(),
                              fmt::format("{} is empty; a layer needs a name", rows_.header()[*columns_.layer]));
        const auto found = std::ranges::find(lists_, name, &NamedList::name);
        last_ = static_cast<std::size_t>(found - lists_.begin());
        if (found == lists_.end()) lists_.push_back({std::string(name), {}});
        return lists_[last_].list;
    }

    Layer layer_of(const std::string& name, TieList&& list) {
        list.agents = labels_->size();
        try {
            return Layer(std::move(list), format_.duplicates);
        } catch (const DuplicateTie& duplicate) {
            refuse_duplicate(name, duplicate);
        }
    }

    /// Reads the file once more, for the lines of the pair.
    [[noreturn]] void refuse_duplicate(const std::string& layer, const DuplicateTie& duplicate) {
        const std::string_view a = (*labels_)[duplicate.a], b = (*labels_)[duplicate.b];
        RowReader again(path_);
        std::uint64_t first = 0;
        while (again.next()) {
            const auto one = again[columns_.source], other = again[columns_.target];
            if (columns_.layer && again[*columns_.layer] != layer) continue;
            if (!((one == a && other == b) || (one == b && other == a))) continue;
            if (first) break;
            first = again.line();
        }
        const std::string more =
            duplicate.pairs == 1 ? "" : fmt::format("; {} pairs are listed more than once", duplicate.pairs);
        throw ConfigError(again.where(),
                          fmt::format("the tie of '{}' and '{}' is in line {} already{} (duplicates = \"merge\" "
                                      "makes one tie of them and adds the weights)",
                                      a, b, first, more));
    }

    struct NamedList {
        std::string name;
        TieList list;
    };

    std::filesystem::path path_;
    EdgeListFormat format_;
    RowReader rows_;
    TieColumns columns_;
    bool fixed_;
    std::shared_ptr<AgentLabels> labels_;
    std::vector<NamedList> lists_;
    std::size_t last_ = 0;    ///< list of the last row
    AgentId last_agent_ = 0;  ///< source of the last row
};

}  // namespace

Network read_edge_list(const std::filesystem::path& file, const EdgeListFormat& format,
                       std::shared_ptr<AgentLabels> known, Attributes attributes) {
    return EdgeListReader(file, format, std::move(known)).read(std::move(attributes));
}

}  // namespace commonweal
