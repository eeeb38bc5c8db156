#include "sim/scenario/included.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include "sim/core/error.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/screen.hpp"

namespace commonweal {

namespace {

constexpr std::string_view mark = "#-- from ";

std::string text_of(const std::filesystem::path& file) {
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure)) throw IoError(file.string(), "is a folder, not a scenario file");
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file.string(), std::string("cannot be read: ") + std::strerror(errno));
    std::string text;
    text.resize(largest_scenario + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) throw IoError(file.string(), std::string("cannot be read: ") + std::strerror(errno));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

/// The files that a text names under `include`.
std::vector<std::string> names_in(const Document& document) {
    const Table* const top = document.find("");
    const Entry* const entry = top ? top->find("include") : nullptr;
    if (!entry) return {};
    const auto* const names = std::get_if<std::vector<std::string>>(&entry->setting.value);
    if (!names) throw ConfigError(entry->setting.where, "include must be a list of files: [\"file.toml\", ...]");
    return *names;
}

/// "regime.competition" of "regime.competition.policy.contest"; "" for a table of neither a regime nor a world.
std::string variant_of(std::string_view path) {
    if (!path.starts_with("regime.") && !path.starts_with("world.")) return "";
    const std::size_t name = path.find('.') + 1;
    return std::string(path.substr(0, path.find('.', name)));
}

/// Regimes and worlds of the texts so far, and the file that has each.
using Variants = std::map<std::string, std::string>;

void add_variants(const Document& document, bool only, Variants& variants) {
    std::vector<std::string> own;
    for (const Table& table : document.tables) {
        const std::string variant = variant_of(table.path);
        const bool empty =
            table.entries.empty() && (table.path.empty() || table.path == "regime" || table.path == "world");
        if (variant.empty() && only && !empty)
            throw ConfigError(table.entries.empty() ? table.where : table.entries[0].key_where,
                              "an included file has tables [regime.<name>] and [world.<name>] only");
        if (variant.empty() || std::ranges::find(own, variant) != own.end()) continue;
        own.push_back(variant);
        const auto [there, is_new] = variants.emplace(variant, document.name);
        if (!is_new) throw ConfigError(table.where, fmt::format("[{}] is in {} too", variant, there->second));
    }
}

}  // namespace

std::string scenario_text(const std::filesystem::path& file, const std::vector<std::filesystem::path>& more) {
    std::string text = text_of(file);
    if (more.empty() && text.find("include") == std::string::npos)
        return text;  // so that faults are told by the parser
    const Document document = parse_document(text, file.string());
    Variants variants;
    add_variants(document, false, variants);
    std::vector<std::filesystem::path> files;
    if (text.find(mark) == std::string::npos)  // else they are in it
        for (const std::string& name : names_in(document))
            files.push_back((file.parent_path() / name).lexically_normal());
    files.insert(files.end(), more.begin(), more.end());
    for (const auto& included : files) {
        const std::string part = text_of(included);
        const Document tables = parse_document(part, included.string());
        add_variants(tables, true, variants);
        text += fmt::format("{}{}{}\n{}", text.ends_with('\n') ? "" : "\n", mark, included.string(), part);
    }
    return text;
}

LineOrigins::LineOrigins(std::string_view text, const std::string& name) : parts_{{1, name}} {
    std::size_t line = 1;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find('\n'));
        ++line;
        if (one.starts_with(mark)) parts_.push_back({line, std::string(one.substr(mark.size()))});
        text.remove_prefix(std::min(one.size() + 1, text.size()));
    }
}

LineOrigin LineOrigins::of(std::size_t line) const {
    std::size_t part = parts_.size() - 1;
    while (part > 0 && parts_[part].first > line) --part;
    return {parts_[part].file, line - parts_[part].first + 1};
}

}  // namespace commonweal
