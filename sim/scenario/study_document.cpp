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

void put(Document& document, const Setting& setting) {
    const std::size_t dot = setting.key.rfind('.');
    const bool top = dot == std::string::npos;
    document.set(top ? "" : setting.key.substr(0, dot),
                 {top ? setting.key : setting.key.substr(dot + 1), setting.value, setting.where});
}

void check_axes(const std::vector<Setting>& axes) {
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (axes[i].key.find('.') == std::string::npos)
            throw ConfigError(axes[i].where,
                              fmt::format("'{}' cannot be an axis; axes are keys of tables, such as game.mpcr, and "
                                          "replicates and instances are axes of their own",
                                          axes[i].key));
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
    check_axes(study.axes);
    return study;
}

Scenario scenario_of(const StudyDocument& study, const Variant* world, const Variant* regime,
                     const std::vector<Setting>& point, const Catalog& catalog) {
    Document document = study.base;
    for (const Variant* variant : {world, regime})
        if (variant)
            for (const Setting& setting : variant->settings) put(document, setting);
    for (const Setting& setting : point) put(document, setting);
    return Builder(std::move(document), study.folder, study.here, catalog).build();
}

std::string unit_of(const std::string& key, const Catalog& catalog) {
    const std::size_t dot = key.rfind('.');
    const std::string table = dot == std::string::npos ? "" : key.substr(0, dot), name = key.substr(dot + 1);
    std::string unit;
    const auto look = [&](const auto& parameters) {
        const auto found = std::ranges::find(parameters, name, &ParameterInfo::name);
        if (unit.empty() && found != parameters.end()) unit = found->unit;
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
    return unit == "-" ? "1" : unit;
}

}  // namespace commonweal
