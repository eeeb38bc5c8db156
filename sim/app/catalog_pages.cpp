#include "sim/app/catalog_pages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "models/catalog.hpp"
#include "sim/app/glossary.hpp"
#include "sim/app/metric_list.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/text_table.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

/// "" where there is no default.
std::string preset_of(const ParameterInfo& info) { return has_preset(info) ? value_text(info.preset) : ""; }

std::string parameters_text(const std::vector<ParameterInfo>& infos) {
    if (infos.empty()) return "  none\n";
    TextTable table("lllll", 2);
    table.add({"name", "default", "allowed", "unit", "meaning"});
    for (const auto& info : infos)
        table.add({std::string(info.name), preset_of(info), range_of(info), std::string(info.unit),
                   std::string(info.meaning)});
    return table.text();
}

std::string indented(std::string_view text) {
    std::string lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines += fmt::format("  {}\n", text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

template <class Entries>
void add_models(const Entries& entries, std::string_view kind, std::string_view place,
                std::vector<CatalogPage>& pages) {
    for (const auto& entry : entries) {
        const ModelInfo& info = entry.info;
        std::string more;
        if constexpr (requires { entry.who_pays; })
            more = fmt::format("\nWho pays\n{}\nChanges nothing at\n{}", indented(entry.who_pays),
                               indented(entry.at_zero));
        pages.push_back({std::string(info.name),
                         fmt::format("{}: {}\n{}\nEquation\n{}{}\nParameters, in {}\n{}\nSource\n{}", info.name, kind,
                                     indented(info.summary), indented(info.equation), more, place,
                                     parameters_text(info.parameters), indented(info.source)),
                         true});
    }
}

void add_sections(std::vector<CatalogPage>& pages) {
    for (const auto& section : scenario_sections()) {
        const std::string name =
            section.path.empty() ? "study" : std::string(section.path.substr(0, section.path.find('.')));
        const std::string place = section.path.empty() ? "at the top level of the file"
                                  : name == "policy"   ? "in [[policy]]"
                                                       : fmt::format("in [{}]", section.path);
        pages.push_back({name, fmt::format("{}: section of scenario files\n{}\nKeys, {}\n{}", name,
                                           indented(section.meaning), place, parameters_text(section.parameters))});
    }
}

constexpr std::string_view axes_of_sweep =
    "Every other key is an axis: a key of the scenario with its section, and the values that it takes.\n"
    "  game.mpcr = \"linspace(0.2, 0.8, 7)\"\n"
    "  matching.kind = [\"partners\", \"strangers\"]\n"
    "The same on the command line: game.mpcr='linspace(0.2,0.8,7)' matching.kind=partners,strangers\n"
    "  1,2,3 or choice(x,y)   the listed values: numbers, true, false, words\n"
    "  range(a,b,step)        a, a + step, ... before b\n"
    "  linspace(a,b,n)        n numbers of equal distance, with a and b\n"
    "  logspace(a,b,n)        n numbers of equal ratio, with a and b\n"
    "  integers(a,b)          all whole numbers from a to b, with both\n"
    "  uniform(a,b)           any number from a to b; designs that sample\n"
    "  loguniform(a,b)        the same on the scale of logarithms\n"
    "Points of a grid: the product of the lengths of the axes; zip: the length of the axes, which is the same; lhs, "
    "sobol:\n"
    "points; saltelli: points x (k + 2), with second_order x (2 k + 2); morris: trajectories x (k + 1); k: number of "
    "axes.\n"
    "Runs: points x regimes x worlds x instances x replicates.";

constexpr std::string_view regime_text =
    "Keys: any of the scenario with its section, and policies of the regime. The first regime is the baseline.\n"
    "  [regime.as_today]\n"
    "  [regime.punishment]\n"
    "  sanction.rule = \"hurdle_punishment\"\n"
    "  [[regime.grant.policy]]\n"
    "  kind = \"matching_grant\"\n"
    "A regime can stand in a file of its own, which include = [\"...\"] names or which follows on the command line of\n"
    "`commonweal compare`. All regimes meet the same people on the same networks with the same luck.";

constexpr std::string_view world_text =
    "Keys: any of the scenario with its section.\n"
    "  [world.calm]\n"
    "  [world.austerity]\n"
    "  game.endowment = 16\n"
    "A world can stand in a file of its own, which include = [\"...\"] names or which follows on the command line of\n"
    "`commonweal compare`. Every regime is played in every world. Worlds are never averaged.";

void add_studies(std::vector<CatalogPage>& pages) {
    const auto sections = study_sections();
    const std::array texts{axes_of_sweep, regime_text, world_text};
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const auto& section = sections[i];
        const std::string name(section.path.substr(0, section.path.find('.')));
        std::string text = fmt::format("{}: section of scenario files\n{}", name, indented(section.meaning));
        if (!section.parameters.empty())
            text += fmt::format("\nKeys, in [{}]\n{}", section.path, parameters_text(section.parameters));
        text += fmt::format("\nIn [{}]\n{}", section.path, indented(texts[i]));
        pages.push_back({name, text});
    }
}

void add_metrics(std::vector<CatalogPage>& pages) {
    for (const MetricInfo& metric : metrics()) {
        std::string text =
            fmt::format("{}: variable of results files\n{}", metric.name, indented(metric.shapes[0].meaning));
        if (!metric.formula.empty()) text += "\nFormula\n" + indented(metric.formula);
        TextTable table("lllll", 2);
        table.add({"results of", "axes", "type", "unit", "meaning"});
        for (const MetricShape& shape : metric.shapes) {
            const std::string axes = shape.axes.empty() ? "" : fmt::format(", {}", fmt::join(shape.axes, ", "));
            const bool same_for_all =
                metric.name == "session" || metric.name == "subject" || metric.name == "session_condition";
            table.add({shape.play,
                       same_for_all ? fmt::format("[{}]", fmt::join(shape.axes, ", ")) : "[run" + axes + "]",
                       shape.type, shape.unit, shape.meaning});
        }
        text += "\nShape\n" + table.text();
        if (!metric.when.empty()) text += "\nNeeds\n" + indented(metric.when);
        pages.push_back({metric.name, text});
    }
}

void add_words(std::vector<CatalogPage>& pages) {
    for (const GlossaryEntry& entry : glossary_of(glossary_file()))
        for (const std::string& word : entry.words)
            pages.push_back({word, fmt::format("{}{}: word of the glossary\n  {}\n", fmt::join(entry.words, ", "),
                                               entry.symbol.empty() ? "" : " (" + entry.symbol + ")",
                                               fmt::join(wrapped(entry.meaning, 108), "\n  "))});
}

/// A table of scenario files whose keys are told together.
struct KeyTable {
    std::string name;   ///< "agents"; "" at the top level
    std::string place;  ///< "[agents.<type>] with behavior = \"free_rider\""
    std::string page;   ///< what `describe` calls it
    std::vector<ParameterInfo> keys;
};

std::string place_of(std::string_view path) {
    return path.empty() ? "top level" : path.starts_with("policy") ? "[[policy]]" : fmt::format("[{}]", path);
}

std::vector<KeyTable> key_tables() {
    std::vector<KeyTable> tables;
    for (const auto& sections : {scenario_sections(), study_sections()})
        for (const auto& section : sections) {
            const std::string name(section.path.substr(0, section.path.find('.')));
            tables.push_back({name, place_of(section.path), name.empty() ? "study" : name, section.parameters});
        }
    const auto add = [&](const auto& entries, std::string_view path, std::string_view chooses) {
        for (const auto& entry : entries)
            tables.push_back({std::string(path.substr(0, path.find('.'))),
                              fmt::format("{} with {} = \"{}\"", place_of(path), chooses, entry.info.name),
                              std::string(entry.info.name), entry.info.parameters});
    };
    add(models::behaviors(), "agents.<type>", "behavior");
    add(models::strategies(), "agents.<type>", "strategy");
    add(models::networks(), "network", "kind");
    add(models::subjects(), "subjects", "kind");
    add(models::sanctions(), "sanction", "rule");
    add(models::updates(), "update", "rule");
    add(models::policies(), "policy", "kind");
    return tables;
}

/// True for a line such as  behavior = "free_rider"  or  agents.people.behavior = "free_rider".
bool names_model(std::string_view line, const std::string& model) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.find('"' + model + '"', equals) == std::string_view::npos)
        return false;
    std::string_view key = line.substr(0, equals);
    while (!key.empty() && key.back() == ' ') key.remove_suffix(1);
    for (const std::string_view last : {"kind", "rule", "behavior", "strategy"})
        if (key == last || (key.ends_with(last) && key[key.size() - last.size() - 1] == '.')) return true;
    return false;
}

}  // namespace

