#include "sim/scenario/study_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/core/nearest.hpp"
#include "sim/scenario/builder.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

constexpr std::array<std::string_view, 7> option_names{"design", "points",       "trajectories", "levels",
                                                       "file",   "second_order", "seed"};

bool is_option(std::string_view key) { return std::ranges::find(option_names, key) != option_names.end(); }

std::string full(std::string_view table, std::string_view key) {
    return table.empty() ? std::string(key) : fmt::format("{}.{}", table, key);
}

/// Takes apart what the file says of the sweep, table by table.
class Splitter {
public:
    explicit Splitter(StudyDocument& study) : study_(study) {}

    void split(Document document) {
        for (Table& table : document.tables) {
            const std::string_view path = table.path;
            if (path == "sweep")
                add_options(table);
            else if (path.starts_with("sweep."))
                add_axes(table, path.substr(std::string_view("sweep.").size()));
            else if (path == "world" || path == "regime")
                refuse_values(table);
            else if (path.starts_with("world."))
                add_variant(study_.worlds, table, path.substr(std::string_view("world.").size()));
            else if (path.starts_with("regime."))
                add_variant(study_.regimes, table, path.substr(std::string_view("regime.").size()));
            else
                study_.base.tables.push_back(std::move(table));
        }
    }

private:
    void add_options(const Table& table) {
        for (const Entry& entry : table.entries) {
            const std::string& key = entry.setting.key;
            if (is_option(key)) {
                study_.options.push_back(entry.setting);
                continue;
            }
            const std::vector<std::string> known(option_names.begin(), option_names.end());
            throw ConfigError(entry.key_where,
                              fmt::format("unknown key '{}' in [sweep]{}; known: {}, and axes, which are written "
                                          "table.key = \"range(0, 1, 0.1)\"",
                                          key, did_you_mean(key, known), fmt::join(option_names, ", ")));
        }
    }

    void add_axes(const Table& table, std::string_view path) {
        for (const Entry& entry : table.entries) {
            Setting axis = entry.setting;
            axis.key = full(path, axis.key);
            study_.axes.push_back(std::move(axis));
        }
    }

    static void refuse_values(const Table& table) {
        if (!table.entries.empty())
            throw ConfigError(table.entries[0].key_where,
                              fmt::format("[{0}] has a table for each {0}, and no values of its own; write "
                                          "{0}.<name>.{1}",
                                          table.path, table.entries[0].setting.key));
    }

    /// `path` is the variant's name, and a table of the scenario after it.
    static void add_variant(std::vector<Variant>& variants, const Table& table, std::string_view path) {
        const std::string name(path.substr(0, path.find('.')));
        const std::string_view inner = name.size() == path.size() ? "" : path.substr(name.size() + 1);
        auto variant = std::ranges::find(variants, name, &Variant::name);
        if (variant == variants.end()) variant = variants.insert(variants.end(), {name, table.where, {}});
        for (const Entry& entry : table.entries) {
            Setting setting = entry.setting;
            if (inner.empty() && short_for(setting.key).empty())
                throw ConfigError(entry.key_where,
                                  fmt::format("'{}' cannot differ between {}s; what differs is written table.key",
                                              setting.key, table.path.substr(0, table.path.find('.'))));
            setting.key = inner.empty() ? full(setting.key, short_for(setting.key)) : full(inner, setting.key);
            variant->settings.push_back(std::move(setting));
        }
    }

    StudyDocument& study_;
};

/// The key of an axis, as tables say it: seed is seed.all, and sweep.game.mpcr is game.mpcr.
std::string axis_key(std::string key) {
    if (key.starts_with("sweep.")) key.erase(0, std::string_view("sweep.").size());
    return short_for(key).empty() ? key : full(key, short_for(key));
}

/// "regime", "punishment" and "sanction.fine" for the axis regime.punishment.sanction.fine, which differs within that
/// regime only; an empty kind for other axes.
struct VariantAxis {
    std::string kind, name, key;
};

