#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/scenario_header.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/app/text_table.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw IoError(file.string(), "cannot be read");
    return text;
}

std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

[[noreturn]] void refuse(const std::string& name) {
    std::string list;
    for (const auto& known : template_names()) list += (list.empty() ? "" : ", ") + known;
    if (list.empty())
        throw ConfigError("config init",
                          "no templates are installed; COMMONWEAL_CONFIGS names the folder that has them");
    throw UsageError(
        fmt::format("there is no template '{}'{}; templates: {}", name, did_you_mean(name, template_names()), list));
}

ScenarioHeader header_of(const fs::path& folder, const std::string& name) {
    return ScenarioHeader(text_of(folder / (name + ".toml")));
}

int list_templates() {
    if (template_names().empty()) refuse("");
    TextTable table("ll");
    for (const auto& name : template_names())
        table.add({name, header_of(template_folder(name), name).said("Question")});
    print(table.text());
    say("`commonweal config init TEMPLATE` writes one of them");
    return 0;
}

}  // namespace

int init_command(const InitOptions& options) {
    if (options.name.empty()) return list_templates();
    const fs::path source = template_folder(options.name);
    if (source.empty()) refuse(options.name);
    const fs::path folder = options.folder.empty() ? fs::path(options.name) : options.folder;
    const auto files = files_of(source);
    for (const auto& file : files) check_replaceable(folder / file.filename(), options.force);
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) throw IoError(folder.string(), "cannot be made: " + failure.message());
    for (const auto& file : files) {
        const fs::path target = folder / file.filename();
        write_durably(target, text_of(file));
        print(target.string() + "\n");
    }
    const ScenarioHeader header = header_of(source, options.name);
    const std::string there = folder == "." ? "" : fmt::format("cd {} && ", shell_word(folder.string()));
    say(fmt::format("to compute it: {}{}", there, header.said("Run")));
    say(fmt::format("change first: {}", header.said("Change first")));
    return 0;
}

}  // namespace commonweal