std::string range_of(const ParameterInfo& info) {
    const std::string range = fmt::format("[{}, {}]", number_text(info.low), number_text(info.high));
    switch (info.kind) {
        case ValueKind::number:
            return range;
        case ValueKind::whole:
            return "whole, " + range;
        case ValueKind::flag:
            return "true, false";
        case ValueKind::text:
            return "text";
        case ValueKind::numbers:
            return "list of numbers, " + range;
        case ValueKind::texts:
            return "list of texts";
        case ValueKind::choice:
            break;
    }
    return fmt::format("{}", fmt::join(info.choices, ", "));
}

std::vector<CatalogPage> catalog_pages() {
    std::vector<CatalogPage> pages;
    add_models(models::behaviors(), "behavior rule", "[agents.<type>]", pages);
    add_models(models::sanctions(), "sanction rule", "[sanction]", pages);
    add_models(models::subjects(), "source of subjects", "[subjects]", pages);
    add_models(models::networks(), "network", "[network], or key=value of `commonweal network`", pages);
    add_models(models::strategies(), "strategy", "[agents.<type>]", pages);
    add_models(models::updates(), "update rule", "[update]", pages);
    add_models(models::policies(), "policy", "[[policy]]", pages);
    add_sections(pages);
    add_studies(pages);
    add_metrics(pages);
    add_words(pages);
    return pages;
}

std::string key_page(std::string_view key) {
    const std::size_t dot = key.rfind('.');
    const std::string_view name = dot == key.npos ? key : key.substr(dot + 1);
    const std::string_view in = dot == key.npos ? "" : key.substr(0, key.find('.'));
    TextTable table("llllll", 2);
    table.add({"in", "default", "allowed", "unit", "meaning", "more"});
    bool found = false;
    for (const KeyTable& one : key_tables())
        for (const ParameterInfo& info : one.keys)
            if (info.name == name && (in.empty() || in == one.name)) {
                found = true;
                table.add({one.place, preset_of(info), range_of(info), std::string(info.unit),
                           std::string(info.meaning), "`describe " + one.page + "`"});
            }
    return found ? fmt::format("{}: key of scenario files\n{}", key, table.text()) : "";
}

std::vector<std::string> scenarios_with(const std::string& model) {
    std::vector<std::string> found;
    for (const std::string& name : scenario_names()) {
        std::ifstream in(find_scenario(name));
        for (std::string line; std::getline(in, line);)
            if (!line.starts_with("#") && names_model(line, model)) {
                found.push_back(name);
                break;
            }
    }
    return found;
}

}  // namespace commonweal
