#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/model/model_info.hpp"
#include "sim/scenario/document.hpp"

namespace commonweal {

/// One table of a scenario after each of its keys was checked alone.
struct CheckedTable {
    std::string path;                                   ///< as Table::path
    std::string where;                                  ///< "file:line:column: [path]"
    std::vector<Setting> settings;                      ///< those that were given
    std::vector<std::pair<std::string, Value>> values;  ///< all, defaults filled in, in the order of the parameters

    bool has(std::string_view key) const;

    /// The settings that belong to one of these parameters.
    std::vector<Setting> settings_of(const std::vector<ParameterInfo>& infos) const;
};

/// "game.mpcr", or "title" at the top level.
std::string full_key(std::string_view path, std::string_view key);

/// Where a table stands, for messages about relations between its values.
std::string table_where(const Document& document, std::string_view path);

/// Throws ConfigError, with the nearest known name, for a key of the table that no parameter has.
void check_keys(const Table& table, const std::vector<ParameterInfo>& infos);

/// Takes out of a table the keys that only the former model knows (Entry::of_former_model): no parameter of `infos` is
/// named so, and one of `others` is. True when there was one.
bool drop_former_keys(Document& document, const std::string& path, const std::vector<ParameterInfo>& infos,
                      const std::vector<ParameterInfo>& others);

/// Checks every key of a table against what may stand in it. A table that is missing has all its defaults. Throws
/// ConfigError with the place, the value, what is allowed, and the nearest known name.
CheckedTable checked_table(const Document& document, const std::string& path, const std::vector<ParameterInfo>& infos);

/// The place of the entry that a key names, among the names of a catalog. `what` says what is named: "behavior rule".
/// Throws ConfigError when the key is missing or names none.
std::size_t checked_name(const Document& document, const std::string& path, const std::string& key,
                         std::string_view what, const std::vector<std::string_view>& names);

/// A section of the house itself, with its keys out of a table that may hold those of a model as well.
template <class Section>
Section section_of(const CheckedTable& table) {
    return configured<Section>(table.settings_of(parameter_infos<Section>()), table.path, table.where);
}

/// The parameters of a section and of a model that share one table.
template <class Section>
std::vector<ParameterInfo> with_model(const ModelInfo& model) {
    auto infos = parameter_infos<Section>();
    infos.insert(infos.end(), model.parameters.begin(), model.parameters.end());
    return infos;
}

}  // namespace commonweal
