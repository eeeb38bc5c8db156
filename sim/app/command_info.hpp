#pragma once

#include <string>
#include <vector>

namespace commonweal {

/// What may stand in a place of the command line, for completion.
enum class Completes { nothing, file, folder, scenario, variant, network, model, list, template_name, command, choice };

/// An option or an argument of a command.
struct OptionInfo {
    std::vector<std::string> names;    ///< "-o", "--output"; of an argument the one word that stands for it: "FILE"
    std::string value;                 ///< what follows an option: "FILE.h5"; "" of a flag and of an argument
    std::string meaning;               ///< what it does
    std::string allowed;               ///< which values: "1 to 4096"; "" when the meaning tells
    std::string preset;                ///< what holds without it; "" when there is nothing to tell
    std::vector<std::string> choices;  ///< all values that it takes; empty when there are others
    Completes completes = Completes::nothing;
    bool required = false, repeats = false;
};

/// A command as help, manual and completion tell it: the one source of all three.
struct CommandInfo {
    std::string name;                   ///< "config check"; "" is the program
    std::string group;                  ///< what a person wants who calls it: "Compute"
    std::string summary;                ///< one line
    std::string examples;               ///< lines that can be typed, each indented by two blanks
    std::vector<std::string> more;      ///< paragraphs for the manual
    std::vector<std::string> see_also;  ///< names of commands
    std::vector<OptionInfo> arguments, options;
    std::vector<CommandInfo> commands;
    bool external = false;  ///< a program of its own, of the Python package

    /// "commonweal config check"
    std::string call() const { return name.empty() ? "commonweal" : "commonweal " + name; }
};

/// The command of that name within another, or null: "check", or "config check" of the program.
const CommandInfo* find_command(const CommandInfo& within, const std::string& name);

/// "commonweal run [OPTIONS] FILE [KEY=VALUE...]"
std::string usage_of(const CommandInfo& command);

/// "values that differ; 1 to 4096 (default: 4)": what an option does, with what it takes.
std::string meaning_of(const OptionInfo& option);

/// What --help prints: summary, examples, usage, arguments, options, commands.
std::string help_text(const CommandInfo& command);

}  // namespace commonweal
