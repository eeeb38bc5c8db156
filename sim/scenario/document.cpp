#include "sim/scenario/document.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <utility>

#include "sim/scenario/included.hpp"
#include "sim/scenario/screen.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

constexpr std::string_view policies = "policy";

using Place = std::pair<std::uint32_t, std::uint32_t>;  // line, column

Place place_of(const toml::source_region& region) { return {region.begin.line, region.begin.column}; }

Value list_value(const toml::array& list, const std::string& key, const std::string& where) {
    std::vector<double> numbers;
    std::vector<std::string> texts;
    for (const toml::node& node : list) {
        if (const auto* whole = node.as_integer())
            numbers.push_back(static_cast<double>(whole->get()));
        else if (const auto* real = node.as_floating_point())
            numbers.push_back(real->get());
        else if (const auto* text = node.as_string())
            texts.push_back(text->get());
        else
            throw ConfigError(where, key + " is a list of something else than numbers or texts");
    }
    if (!numbers.empty() && !texts.empty()) throw ConfigError(where, key + " is a list that mixes numbers and texts");
    if (texts.empty()) return numbers;
    return texts;
}

Value value_of(const toml::node& node, const std::string& key, const std::string& where) {
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* whole = node.as_integer()) return whole->get();
    if (const auto* real = node.as_floating_point()) return real->get();
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* list = node.as_array()) return list_value(*list, key, where);
    throw ConfigError(where, key + (node.is_table() ? " is a table; one value belongs here"
                                                    : " is a date or time; no key of a scenario takes one"));
}

/// Turns a tree of TOML tables into a list of tables in the order of the file, which the tree does not keep.
class Reader {
public:
    Reader(const std::string& text, const std::string& name) : name_(name), origins_(text, name) {}

    Document read(const toml::table& root) {
        add_table("", root, {0, 0});
        std::ranges::stable_sort(tables_, {}, &Placed<Table>::place);
        Document document{name_, {}};
        for (auto& table : tables_) document.tables.push_back(std::move(table.item));
        return document;
    }

private:
    template <class Item>
    struct Placed {
        Place place;
        Item item;
    };

    void add_table(const std::string& path, const toml::table& table, Place place) {
        std::vector<Placed<Entry>> entries;
        for (const auto& [key, node] : table) {
            const std::string name(key.str());
            const std::string full = path.empty() ? name : path + "." + name;
            const Place begin = place_of(key.source());
            check_name(name, where(begin));
            if (const auto* inner = node.as_table())
                add_table(full, *inner, begin);
            else if (const auto* list = node.as_array(); list && name == policies && list->is_array_of_tables())
                add_policies(full, *list);
            else
                entries.push_back({begin, entry(name, full, node, begin)});
        }
        std::ranges::stable_sort(entries, {}, &Placed<Entry>::place);
        Table flat{path, path.empty() ? name_ : where(place), {}};
        for (auto& item : entries) flat.entries.push_back(std::move(item.item));
        tables_.push_back({place, std::move(flat)});
    }

    /// [[policy]]: each becomes a table policy.<name>, where the name is its label or else its kind.
    void add_policies(const std::string& path, const toml::array& list) {
        std::vector<std::string> names;
        for (const toml::node& node : list) {
            const toml::table& policy = *node.as_table();  // a copy would forget its places
            const Place begin = place_of(node.source());
            const auto kind = policy["kind"].value<std::string>(), label = policy["label"].value<std::string>();
            if (!kind) throw ConfigError(where(begin), "[[policy]] needs kind = \"...\", the name of a policy");
            if (policy.contains("label") && !label)
                throw ConfigError(where(begin), "label of a [[policy]] must be a text");
            const std::string name = label.value_or(*kind);
            check_name(name, where(begin));
            if (std::ranges::find(names, name) != names.end())
                throw ConfigError(where(begin), fmt::format("two policies are called '{}'; give one of them another "
                                                            "name with label = \"...\"",
                                                            name));
            names.push_back(name);
            add_table(path + "." + name, policy, begin);
            std::erase_if(tables_.back().item.entries, [](const Entry& entry) { return entry.setting.key == "label"; });
        }
    }

