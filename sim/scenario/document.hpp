#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/parameter.hpp"

/// A scenario as text says it, before anything is known about the meaning of its keys.
namespace commonweal {

struct Entry {
    Setting setting;        ///< its `where` is the place of the value
    std::string key_where;  ///< place of the key
    bool of_former_model =
        false;  ///< stood beside, or served, a model in whose place another layer has put another one
};

/// One table of the file: path "" is the top level, "game" is [game], "agents.selfish" is [agents.selfish].
struct Table {
    std::string path;
    std::string where;
    std::vector<Entry> entries;  ///< in the order of the file

    const Entry* find(std::string_view key) const;
};

struct Document {
    std::string name;           ///< what messages call the file
    std::vector<Table> tables;  ///< in the order of the file

    const Table* find(std::string_view path) const;

    /// The table of that path, appended when there is none.
    Table& table(const std::string& path, const std::string& where);

    /// Gives a key of a table a value, in place of the one that it has.
    void set(const std::string& path, const Setting& setting);

    void erase(std::string_view path, std::string_view key);

    /// Where `key` of a table was set; if nowhere, where the table is; if nowhere, the file.
    std::string where(std::string_view path, std::string_view key) const;
};

/// Puts the short forms of the top level, such as seed = 42, where they belong.
void unfold_short_forms(Document& document);

/// True for a name that needs no quotes in TOML: letters, digits, _ and -, at most 64 of them.
bool bare_name(std::string_view name);

/// Reads TOML. Throws ConfigError with file, line and column for what is not TOML, and for values no scenario has:
/// dates, lists of mixed or nested values, arrays of tables, keys in quotes.
Document parse_document(const std::string& text, const std::string& name);

/// The value of `key` from a text outside a file; nothing when the text is not TOML. Throws ConfigError for TOML that
/// no scenario has, as parse_document does.
std::optional<Value> parse_value(const std::string& text, const std::string& key, const std::string& where);

}  // namespace commonweal
