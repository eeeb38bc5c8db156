#include "sim/app/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "sim/app/command_tree.hpp"
#include "sim/app/external_command.hpp"
#include "sim/app/output.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/app/store_commands.hpp"
#include "sim/core/error.hpp"
#include "sim/core/instruction_set.hpp"

namespace commonweal {

namespace {

/// `help run` means `run --help`.
std::vector<std::string> help_words(const std::vector<std::string>& arguments) {
    std::vector<std::string> words(arguments.begin() + 1, arguments.end());
    words.emplace_back("--help");
    return words;
}

std::vector<std::string> own_commands(const CommandInfo& program) {
    std::vector<std::string> names;
    for (const CommandInfo& command : program.commands)
        if (!command.external) names.push_back(command.name);
    return names;
}

/// A file in the place of a command.
void refuse_file(const std::string& word) {
    if (std::error_code unknown; word.ends_with(".toml") && std::filesystem::exists(word, unknown))
        throw UsageError(
            fmt::format("'{}' is a file, not a command; `commonweal run {}` computes it", word, shell_word(word)));
}

}  // namespace

int command_line(const std::vector<std::string>& arguments) {
    if (const char* wanted = std::getenv("COMMONWEAL_INSTRUCTIONS"); wanted && *wanted)
        use_instruction_set(instruction_set_named(wanted));
    CommandTree tree;
    if (arguments.empty()) {
        print(help_text(tree.info()));
        return 2;
    }
    const auto known = own_commands(tree.info());
    if (arguments[0] == "help") return command_line(help_words(arguments));
    const bool is_option = arguments[0].starts_with("-");
    if (!is_option && std::ranges::find(known, arguments[0]) == known.end()) {
        refuse_file(arguments[0]);
        run_external(arguments, known);
    }
    if (is_external_export(arguments)) run_external(arguments, known);
    return tree.parse(arguments)();
}

}  // namespace commonweal
