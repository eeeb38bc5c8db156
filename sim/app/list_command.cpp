#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/metric_list.hpp"
#include "sim/app/output.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/scenario_header.hpp"
#include "sim/app/text_table.hpp"
#include "sim/core/nearest.hpp"
#include "sim/scenario/document.hpp"

namespace commonweal {

namespace {

template <class Entries>
std::string models_text(const Entries& entries) {
    TextTable table("ll", 2);
    for (const auto& entry : entries) table.add({std::string(entry.info.name), std::string(entry.info.summary)});
    return table.text();
}

/// The title of a scenario, without checking the rest of it.
std::string title_of(const std::string& name) {
    const auto file = find_scenario(name);
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    try {
        const Document document = parse_document(text, file.string());
        const Entry* title = document.find("")->find("title");
        const auto* words = title ? std::get_if<std::string>(&title->setting.value) : nullptr;
        return words ? *words : "";
    } catch (const ConfigError& error) {
        return fmt::format("(not readable: {})", error.what());
    }
}

std::string experiments_text() {
    TextTable table("ll", 2);
    for (const std::string& name : scenario_names())
        if (!name.starts_with("regimes/") && !name.starts_with("worlds/")) table.add({name, title_of(name)});
    return table.text();
}

/// Regimes or worlds that come with the program, each with its question.
std::string variants_text(const std::string& folder) {
    TextTable table("ll", 2);
    for (const std::string& name : scenario_names())
        if (name.starts_with(folder + "/")) {
            std::ifstream in(find_scenario(name));
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            table.add({name, ScenarioHeader(text).said("Question")});
        }
    return table.text();
}

std::string metrics_text() {
    TextTable table("lll", 2);
    for (const MetricInfo& metric : metrics()) {
        const MetricShape& shape = metric.shapes.front();
        table.add({metric.name, shape.unit == "1" ? "" : "[" + shape.unit + "]", shape.meaning});
    }
    return table.text();
}

std::string list_text(const std::string& what) {
    if (what == "behaviors") return models_text(models::behaviors());
    if (what == "sanctions") return models_text(models::sanctions());
    if (what == "subjects") return models_text(models::subjects());
    if (what == "networks") return models_text(models::networks());
    if (what == "strategies") return models_text(models::strategies());
    if (what == "updates") return models_text(models::updates());
    if (what == "policies") return models_text(models::policies());
    if (what == "metrics") return metrics_text();
    if (what == "regimes" || what == "worlds") return variants_text(what);
    return experiments_text();
}

}  // namespace

const std::vector<std::string>& list_names() {
    static const std::vector<std::string> names{"behaviors",   "sanctions", "subjects", "networks",
                                                "strategies",  "updates",   "policies", "metrics",
                                                "experiments", "regimes",   "worlds"};
    return names;
}

int list_command(const std::string& asked) {
    const auto& lists = list_names();
    const std::string what = asked == "scenarios" ? "experiments" : asked;  // that list has all files which `run` takes
    if (!what.empty() && std::ranges::find(lists, what) == lists.end())
        throw UsageError(fmt::format("there is no list of '{}'{}; lists: {}", what, did_you_mean(what, lists),
                                     fmt::join(lists, ", ")));
    for (const std::string& list : lists)
        if (what.empty())
            print(fmt::format("{}{}\n{}", list == lists.front() ? "" : "\n", list, list_text(list)));
        else if (what == list)
            print(list_text(list));
    return 0;
}

}  // namespace commonweal
