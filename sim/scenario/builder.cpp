#include "sim/scenario/builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/overrides.hpp"
#include "sim/scenario/relations.hpp"
#include "sim/scenario/resolved.hpp"
#include "sim/scenario/shape.hpp"

namespace commonweal {

namespace {

template <class Entries>
std::vector<std::string_view> names_of(const Entries& entries) {
    std::vector<std::string_view> names;
    for (const auto& entry : entries) names.push_back(entry.info.name);
    return names;
}

bool is_set(const Document& document, std::string_view path, std::string_view key) {
    const Table* table = document.find(path);
    return table && table->find(key);
}

const std::string* text_of(const Document& document, std::string_view path, std::string_view key) {
    const Table* table = document.find(path);
    const Entry* entry = table ? table->find(key) : nullptr;
    return entry ? std::get_if<std::string>(&entry->setting.value) : nullptr;
}

bool has_parameter(const ModelInfo& info, std::string_view key) {
    return std::ranges::find(info.parameters, key, &ParameterInfo::name) != info.parameters.end();
}

}  // namespace

Scenario Builder::build() {
    check_shape(document_);
    Scenario scenario;
    scenario.study = section<StudySection>("");
    scenario.session = section<SessionSection>("session");
    scenario.matching = section<MatchingSection>("matching");
    scenario.game = section<GameSection>("game");
    build_sanction(scenario);
    build_types(scenario);
    build_seeds(scenario);
    scenario.record = section<RecordSection>("record");
    scenario.counterfactual = section<CounterfactualSection>("counterfactual");
    check_relations(scenario, document_);
    build_subjects(scenario);
    scenario.resolved = resolved_text(checked_);
    return scenario;
}

void Builder::build_sanction(Scenario& scenario) {
    const std::size_t conditions = scenario.session.conditions.size();
    scenario.sanctioned.assign(conditions, false);
    const Table* table = document_.find("sanction");
    if (!table || table->entries.empty()) return;
    if (const auto* rule = text_of(document_, "sanction", "rule"); rule && rule->empty())
        return check_unused_sanction();

    const auto names = names_of(catalog_.sanctions);
    const auto& entry = catalog_.sanctions[checked_name(document_, "sanction", "rule", "sanction rule", names)];
    const auto& checked =
        checked_.emplace_back(checked_table(document_, "sanction", with_model<SanctionSection>(entry.info)));
    scenario.sanction = section_of<SanctionSection>(checked);
    scenario.sanction_rule = entry.make(checked.settings_of(entry.info.parameters), checked.where);
    const auto& listed = scenario.sanction.conditions;
    for (std::size_t i = 0; i < conditions; ++i)
        scenario.sanctioned[i] =
            listed.empty() || std::ranges::find(listed, scenario.session.conditions[i]) != listed.end();
}

/// With rule = "" there is no stage; the other keys may stay, but only keys that some rule has.
void Builder::check_unused_sanction() const {
    auto infos = parameter_infos<SanctionSection>();
    for (const auto& entry : catalog_.sanctions)
        infos.insert(infos.end(), entry.info.parameters.begin(), entry.info.parameters.end());
    check_keys(*document_.find("sanction"), infos);
}

void Builder::build_types(Scenario& scenario) {
    const auto names = names_of(catalog_.behaviors);
    for (const Table& table : document_.tables) {
        if (!table.path.starts_with("agents.")) continue;
        const auto& entry = catalog_.behaviors[checked_name(document_, table.path, "behavior", "behavior rule", names)];
        const auto& checked =
            checked_.emplace_back(checked_table(document_, table.path, with_model<AgentsSection>(entry.info)));
        scenario.types.push_back({table.path.substr(std::string_view("agents.").size()),
                                  section_of<AgentsSection>(checked),
                                  entry.make(checked.settings_of(entry.info.parameters), checked.where)});
    }
    if (scenario.types.empty())
        throw ConfigError(document_.name, "nobody plays; add a table [agents.<type>] with behavior = \"...\"");
    if (scenario.types.size() > 255)
        throw ConfigError(document_.name, fmt::format("{} types of agents; at most 255 fit", scenario.types.size()));
}

void Builder::build_seeds(Scenario& scenario) {
    auto& checked = checked_.emplace_back(checked_table(document_, "seed", parameter_infos<SeedSection>()));
    const auto seed = section_of<SeedSection>(checked);
    const bool each = checked.has("network") && checked.has("initial") && checked.has("dynamics");
    if (!checked.has("all") && !each)
        throw ConfigError(document_.where("seed", ""),
                          "no seed; there is no default seed. Set all, or network, initial and dynamics, for example:\n"
                          "[seed]\nall = 42");
    if (checked.has("all") && each)
        throw ConfigError(document_.where("seed", "all"),
                          "seed.all has no effect: network, initial and dynamics have seeds of their own");
    scenario.seeds.network = checked.has("network") ? seed.network : seed.all;
    scenario.seeds.initial = checked.has("initial") ? seed.initial : seed.all;
    scenario.seeds.dynamics = checked.has("dynamics") ? seed.dynamics : seed.all;
    const auto value = [](std::uint64_t x) { return static_cast<std::int64_t>(x); };
    checked.values = {{"network", value(scenario.seeds.network)},
                      {"initial", value(scenario.seeds.initial)},
                      {"dynamics", value(scenario.seeds.dynamics)}};
}

void Builder::build_subjects(Scenario& scenario) {
    const auto needs = [](const AgentType& type) { return type.behavior->needs_subjects(); };
    if (std::ranges::none_of(scenario.types, needs)) {
        if (const Table* table = document_.find("subjects"))
            throw ConfigError(table->where, "[subjects] is set, but no behavior rule of this scenario needs people");
        return;
    }
    if (const auto* file = text_of(document_, "subjects", "file"); file && file->empty())
        document_.erase("subjects", "file");
    const SubjectEntry& entry = subject_entry();
    auto& checked =
        checked_.emplace_back(checked_table(document_, "subjects", with_model<SubjectsSection>(entry.info)));
    checked.values[0].second = std::string(entry.info.name);
    resolve_file(checked);
    scenario.subjects = entry.make(checked.settings_of(entry.info.parameters), checked.where,
                                   {endowment_tokens(scenario.game, document_)});
}

/// The source that `kind` names; by default the first that takes a file when one is set, else the first of the catalog.
const SubjectEntry& Builder::subject_entry() const {
    const auto& entries = catalog_.subjects;
    if (is_set(document_, "subjects", "kind"))
        return entries[checked_name(document_, "subjects", "kind", "source of subjects", names_of(entries))];
    const bool file = is_set(document_, "subjects", "file");
    const auto fits = [&](const SubjectEntry& entry) { return !file || has_parameter(entry.info, "file"); };
    const auto found = std::ranges::find_if(entries, fits);
    if (found == entries.end()) throw ConfigError(document_.name, "no source of subjects is known to this program");
    return *found;
}

/// A relative path starts at the scenario's folder, on the command line at the current one; the model gets it as seen
/// from the current folder, and the resolved scenario as seen from its own.
void Builder::resolve_file(CheckedTable& table) const {
    const auto file = std::ranges::find(table.settings, "file", &Setting::key);
    if (file == table.settings.end()) return;
    const std::filesystem::path given(std::get<std::string>(file->value));
    if (given.is_absolute()) return;
    if (file->where != command_line) {
        file->value = (folder_ / given).lexically_normal().string();
        return;
    }
    const auto here = std::filesystem::current_path();
    const auto seen = (here / given).lexically_normal().lexically_proximate((here / folder_).lexically_normal());
    std::ranges::find(table.values, "file", &std::pair<std::string, Value>::first)->second = seen.generic_string();
}

}  // namespace commonweal
