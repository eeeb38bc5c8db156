#include "sim/app/command_info.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "sim/app/text_table.hpp"

namespace commonweal {

namespace {

constexpr std::size_t name_width = 26, line_width = 110;

/// A name and what it means, the meaning in a column of its own.
std::string entry(const std::string& name, const std::string& meaning) {
    std::string text = "  " + name;
    if (name.size() + 2 > name_width)
        text += "\n" + std::string(name_width + 2, ' ');
    else
        text += std::string(name_width - name.size(), ' ');
    bool first = true;
    for (const std::string& line : wrapped(meaning, line_width - name_width - 2)) {
        text += (first ? "" : "\n" + std::string(name_width + 2, ' ')) + line;
        first = false;
    }
    return text + "\n";
}

std::string name_of(const OptionInfo& option) {
    return fmt::format("{}{}{}", fmt::join(option.names, ", "), option.value.empty() ? "" : " ", option.value);
}

std::string options_text(const std::string& title, const std::vector<OptionInfo>& options) {
    if (options.empty()) return "";
    std::string text = "\n" + title + ":\n";
    for (const OptionInfo& option : options) text += entry(name_of(option), meaning_of(option));
    return text;
}

std::string commands_text(const std::vector<CommandInfo>& commands) {
    std::vector<std::string> groups;
    for (const CommandInfo& command : commands)
        if (std::ranges::find(groups, command.group) == groups.end()) groups.push_back(command.group);
    std::string text;
    for (const std::string& group : groups) {
        text += "\n" + (group.empty() ? "Commands" : group) + ":\n";
        for (const CommandInfo& command : commands)
            if (command.group == group)
                text += entry(command.name.substr(command.name.rfind(' ') + 1), command.summary);
    }
    return text;
}

}  // namespace

const CommandInfo* find_command(const CommandInfo& within, const std::string& name) {
    for (const CommandInfo& command : within.commands) {
        if (command.name == name || command.name == within.name + " " + name) return &command;
        if (const CommandInfo* const inner = find_command(command, name); inner && inner->name == name) return inner;
    }
    return nullptr;
}

std::string usage_of(const CommandInfo& command) {
    std::string text = command.call() + " [OPTIONS]";
    for (const OptionInfo& argument : command.arguments) {
        const std::string name = argument.names.front() + (argument.repeats ? "..." : "");
        text += " " + (argument.required ? name : "[" + name + "]");
    }
    if (!command.commands.empty()) text += " COMMAND";
    return text;
}

std::string meaning_of(const OptionInfo& option) {
    std::string text = option.meaning;
    if (!option.allowed.empty()) text += "; " + option.allowed;
    if (option.repeats && !option.value.empty()) text += "; may be given several times";
    std::string notes;
    if (option.required && !option.value.empty()) notes = "required";
    if (!option.preset.empty()) notes += (notes.empty() ? "default: " : ", default: ") + option.preset;
    return notes.empty() ? text : text + " (" + notes + ")";
}

std::string help_text(const CommandInfo& command) {
    std::string text = command.summary + "\n";
    if (!command.examples.empty()) text += "\nExamples:\n" + command.examples;
    text += "\nUsage: " + usage_of(command) + "\n";
    text += options_text("Arguments", command.arguments) + options_text("Options", command.options);
    text += commands_text(command.commands);
    if (!command.commands.empty()) text += fmt::format("\n`{} COMMAND --help` tells the rest.\n", command.call());
    return text;
}

}  // namespace commonweal
