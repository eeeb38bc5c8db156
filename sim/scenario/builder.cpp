#include "sim/scenario/builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/nearest.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/relations.hpp"
#include "sim/scenario/resolved.hpp"
#include "sim/scenario/shape.hpp"
#include "sim/scenario/unused.hpp"

namespace commonweal {

namespace {

template <class Entries>
std::vector<std::string_view> names_of(const Entries& entries) {
    std::vector<std::string_view> names;
    for (const auto& entry : entries) names.push_back(entry.info.name);
    return names;
}

/// All parameters that some model of the catalog has.
template <class Entries>
std::vector<ParameterInfo> parameters_of(const Entries& entries) {
    std::vector<ParameterInfo> all;
    for (const auto& entry : entries) all.insert(all.end(), entry.info.parameters.begin(), entry.info.parameters.end());
    return all;
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
    choose_play(scenario);
    scenario.study = section<StudySection>("");
    scenario.session = section<SessionSection>("session");
    build_network(scenario);
    scenario.matching = section<MatchingSection>("matching");
    scenario.game = section<GameSection>("game");
    scenario.fund = section<FundSection>("fund");
    build_sanction(scenario);
    build_types(scenario);
    build_update(scenario);
    scenario.rewiring = section<RewiringSection>("rewiring");
    scenario.adoption = section<AdoptionSection>("adoption");
    scenario.beliefs = section<BeliefsSection>("beliefs");
    scenario.crowding_out = section<CrowdingOutSection>("crowding_out");
    scenario.turnover = section<TurnoverSection>("turnover");
    build_policies(scenario);
    build_seeds(scenario);
    scenario.record = section<RecordSection>("record");
    scenario.counterfactual = section<CounterfactualSection>("counterfactual");
    check_relations(scenario, document_);
    drop_unused(scenario);
    build_subjects(scenario);
    scenario.resolved = resolved_text(checked_);
    scenario.inputs = std::move(inputs_);
    return scenario;
}

/// Strategies spread; behavior rules play on a network when there is one, else in a laboratory. With a network agents
/// meet their neighbors unless [matching] says otherwise.
void Builder::choose_play(Scenario& scenario) {
    const bool network = document_.find("network");
    const auto has_strategy = [](const Table& table) {
        return table.path.starts_with("agents.") && table.find("strategy");
    };
    const bool strategies = std::ranges::any_of(document_.tables, has_strategy);
    const std::string* const game = text_of(document_, "game", "kind");
    const bool two_pots = game && *game == "two_pots";
    if (two_pots && (strategies || !network))
        throw ConfigError(document_.where("game", "kind"),
                          strategies ? "two_pots is played by types with a behavior, not with a strategy"
                                     : "two_pots needs a [network] whose agents belong to organizations");
    scenario.play = strategies ? Play::evolution
                    : two_pots ? Play::service
                    : network  ? Play::network
                               : Play::laboratory;
    scenario.by_enhancement = scenario.play == Play::network && is_set(document_, "game", "enhancement");
    if (!network || is_set(document_, "matching", "kind")) return;
    const std::string place = document_.find("network")->where;
    document_.table("matching", place).entries.push_back({{"kind", std::string("neighborhoods"), place}, place});
}

template <class Section, class Entries>
CheckedTable& Builder::checked_model(const std::string& path, const ModelInfo& info, const Entries& entries) {
    const std::vector<ParameterInfo> own = with_model<Section>(info);
    drop_former_keys(document_, path, own, parameters_of(entries));
    return checked_.emplace_back(checked_table(document_, path, own));
}

void Builder::build_network(Scenario& scenario) {
    if (!document_.find("network")) return;
    const auto names = names_of(catalog_.networks);
    const auto& entry = catalog_.networks[checked_name(document_, "network", "kind", "network", names)];
    CheckedTable& checked = checked_model<NetworkSection>("network", entry.info, catalog_.networks);
    if (has_parameter(entry.info, "file")) {
        resolve_file(checked, "file");
        resolve_file(checked, "agents");
    }
    scenario.network = section_of<NetworkSection>(checked);
    scenario.generator = entry.make(checked.settings_of(entry.info.parameters), checked.where);
}

void Builder::build_update(Scenario& scenario) {
    if (scenario.play != Play::evolution) {
        if (const Table* table = document_.find("update"))
            throw ConfigError(table->where, "[update] has no effect: no type of agents has a strategy");
        return;
    }
    const auto names = names_of(catalog_.updates);
    const auto& entry = catalog_.updates[checked_name(document_, "update", "rule", "update rule", names)];
    const CheckedTable& checked = checked_model<UpdateSection>("update", entry.info, catalog_.updates);
    scenario.update = section_of<UpdateSection>(checked);
    scenario.update_rule = entry.make(checked.settings_of(entry.info.parameters), checked.where);
}

void Builder::build_policies(Scenario& scenario) {
    const auto names = names_of(catalog_.policies);
    for (const Table& table : document_.tables) {
        if (!table.path.starts_with("policy.")) continue;
        if (scenario.play != Play::service)
            throw ConfigError(table.where, "policies act in a service; they need game.kind = \"two_pots\"");
        const auto& entry = catalog_.policies[checked_name(document_, table.path, "kind", "policy", names)];
        const CheckedTable& checked = checked_model<PolicySection>(table.path, entry.info, catalog_.policies);
        scenario.policies.push_back({table.path.substr(std::string_view("policy.").size()), checked.where,
                                     section_of<PolicySection>(checked),
                                     entry.make(checked.settings_of(entry.info.parameters), checked.where)});
    }
}

/// A key that would change nothing is refused, and left out of the resolved scenario.
void Builder::drop_unused(const Scenario& scenario) {
    for (CheckedTable& table : checked_) {
        const auto unused = [&](const std::pair<std::string, Value>& value) {
            const std::string reason = why_unused(scenario, table.path, value.first);
            if (!reason.empty() && table.has(value.first))
                throw ConfigError(document_.where(table.path, value.first),
                                  fmt::format("{} has no effect: {}", full_key(table.path, value.first), reason));
            return !reason.empty();
        };
        std::erase_if(table.values, unused);
    }
    std::erase_if(checked_, [](const CheckedTable& table) { return table.values.empty(); });
}

void Builder::build_sanction(Scenario& scenario) {
    const std::size_t conditions = scenario.session.conditions.size();
    scenario.sanctioned.assign(conditions, false);
    const Table* table = document_.find("sanction");
    if (!table || table->entries.empty()) return;
    if (const auto* rule = text_of(document_, "sanction", "rule"); rule && (rule->empty() || *rule == "none"))
        return check_unused_sanction();

    const auto names = names_of(catalog_.sanctions);
    const auto& entry = catalog_.sanctions[checked_name(document_, "sanction", "rule", "sanction rule", names)];
    const CheckedTable& checked = checked_model<SanctionSection>("sanction", entry.info, catalog_.sanctions);
    scenario.sanction = section_of<SanctionSection>(checked);
    scenario.sanction_rule = entry.make(checked.settings_of(entry.info.parameters), checked.where);
    const auto& listed = scenario.sanction.conditions;
    for (std::size_t i = 0; i < conditions; ++i)
        scenario.sanctioned[i] =
            listed.empty() || std::ranges::find(listed, scenario.session.conditions[i]) != listed.end();
}

/// With rule = "none" or "" there is no stage; the other keys may stay, but only keys that some rule has.
void Builder::check_unused_sanction() const {
    auto infos = parameter_infos<SanctionSection>();
    const auto more = parameters_of(catalog_.sanctions);
    infos.insert(infos.end(), more.begin(), more.end());
    check_keys(*document_.find("sanction"), infos);
}

/// Who misspells the name of a type makes a new one.
void Builder::refuse_type_without_model(const Table& table) const {
    std::vector<std::string> others;
    for (const Table& other : document_.tables)
        if (other.path.starts_with("agents.") && (other.find("behavior") || other.find("strategy")))
            others.push_back(other.path.substr(std::string_view("agents.").size()));
    const std::string name = table.path.substr(std::string_view("agents.").size());
    if (const std::string hint = did_you_mean(name, others); !hint.empty())
        throw ConfigError(table.where, fmt::format("[{}] has neither a behavior nor a strategy{}", table.path, hint));
}

void Builder::build_types(Scenario& scenario) {
    const auto behaviors = names_of(catalog_.behaviors), strategies = names_of(catalog_.strategies);
    const bool evolution = scenario.play == Play::evolution;
    for (const Table& table : document_.tables) {
        if (!table.path.starts_with("agents.")) continue;
        AgentType type{table.path.substr(std::string_view("agents.").size()),
                       {},
                       table.find("count") != nullptr,
                       nullptr,
                       nullptr};
        if (const Entry* other = table.find(evolution ? "behavior" : "strategy"); other && table.find("behavior"))
            throw ConfigError(other->key_where,
                              "some types have a behavior rule and some a strategy; all must have the same");
        if (!table.find("behavior") && !table.find("strategy")) refuse_type_without_model(table);
        const auto build = [&](const auto& entry, const auto& entries) {
            const CheckedTable& checked = checked_model<AgentsSection>(table.path, entry.info, entries);
            type.settings = section_of<AgentsSection>(checked);
            return entry.make(checked.settings_of(entry.info.parameters), checked.where);
        };
        if (evolution)
            type.strategy =
                build(catalog_.strategies[checked_name(document_, table.path, "strategy", "strategy", strategies)],
                      catalog_.strategies);
        else
            type.behavior =
                build(catalog_.behaviors[checked_name(document_, table.path, "behavior", "behavior rule", behaviors)],
                      catalog_.behaviors);
        scenario.types.push_back(std::move(type));
    }
    if (scenario.types.empty())
        throw ConfigError(document_.name, document_.tables.empty()
                                              ? "is empty; `commonweal config init` writes a scenario to begin with"
                                              : "nobody plays; add a table [agents.<type>] with behavior = \"...\"");
    const std::size_t most = evolution ? 16 : 255;
    if (scenario.types.size() > most)
        throw ConfigError(document_.name,
                          fmt::format("{} types of agents; at most {} fit", scenario.types.size(), most));
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
        throw ConfigError(
            document_.where("seed", "all"),
            "seed.all has no effect: network, initial and dynamics have seeds of their own; set seed.network, "
            "seed.initial and seed.dynamics, or take them out of the file");
    scenario.seeds.network = checked.has("network") ? seed.network : seed.all;
    scenario.seeds.initial = checked.has("initial") ? seed.initial : seed.all;
    scenario.seeds.dynamics = checked.has("dynamics") ? seed.dynamics : seed.all;
    const auto value = [](std::uint64_t x) { return static_cast<std::int64_t>(x); };
    checked.values = {{"network", value(scenario.seeds.network)},
                      {"initial", value(scenario.seeds.initial)},
                      {"dynamics", value(scenario.seeds.dynamics)}};
}

void Builder::build_subjects(Scenario& scenario) {
    const auto needs = [](const AgentType& type) { return type.behavior && type.behavior->needs_subjects(); };
    if (std::ranges::none_of(scenario.types, needs)) {
        if (const Table* table = document_.find("subjects");
            table && (table->entries.empty() || !std::ranges::all_of(table->entries, &Entry::of_former_model)))
            throw ConfigError(table->where, "[subjects] is set, but no behavior rule of this scenario needs people");
        return;
    }
    if (const auto* file = text_of(document_, "subjects", "file"); file && file->empty())
        document_.erase("subjects", "file");
    const SubjectEntry& entry = subject_entry();
    CheckedTable& checked = checked_model<SubjectsSection>("subjects", entry.info, catalog_.subjects);
    checked.values[0].second = std::string(entry.info.name);
    resolve_file(checked, "file");
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

/// A relative path starts at the scenario's folder, on the command line at the folder of that; the model gets it as
/// seen from the current folder, and the resolved scenario as seen from its own.
void Builder::resolve_file(CheckedTable& table, std::string_view key) {
    const auto file = std::ranges::find(table.settings, key, &Setting::key);
    if (file == table.settings.end() || std::get<std::string>(file->value).empty()) return;
    const std::filesystem::path given(std::get<std::string>(file->value));
    inputs_.push_back(given);
    if (given.is_absolute()) return;
    if (file->where != command_line) {
        inputs_.back() = (folder_ / given).lexically_normal();
        file->value = inputs_.back().string();
        return;
    }
    const auto current = std::filesystem::current_path();
    const auto path = (here_ / given).lexically_normal();
    if (here_ != current) inputs_.back() = path;
    file->value = inputs_.back().string();
    const auto seen = path.lexically_proximate((current / folder_).lexically_normal());
    std::ranges::find(table.values, key, &std::pair<std::string, Value>::first)->second = seen.generic_string();
}

}  // namespace commonweal