VariantAxis variant_axis(const std::string& key) {
    for (const std::string kind : {"regime", "world"}) {
        if (!key.starts_with(kind + ".")) continue;
        const std::size_t begin = kind.size() + 1, end = key.find('.', begin);
        if (end == std::string::npos) return {};
        return {kind, key.substr(begin, end - begin), axis_key(key.substr(end + 1))};
    }
    return {};
}

void check_variant_axis(const Setting& axis, const StudyDocument& study) {
    const VariantAxis parts = variant_axis(axis.key);
    if (parts.kind.empty()) return;
    std::vector<std::string> names;
    for (const Variant& variant : parts.kind == "regime" ? study.regimes : study.worlds) names.push_back(variant.name);
    if (std::ranges::find(names, parts.name) == names.end())
        throw ConfigError(axis.where, fmt::format("{} varies, but there is no {} '{}'{}", axis.key, parts.kind,
                                                  parts.name, did_you_mean(parts.name, names)));
    if (parts.key.find('.') == std::string::npos)
        throw ConfigError(axis.where, fmt::format("'{}' cannot differ between {}s; what differs is written table.key",
                                                  parts.key, parts.kind));
}

/// Policies of regimes stand in the regimes: a key of one of them that is set for all needs the regime's name.
void check_policy_overrides(const std::vector<std::string>& overrides, const StudyDocument& study) {
    for (const std::string& text : overrides) {
        const std::string key = axis_key(text.substr(0, text.find('=')));
        const std::string table = key.substr(0, key.rfind('.'));
        const Table* const base = study.base.find(table);
        if (!table.starts_with("policy.") || (base && base->find("kind"))) continue;
        std::string meant;
        for (const Variant& regime : study.regimes)
            if (std::ranges::any_of(regime.settings,
                                    [&](const Setting& setting) { return setting.key.starts_with(table + "."); }))
                meant += fmt::format("{}regime.{}.{}", meant.empty() ? "" : " or ", regime.name, key);
        if (!meant.empty())
            throw ConfigError(command_line,
                              fmt::format("{} is a policy of a regime; did you mean {}?", table.substr(7), meant));
    }
}

/// A regime or world that only the command line names, and whose name is nearly that of another, is a slip.
void check_variant_names(const std::vector<Variant>& variants, std::string_view what) {
    for (const Variant& variant : variants) {
        if (variant.where != command_line) continue;
        std::vector<std::string> others;
        for (const Variant& other : variants)
            if (other.where != command_line) others.push_back(other.name);
        if (const std::string hint = did_you_mean(variant.name, others); !hint.empty())
            throw ConfigError(command_line, fmt::format("there is no {} '{}'{}", what, variant.name, hint));
    }
}

void check_axes(const StudyDocument& study) {
    const std::vector<Setting>& axes = study.axes;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        check_variant_axis(axes[i], study);
        if (axes[i].key.find('.') == std::string::npos)
            throw ConfigError(
                axes[i].where,
                fmt::format("'{0}' cannot be an axis, which is a key of a table, such as game.mpcr{1}", axes[i].key,
                            axes[i].key == "replicates" || axes[i].key == "instances"
                                ? fmt::format("; {0}=N is how many there are of each, and results have "
                                              "them all",
                                              axes[i].key)
                                : ""));
        for (std::size_t j = 0; j < i; ++j)
            if (axes[i].key == axes[j].key)
                throw ConfigError(axes[i].where, fmt::format("{} is an axis twice", axes[i].key));
    }
}

}  // namespace