    Entry entry(const std::string& name, const std::string& full, const toml::node& node, Place key) const {
        const std::string place = where(place_of(node.source()));
        return {{name, value_of(node, full, place), place}, where(key)};
    }

    void check_name(std::string_view name, const std::string& place) const {
        if (bare_name(name)) return;
        throw ConfigError(place, value_text(std::string(name.substr(0, 64))) +
                                     " is not a name; a name has 1 to 64 letters a to z or A to Z, digits, _ or -");
    }

    std::string where(Place place) const {
        const LineOrigin origin = origins_.of(place.first);
        return fmt::format("{}:{}:{}", origin.file, origin.line, place.second);
    }

    const std::string& name_;
    LineOrigins origins_;
    std::vector<Placed<Table>> tables_;
};

std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

}  // namespace

const Entry* Table::find(std::string_view key) const {
    const auto found = std::ranges::find_if(entries, [&](const Entry& entry) { return entry.setting.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

const Table* Document::find(std::string_view path) const {
    const auto found = std::ranges::find(tables, path, &Table::path);
    return found == tables.end() ? nullptr : &*found;
}

Table& Document::table(const std::string& path, const std::string& where) {
    const auto found = std::ranges::find(tables, path, &Table::path);
    return found != tables.end() ? *found : tables.emplace_back(Table{path, where, {}});
}

void Document::set(const std::string& path, const Setting& setting) {
    auto& entries = table(path, setting.where).entries;
    const auto old =
        std::ranges::find_if(entries, [&](const Entry& entry) { return entry.setting.key == setting.key; });
    if (old == entries.end())
        entries.push_back({setting, setting.where});
    else
        *old = {setting, setting.where};
}

void Document::erase(std::string_view path, std::string_view key) {
    for (Table& table : tables)
        if (table.path == path)
            std::erase_if(table.entries, [&](const Entry& entry) { return entry.setting.key == key; });
}

std::string Document::where(std::string_view path, std::string_view key) const {
    const Table* found = find(path);
    const Entry* entry = found ? found->find(key) : nullptr;
    return entry ? entry->setting.where : found ? found->where : name;
}

void unfold_short_forms(Document& document) {
    const std::vector<Entry> top = document.table("", document.name).entries;
    for (Entry entry : top) {
        const std::string table = entry.setting.key;
        if (short_for(table).empty()) continue;
        document.erase("", table);
        entry.setting.key = short_for(table);
        document.table(table, entry.key_where).entries.push_back(entry);
    }
}

bool bare_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, fits);
}

Document parse_document(const std::string& text, const std::string& name) {
    screen(text, name);
    toml::table root;
    try {
        root = toml::parse(text);
    } catch (const toml::parse_error& error) {
        const Place place = place_of(error.source());
        // What begins with t or f is read as true or false: most often it is a text without quotes.
        std::string what = first_line(error.description());
        if (what.find("boolean") != std::string::npos) what += "; a text stands in quotes";
        if (what.ends_with("saw ','")) what += "; a decimal number has a point, as in 0.4";
        if (what.ends_with("saw '%'")) what += "; 15 percent is 0.15";
        if (what.starts_with("Error while parsing key: expected bare key"))
            what += "; names have letters a to z or A to Z";
        throw ConfigError(fmt::format("{}:{}:{}", name, place.first, place.second), what);
    }
    return Reader(text, name).read(root);
}

std::optional<Value> parse_value(const std::string& text, const std::string& key, const std::string& where) {
    screen(text, where);
    toml::table root;
    try {
        root = toml::parse("value = " + text);
    } catch (const toml::parse_error&) {
        return {};
    }
    if (root.size() != 1) return {};
    return value_of(*root.get("value"), key, where);
}

}  // namespace commonweal
