#include "sim/app/parse_errors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "sim/core/nearest.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

bool takes_values(const CommandInfo& command) {
    return std::ranges::any_of(command.arguments, [](const OptionInfo& argument) {
        return argument.names.front().find("KEY=VALUE") != std::string::npos;
    });
}

/// The key of a scenario that somebody wrote as an option: "game.mpcr" for "--mpcr"; "" when there is none.
std::string key_for(const std::string& word) {
    if (!word.starts_with("--")) return "";
    const std::string name = word.substr(2, word.find('=') - 2);
    if (!short_for(name).empty()) return name;
    for (const SectionInfo& section : scenario_sections())
        for (const ParameterInfo& info : section.parameters) {
            const std::string prefix = section.path.empty() ? "" : std::string(section.path) + ".";
            const bool own_name = section.path.find('<') != std::string_view::npos;
            if (!own_name && (name == info.name || name == prefix + std::string(info.name)))
                return prefix + std::string(info.name);
        }
    return "";
}

std::string unknown_word(const ParseFailure& failure, const CommandInfo& command) {
    const std::string& word = failure.left.front();
    std::vector<std::string> known;
    for (const OptionInfo& option : command.options)
        known.insert(known.end(), option.names.begin(), option.names.end());
    for (const CommandInfo& inner : command.commands) known.push_back(inner.name.substr(inner.name.rfind(' ') + 1));
    std::string text =
        fmt::format("'{}' is not understood{}", word, did_you_mean(word.substr(0, word.find('=')), known));
    if (const std::string key = takes_values(command) ? key_for(word) : ""; !key.empty())
        text += fmt::format("; values of the scenario are written without dashes: {}=VALUE", key);
    else if (!command.commands.empty())
        text += fmt::format("; `{} --help` lists the commands", command.call());
    else
        text += fmt::format("; `{} --help` lists the options", command.call());
    return text;
}

const OptionInfo* option_of(const CommandInfo& command, const std::string& name) {
    for (const auto* list : {&command.arguments, &command.options})
        for (const OptionInfo& option : *list)
            if (std::ranges::find(option.names, name) != option.names.end()) return &option;
    return nullptr;
}

std::string missing_argument(const ParseFailure& failure, const CommandInfo& command) {
    const OptionInfo* const missing = option_of(command, failure.option);
    std::string text = fmt::format("{} is required", failure.option);
    if (missing) text += ": " + missing->meaning;
    if (const std::string example = command.examples.substr(0, command.examples.find('\n')); !example.empty())
        text += fmt::format("; for example: {}", example.substr(2, example.find("   ", 2) - 2));
    return text;
}

std::string missing_command(const CommandInfo& command) {
    std::vector<std::string> names;
    for (const CommandInfo& inner : command.commands) names.push_back(inner.name.substr(inner.name.rfind(' ') + 1));
    return fmt::format("`{}` needs a command: {}", command.call(), fmt::join(names, ", "));
}

}  // namespace

std::string explained(const ParseFailure& failure, const CommandInfo& command) {
    using Kind = ParseFailure::Kind;
    const OptionInfo* const option = option_of(command, failure.option);
    if (failure.kind == Kind::unknown_word) return unknown_word(failure, command);
    if (failure.kind == Kind::missing_argument) return missing_argument(failure, command);
    if (failure.kind == Kind::missing_command) return missing_command(command);
    if (failure.kind == Kind::missing_value && option)
        return fmt::format("{} needs a value: {} {}, {}", failure.option, failure.option, option->value,
                           option->meaning);
    if (failure.kind == Kind::wrong_value) return fmt::format("{} {}", failure.option, failure.message);
    return failure.message;
}

}  // namespace commonweal