StudyDocument parse_study(const std::string& text, const std::string& name, const std::vector<std::string>& overrides,
                          const std::filesystem::path& here) {
    StudyDocument study;
    study.base.name = name;
    study.folder = std::filesystem::path(name).parent_path();
    study.here = here;
    Document document = parse_document(text, name);
    document.erase("", "include");  // what it names is in the text already
    unfold_short_forms(document);
    std::vector<std::string> single, several;
    for (const auto& text_of_override : overrides)
        (is_sweep(text_of_override) ? several : single).push_back(text_of_override);
    check_said_once(overrides);
    apply_overrides(document, single);
    Splitter(study).split(std::move(document));
    for (const auto& override_text : single)
        std::erase_if(study.axes, [key = axis_key(override_text.substr(0, override_text.find('=')))](
                                      const Setting& axis) { return axis.key == key && axis.where != command_line; });
    for (const auto& axis_text : several) {
        const std::size_t sign = axis_text.find('=');
        check_override_path(axis_text.substr(0, sign), axis_text);
        const std::string key = axis_key(axis_text.substr(0, sign));
        Setting axis{key, axis_text.substr(sign + 1), command_line};
        const auto old = std::ranges::find_if(
            study.axes, [&](const Setting& known) { return known.key == key && known.where != command_line; });
        if (old == study.axes.end())
            study.axes.push_back(std::move(axis));
        else
            *old = std::move(axis);
    }
    check_variant_names(study.regimes, "regime");
    check_variant_names(study.worlds, "world");
    check_policy_overrides(overrides, study);
    check_axes(study);
    return study;
}

Scenario scenario_of(const StudyDocument& study, const Variant* world, const Variant* regime,
                     const std::vector<Setting>& point, const Catalog& catalog) {
    Document document = study.base;
    for (const Variant* variant : {world, regime})
        if (variant) set_all_over(document, variant->settings);
    std::vector<Setting> values;
    for (const Setting& setting : point) {
        const VariantAxis parts = variant_axis(setting.key);
        const Variant* const own = parts.kind == "regime" ? regime : world;
        if (parts.kind.empty())
            values.push_back(setting);
        else if (own && own->name == parts.name)
            values.push_back({parts.key, setting.value, setting.where});
    }
    set_all_over(document, values);
    const auto plays = [](const Table& table) { return table.path.starts_with("agents."); };
    if ((world || regime) && std::ranges::none_of(document.tables, plays))
        throw ConfigError(
            document.name,
            fmt::format(
                "has regimes or worlds only, and nobody who plays; a scenario names it in include = [...], or it "
                "follows the scenario on the command line: `commonweal compare SCENARIO {} --dry-run` checks it",
                document.name));
    return Builder(std::move(document), study.folder, study.here, catalog).build();
}

AxisInfo axis_info(const std::string& axis, const Catalog& catalog) {
    const VariantAxis parts = variant_axis(axis);
    const std::string& key = parts.kind.empty() ? axis : parts.key;
    const std::size_t dot = key.rfind('.');
    const std::string table = dot == std::string::npos ? "" : key.substr(0, dot), name = key.substr(dot + 1);
    AxisInfo told;
    std::vector<std::string_view> meanings;
    const auto look = [&](const auto& parameters) {
        const auto found = std::ranges::find(parameters, name, &ParameterInfo::name);
        if (found == parameters.end()) return;
        if (told.unit.empty()) told.unit = found->unit;
        if (std::ranges::find(meanings, found->meaning) == meanings.end()) meanings.push_back(found->meaning);
    };
    for (const auto& section : scenario_sections())
        if (section.path == table || (table.starts_with("agents.") && section.path.starts_with("agents.")) ||
            (table.starts_with("policy.") && section.path.starts_with("policy.")))
            look(section.parameters);
    const auto look_in = [&](const auto& entries) {
        for (const auto& entry : entries) look(entry.info.parameters);
    };
    if (table == "network") look_in(catalog.networks);
    if (table == "sanction") look_in(catalog.sanctions);
    if (table == "update") look_in(catalog.updates);
    if (table == "subjects") look_in(catalog.subjects);
    if (table.starts_with("policy.")) look_in(catalog.policies);
    if (table.starts_with("agents.")) {
        look_in(catalog.behaviors);
        look_in(catalog.strategies);
    }
    if (told.unit == "-") told.unit = "1";
    if (meanings.size() == 1) told.meaning = meanings.front();
    return told;
}

}  // namespace commonweal
