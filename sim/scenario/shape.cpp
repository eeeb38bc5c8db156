#include "sim/scenario/shape.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/nearest.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

constexpr std::string_view agents = "agents", policy = "policy";

/// Names of the tables: session, matching, ..., agents, ...
std::vector<std::string> table_names(const std::vector<SectionInfo>& sections) {
    std::vector<std::string> names;
    for (const auto& section : sections)
        if (!section.path.empty()) names.emplace_back(section.path.substr(0, section.path.find('.')));
    return names;
}

/// agents.<type> or policy.<name>.
bool is_named_table(std::string_view path) {
    for (const std::string_view table : {agents, policy})
        if (path.starts_with(table) && path.substr(table.size()).starts_with('.'))
            return path.find('.', table.size() + 1) == path.npos;
    return false;
}

/// " (did you mean 'session.rounds'?)" for the key of another table, else "".
std::string elsewhere(std::string_view key, const std::vector<SectionInfo>& sections) {
    for (const auto& section : sections)
        if (std::ranges::find(section.parameters, key, &ParameterInfo::name) != section.parameters.end())
            return fmt::format(" (did you mean '{}.{}'?)", section.path, key);
    return "";
}

void check_top(const Table& top, const std::vector<SectionInfo>& sections) {
    const auto names = table_names(sections);
    for (const Entry& entry : top.entries) {
        const auto& [key, value, where] = entry.setting;
        if (std::ranges::find(names, key) != names.end())
            throw ConfigError(where, fmt::format("{} is {}; it must be a table: [{}]", key, value_text(value), key));
        const std::string hint = elsewhere(key, sections);
        if (std::ranges::find(sections[0].parameters, key, &ParameterInfo::name) == sections[0].parameters.end() &&
            !hint.empty())
            throw ConfigError(entry.key_where, fmt::format("unknown key '{}' at the top level{}", key, hint));
    }
}

[[noreturn]] void refuse_table(const Table& table, const std::vector<std::string>& names) {
    const bool deep = table.path.find('.') != table.path.npos;
    const std::string near = deep ? "" : nearest(table.path, names);
    if (table.entries.size() == 1 && table.where == table.entries[0].key_where) {  // written as table.key = value
        const auto& key = table.entries[0].setting.key;
        const std::string hint = near.empty() ? "" : fmt::format(" (did you mean '{}.{}'?)", near, key);
        throw ConfigError(table.where, fmt::format("unknown key '{}.{}'{}", table.path, key, hint));
    }
    std::string known;
    for (const auto& name : names) known += (known.empty() ? "" : ", ") + name;
    const std::string hint = near.empty() ? "" : fmt::format(" (did you mean [{}]?)", near);
    throw ConfigError(table.where, fmt::format("unknown table [{}]{}; known: {}", table.path, hint, known));
}

}  // namespace

void check_shape(const Document& document) {
    const auto sections = scenario_sections();
    const auto names = table_names(sections);
    for (const Table& table : document.tables) {
        if (table.path.empty())
            check_top(table, sections);
        else if (table.path == agents && !table.entries.empty())
            throw ConfigError(
                table.entries[0].key_where,
                fmt::format("[agents] has a table for each type of agent, and no values of its own; write "
                            "agents.<type>.{}",
                            table.entries[0].setting.key));
        else if (table.path == policy && !table.entries.empty())
            throw ConfigError(table.where, "policies are written [[policy]], one after the other");
        else if (std::ranges::find(names, table.path) == names.end() && !is_named_table(table.path))
            refuse_table(table, names);
    }
}

}  // namespace commonweal
