#include <fmt/format.h>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/text_table.hpp"
#include "sim/core/nearest.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

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
    std::string words;
    for (const auto word : info.choices) words += (words.empty() ? "" : ", ") + std::string(word);
    return words;
}

std::string parameters_text(const std::vector<ParameterInfo>& infos) {
    if (infos.empty()) return "  none\n";
    TextTable table("lllll", 2);
    table.add({"name", "default", "allowed", "unit", "meaning"});
    for (const auto& info : infos)
        table.add({std::string(info.name), value_text(info.preset), range_of(info), std::string(info.unit),
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

/// What `describe` can be asked for, and the answer.
struct Page {
    std::string name;
    std::string text;
};

template <class Entries>
void add_models(const Entries& entries, std::string_view kind, std::string_view place, std::vector<Page>& pages) {
    for (const auto& entry : entries) {
        const ModelInfo& info = entry.info;
        std::string more;
        if constexpr (requires { entry.who_pays; })
            more = fmt::format("\nWho pays\n{}\nChanges nothing at\n{}", indented(entry.who_pays),
                               indented(entry.at_zero));
        pages.push_back(
            {std::string(info.name), fmt::format("{}: {}\n{}\nEquation\n{}{}\nParameters, in {}\n{}\nSource\n{}",
                                                 info.name, kind, indented(info.summary), indented(info.equation), more,
                                                 place, parameters_text(info.parameters), indented(info.source))});
    }
}

void add_sections(std::vector<Page>& pages) {
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

}  // namespace

int describe_command(const std::string& name) {
    std::vector<Page> pages;
    add_models(models::behaviors(), "behavior rule", "[agents.<type>]", pages);
    add_models(models::sanctions(), "sanction rule", "[sanction]", pages);
    add_models(models::subjects(), "source of subjects", "[subjects]", pages);
    add_models(models::networks(), "network", "[network], or key=value of `commonweal network`", pages);
    add_models(models::strategies(), "strategy", "[agents.<type>]", pages);
    add_models(models::updates(), "update rule", "[update]", pages);
    add_models(models::policies(), "policy", "[[policy]]", pages);
    add_sections(pages);
    std::vector<std::string> names;
    for (const Page& page : pages) {
        names.push_back(page.name);
        if (page.name != name) continue;
        print(page.text);
        return 0;
    }
    std::string list;
    for (const auto& known : names) list += (list.empty() ? "" : ", ") + known;
    throw UsageError(fmt::format("nothing is named '{}'{}; known: {}", name, did_you_mean(name, names), list));
}

}  // namespace commonweal
