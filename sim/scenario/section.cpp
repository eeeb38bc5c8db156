#include "sim/scenario/section.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

const ParameterInfo* find(const std::vector<ParameterInfo>& infos, std::string_view key) {
    const auto found = std::ranges::find(infos, key, &ParameterInfo::name);
    return found == infos.end() ? nullptr : &*found;
}

/// A checked value as a scenario writes it: a choice as its word.
Value written(const Value& value, const ParameterInfo& info) {
    if (info.kind != ValueKind::choice) return value;
    return std::string(info.choices[static_cast<std::size_t>(std::get<std::int64_t>(value))]);
}

}  // namespace

bool CheckedTable::has(std::string_view key) const {
    return std::ranges::find(settings, key, &Setting::key) != settings.end();
}

std::vector<Setting> CheckedTable::settings_of(const std::vector<ParameterInfo>& infos) const {
    std::vector<Setting> own;
    std::ranges::copy_if(settings, std::back_inserter(own),
                         [&](const Setting& setting) { return find(infos, setting.key); });
    return own;
}

std::string full_key(std::string_view path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

std::string table_where(const Document& document, std::string_view path) {
    const std::string place = document.where(path, "");
    return path.empty() ? place : fmt::format("{}: [{}]", place, path);
}

void check_keys(const Table& table, const std::vector<ParameterInfo>& infos) {
    const std::string place = table.path.empty() ? "the top level" : "[" + table.path + "]";
    for (const Entry& entry : table.entries)
        if (!find(infos, entry.setting.key))
            refuse_unknown({entry.setting.key, entry.setting.value, entry.key_where}, place, infos);
}

bool drop_former_keys(Document& document, const std::string& path, const std::vector<ParameterInfo>& infos,
                      const std::vector<ParameterInfo>& others) {
    const auto table = std::ranges::find(document.tables, path, &Table::path);
    if (table == document.tables.end()) return false;
    return std::erase_if(table->entries, [&](const Entry& entry) {
               return entry.of_former_model && !find(infos, entry.setting.key) && find(others, entry.setting.key);
           }) > 0;
}

CheckedTable checked_table(const Document& document, const std::string& path, const std::vector<ParameterInfo>& infos) {
    CheckedTable result{path, table_where(document, path), {}, {}};
    for (const auto& info : infos) result.values.emplace_back(info.name, info.preset);
    const Table* table = document.find(path);
    if (!table) return result;
    check_keys(*table, infos);
    for (const Entry& entry : table->entries) {
        const ParameterInfo* info = find(infos, entry.setting.key);
        const Setting named{full_key(path, entry.setting.key), entry.setting.value, entry.setting.where};
        result.values[static_cast<std::size_t>(info - infos.data())].second = written(checked(named, *info), *info);
        result.settings.push_back(entry.setting);
    }
    return result;
}

std::size_t checked_name(const Document& document, const std::string& path, const std::string& key,
                         std::string_view what, const std::vector<std::string_view>& names) {
    ParameterInfo info{key, ValueKind::choice, 0, 0, "", "", names, {}};
    const Table* table = document.find(path);
    const Entry* entry = table ? table->find(key) : nullptr;
    if (!entry)
        throw ConfigError(document.where(path, key), fmt::format("[{}] names no {}; set {} to {}", path, what,
                                                                 full_key(path, key), allowed_text(info)));
    const Value index = checked({full_key(path, key), entry->setting.value, entry->setting.where}, info);
    return static_cast<std::size_t>(std::get<std::int64_t>(index));
}

}  // namespace commonweal
