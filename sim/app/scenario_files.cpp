#include "sim/app/scenario_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

bool is_file(const fs::path& path) {
    std::error_code unknown;
    return fs::exists(path, unknown) && !fs::is_directory(path, unknown);
}

bool is_folder(const fs::path& path) {
    std::error_code unknown;
    return fs::is_directory(path, unknown);
}

std::string without_suffix(const std::string& name) {
    return name.ends_with(".toml") ? name.substr(0, name.size() - 5) : name;
}

std::string last_part(const std::string& name) { return name.substr(name.rfind('/') + 1); }

void add_names(const fs::path& folder, std::set<std::string>& names) {
    std::error_code failure;
    for (auto file = fs::recursive_directory_iterator(folder, failure); !failure && file != fs::end(file);
         file.increment(failure))
        if (file->path().extension() == ".toml") {
            const std::string name = without_suffix(file->path().lexically_relative(folder).generic_string());
            if (!name.starts_with("templates/")) names.insert(name);
        }
}

/// The scenario's full name; "" when there is none, or when several end so.
std::string full_name(const std::string& word, const std::vector<std::string>& names) {
    if (std::ranges::find(names, word) != names.end()) return word;
    const auto ends_so = [&](const std::string& name) { return last_part(name) == word; };
    return std::ranges::count_if(names, ends_so) == 1 ? *std::ranges::find_if(names, ends_so) : "";
}

[[noreturn]] void refuse(const std::string& word, const std::vector<std::string>& names) {
    std::string near = nearest(without_suffix(word), names);
    for (const auto& name : names)
        if (near.empty() && !nearest(last_part(without_suffix(word)), {last_part(name)}).empty()) near = name;
    const std::string part = last_part(without_suffix(word));
    for (const auto& name : names)
        if (near.empty() && part.size() > 2 && name.find(part) != std::string::npos) near = name;
    const std::string hint = near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near);
    const std::string& of = near.empty() ? word : near;
    const bool regime = of.starts_with("regimes/"), world = of.starts_with("worlds/");
    throw ConfigError(word,
                      fmt::format("there is no such file, and no {} of that name{}; `commonweal list {}` lists them",
                                  regime  ? "regime"
                                  : world ? "world"
                                          : "scenario",
                                  hint,
                                  regime  ? "regimes"
                                  : world ? "worlds"
                                          : "experiments"));
}

/// A folder is named where its scenario is meant, as after `config init`.
[[noreturn]] void refuse_folder(const fs::path& folder) {
    const fs::path inside =
        folder / ((folder.filename().empty() ? folder.parent_path() : folder).filename().string() + ".toml");
    const std::string hint = is_file(inside) ? fmt::format(" (did you mean '{}'?)", inside.string()) : "";
    throw ConfigError(folder.string(), "is a folder, not a scenario file" + hint);
}

}  // namespace

fs::path program_folder() {
    std::error_code unknown;
    return fs::read_symlink("/proc/self/exe", unknown).parent_path();
}

std::vector<fs::path> scenario_folders() {
    std::vector<fs::path> folders;
    const auto add = [&](const fs::path& folder) {
        if (is_folder(folder)) folders.push_back(folder);
    };
    // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread is started
    if (const char* own = std::getenv("COMMONWEAL_CONFIGS"); own && *own) add(own);
    const fs::path program = program_folder();
    if (program.empty()) return folders;
    add((program / "../share/commonweal/configs").lexically_normal());
    for (fs::path above = program; above != above.parent_path(); above = above.parent_path()) add(above / "configs");
    return folders;
}

std::vector<std::string> scenario_names() {
    std::set<std::string> names;
    for (const auto& folder : scenario_folders()) add_names(folder, names);
    return {names.begin(), names.end()};
}

bool is_scenario_name(const std::string& word) {
    const auto names = scenario_names();
    return std::ranges::any_of(names,
                               [&](const std::string& name) { return name == word || name.ends_with("/" + word); });
}

std::vector<std::string> template_names() {
    std::set<std::string> names;
    for (const auto& folder : scenario_folders()) {
        std::error_code failure;
        for (auto entry = fs::directory_iterator(folder / "templates", failure); !failure && entry != fs::end(entry);
             entry.increment(failure))
            if (const std::string name = entry->path().filename().string(); is_file(entry->path() / (name + ".toml")))
                names.insert(name);
    }
    return {names.begin(), names.end()};
}

fs::path template_folder(const std::string& name) {
    const auto names = template_names();
    if (std::ranges::find(names, name) == names.end()) return {};
    for (const auto& folder : scenario_folders())
        if (const fs::path found = folder / "templates" / name; is_file(found / (name + ".toml"))) return found;
    return {};
}

void check_is_scenario(const std::string& word) {
    for (const std::string kind : {"regime", "world"})
        if (const std::string folder = kind + "s/";
            word.starts_with(folder) && !is_file(word) && is_scenario_name(without_suffix(word)))
            throw ConfigError(word, fmt::format("is a {}, no scenario by itself; `commonweal compare FILE {}` plays it "
                                                "in a scenario that has regimes",
                                                kind, word));
}

fs::path find_scenario(const std::string& word) {
    if (is_file(word)) return word;
    if (is_folder(word)) refuse_folder(word);
    const auto names = scenario_names();
    const std::string name = full_name(without_suffix(word), names);
    if (name.empty()) refuse(word, names);
    for (const auto& folder : scenario_folders())
        if (const fs::path file = folder / (name + ".toml"); is_file(file)) return file;
    refuse(word, names);
}

}  // namespace commonweal
