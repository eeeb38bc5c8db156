#include "sim/app/external_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "sim/app/scenario_files.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> python_commands{"analyze", "export", "reproduce", "report"};

bool is_command_name(std::string_view name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    return !name.empty() && std::ranges::all_of(name, fits);
}

bool is_program(const fs::path& path) {
    std::error_code unknown;
    return fs::is_regular_file(path, unknown) && access(path.c_str(), X_OK) == 0;
}

std::vector<fs::path> program_folders() {
    std::vector<fs::path> folders;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread is started
    const char* path = std::getenv("PATH");
    std::string_view rest = path ? path : "";
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(':'), rest.size());
        if (end > 0) folders.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (const fs::path own = program_folder(); !own.empty()) folders.push_back(own);
    return folders;
}

/// Returns only when the program cannot be started.
void become(const fs::path& program, std::vector<std::string> arguments) {
    arguments[0] = program.string();
    std::vector<char*> words;
    for (auto& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    std::error_code unknown;
    const fs::path self = fs::read_symlink("/proc/self/exe", unknown);
    if (!self.empty())
        setenv("COMMONWEAL_BINARY", self.c_str(), 0);  // NOLINT(concurrency-mt-unsafe): no thread is running
    execv(program.c_str(), words.data());
}

}  // namespace

fs::path external_program(const std::string& name) {
    for (const fs::path& folder : program_folders())
        if (fs::path program = folder / ("commonweal-" + name); is_program(program)) return program;
    return {};
}

void run_external(const std::vector<std::string>& arguments, const std::vector<std::string>& known) {
    const std::string& name = arguments[0];
    if (is_command_name(name))
        if (const fs::path program = external_program(name); !program.empty()) {
            become(program, arguments);
            throw IoError(program.string(), fmt::format("cannot be started: {}", std::strerror(errno)));
        }
    if (std::ranges::find(python_commands, name) != python_commands.end())
        throw UsageError(fmt::format(
            "'{}' is a command of the Python package, and commonweal-{} is not on the PATH; "
            "commonweal's wheel has it (docs/how-to/install.md), and scripts/setup.sh puts it into .venv/bin",
            name == "export" ? "export --to salib" : name, name));
    throw UsageError(
        fmt::format("there is no command '{}'{}; `commonweal --help` lists them", name, did_you_mean(name, known)));
}

}  // namespace commonweal
