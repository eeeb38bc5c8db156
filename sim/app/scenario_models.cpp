#include "sim/app/scenario_models.hpp"

#include <algorithm>

#include "models/catalog.hpp"
#include "sim/scenario/document.hpp"

namespace commonweal {

namespace {

template <class Entries>
void add(const Entries& entries, std::string_view name, const std::string& kind, const std::string& place,
         std::vector<UsedModel>& used) {
    for (const auto& entry : entries) {
        if (entry.info.name != name) continue;
        used.push_back({kind, place, entry.info});
        if constexpr (requires { entry.who_pays; }) {
            used.back().who_pays = entry.who_pays;
            used.back().at_zero = entry.at_zero;
        }
    }
}

/// The source of subjects that a resolved scenario names.
std::string subjects_kind(const Scenario& scenario) {
    const Document document = parse_document(scenario.resolved, "resolved scenario");
    const Table* const table = document.find("subjects");
    const Entry* const kind = table ? table->find("kind") : nullptr;
    const auto* const text = kind ? std::get_if<std::string>(&kind->setting.value) : nullptr;
    return text ? *text : "";
}

}  // namespace

std::vector<UsedModel> models_of(const Scenario& scenario) {
    std::vector<UsedModel> used;
    if (scenario.generator) add(models::networks(), scenario.network.kind, "network", "network", used);
    for (const AgentType& type : scenario.types) {
        const std::string place = "agents." + type.name;
        add(models::behaviors(), type.settings.behavior, "behavior rule", place, used);
        add(models::strategies(), type.settings.strategy, "strategy", place, used);
    }
    if (scenario.subjects) add(models::subjects(), subjects_kind(scenario), "source of subjects", "subjects", used);
    if (scenario.sanction_rule) add(models::sanctions(), scenario.sanction.rule, "sanction rule", "sanction", used);
    if (scenario.update_rule) add(models::updates(), scenario.update.rule, "update rule", "update", used);
    for (const ScenarioPolicy& policy : scenario.policies)
        add(models::policies(), policy.settings.kind, "policy", "policy." + policy.name, used);
    return used;
}

std::vector<UsedModel> models_of(const Document& resolved) {
    std::vector<UsedModel> used;
    for (const Table& table : resolved.tables) {
        const auto name = [&](std::string_view key) {
            const Entry* const entry = table.find(key);
            const auto* const text = entry ? std::get_if<std::string>(&entry->setting.value) : nullptr;
            return text ? *text : "";
        };
        if (table.path == "network") add(models::networks(), name("kind"), "network", table.path, used);
        if (table.path == "subjects") add(models::subjects(), name("kind"), "source of subjects", table.path, used);
        if (table.path == "sanction") add(models::sanctions(), name("rule"), "sanction rule", table.path, used);
        if (table.path == "update") add(models::updates(), name("rule"), "update rule", table.path, used);
        if (table.path.starts_with("policy.")) add(models::policies(), name("kind"), "policy", table.path, used);
        if (!table.path.starts_with("agents.")) continue;
        add(models::behaviors(), name("behavior"), "behavior rule", table.path, used);
        add(models::strategies(), name("strategy"), "strategy", table.path, used);
    }
    return used;
}

std::vector<UsedModel> models_of(const Design& design) {
    constexpr std::uint32_t most = 512;
    std::vector<UsedModel> all;
    const std::uint32_t step = std::max<std::uint32_t>(1, design.cells() / most);
    for (std::uint32_t cell = 0; cell < design.cells(); cell += step)
        for (UsedModel& used : models_of(design.scenario(cell))) {
            const auto same = [&](const UsedModel& one) {
                return one.info.name == used.info.name && one.kind == used.kind && one.place == used.place;
            };
            if (std::ranges::none_of(all, same)) all.push_back(std::move(used));
        }
    return all;
}

}  // namespace commonweal
