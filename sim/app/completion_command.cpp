#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

using Texts = std::vector<std::string>;

/// "game.mpcr=": keys that a scenario may be given on the command line, but for those of types and policies.
Texts keys() {
    Texts keys;
    for (const SectionInfo& section : scenario_sections()) {
        if (section.path.find('<') != std::string_view::npos) continue;
        const std::string prefix = section.path.empty() ? "" : std::string(section.path) + ".";
        for (const ParameterInfo& info : section.parameters) keys.push_back(prefix + std::string(info.name) + "=");
    }
    return keys;
}

Texts network_names() {
    Texts names;
    for (const auto& entry : models::networks()) names.emplace_back(entry.info.name);
    return names;
}

Texts command_names(const CommandInfo& command) {
    Texts names;
    for (const CommandInfo& inner : command.commands) names.push_back(inner.name.substr(inner.name.rfind(' ') + 1));
    return names;
}

Texts regimes_and_worlds() {
    Texts names = scenario_names();
    std::erase_if(names,
                  [](const auto& name) { return !name.starts_with("regimes/") && !name.starts_with("worlds/"); });
    return names;
}

/// Those that a shell takes for one word.
Texts single_words(Texts texts) {
    std::erase_if(texts, [](const auto& text) { return text.find(' ') != std::string::npos; });
    return texts;
}

/// The words that may stand in the place of an option's value or an argument; empty where they cannot be listed.
Texts candidates(const OptionInfo& option, const CommandInfo& program) {
    switch (option.completes) {
        case Completes::choice:
            return option.choices;
        case Completes::scenario:
            return scenario_names();
        case Completes::variant:
            return regimes_and_worlds();
        case Completes::network:
            return network_names();
        case Completes::model:
            return single_words(described_names());
        case Completes::list:
            return list_names();
        case Completes::template_name:
            return template_names();
        case Completes::command:
            return command_names(program);
        case Completes::file:
        case Completes::folder:
        case Completes::nothing:
            break;
    }
    return option.names.front().starts_with("KEY=") ? keys() : Texts{};
}

bool takes_files(const OptionInfo& option) {
    return option.completes == Completes::file || option.completes == Completes::scenario ||
           option.completes == Completes::variant || option.completes == Completes::network;
}

/// Calls for the command and all below it that are the program's own.
template <class Call>
void each(const CommandInfo& command, const Call& call) {
    if (command.external) return;
    call(command);
    for (const CommandInfo& inner : command.commands) each(inner, call);
}

// bash

/// What completes a value or argument, as statements.
std::string bash_place(const OptionInfo& option, const CommandInfo& program) {
    std::string text;
    if (const Texts words = candidates(option, program); !words.empty())
        text += fmt::format(" words={};", shell_word(fmt::format("{}", fmt::join(words, " "))));
    if (option.names.front().starts_with("KEY=")) text += " keys=1;";
    if (takes_files(option)) text += " files=1;";
    if (option.completes == Completes::folder) text += " folders=1;";
    return text;
}

std::string bash_case(const CommandInfo& command, const CommandInfo& program) {
    Texts options, values;
    for (const OptionInfo& option : command.options) {
        options.insert(options.end(), option.names.begin(), option.names.end());
        if (!option.value.empty()) values.insert(values.end(), option.names.begin(), option.names.end());
    }
    std::string text = fmt::format("        {})\n            options='{}' values=' {} '\n            case $before in\n",
                                   shell_word(command.name), fmt::join(options, " "), fmt::join(values, " "));
    for (const OptionInfo& option : command.options)
        if (!option.value.empty())
            text += fmt::format("                {}) given=1;{} ;;\n", fmt::join(option.names, "|"),
                                bash_place(option, program));
    text += "            esac\n            case $place in\n";
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
        const OptionInfo& argument = command.arguments[i];
        const std::string place = argument.repeats ? "*" : std::to_string(i);
        text +=
            fmt::format("                {}) [[ $given ]] || {{ :;{} }} ;;\n", place, bash_place(argument, program));
    }
    if (!command.commands.empty())
        text += fmt::format("                0) words='{}' ;;\n", fmt::join(command_names(command), " "));
    return text + "            esac ;;\n";
}

std::string bash_script(const CommandInfo& program) {
    Texts groups;
    std::string cases;
    each(program, [&](const CommandInfo& command) {
        cases += bash_case(command, program);
        if (!command.commands.empty() && !command.name.empty()) groups.push_back(command.name);
    });
    return fmt::format(R"(# bash completion for commonweal: source it, or put it where bash-completion looks
_commonweal() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
    local command=${{COMP_WORDS[1]}} first=2 place=0 i given='' words='' files='' folders='' keys='' options='' values=''
    ((COMP_CWORD == 1)) && command='' first=1
    case $command in
        {}) ((COMP_CWORD > 2)) && command+=" ${{COMP_WORDS[2]}}" first=3 ;;
    esac
    local told
    told=$(_commonweal_values "$command")
    for ((i = first; i < COMP_CWORD; i++)); do
        [[ ${{COMP_WORDS[i]}} == -* || $told == *" ${{COMP_WORDS[i-1]}} "* ]] || ((place++))
    done
    _commonweal_place
    COMPREPLY=()
    if [[ $word == -* && ! $given ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return
    fi
    [[ $words ]] && mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    [[ $keys ]] && compopt -o nospace 2> /dev/null
    [[ $files || $folders ]] && compopt -o filenames 2> /dev/null
    [[ $files ]] && mapfile -t -O ${{#COMPREPLY[@]}} COMPREPLY < <(compgen -f -- "$word")
    [[ $folders ]] && mapfile -t -O ${{#COMPREPLY[@]}} COMPREPLY < <(compgen -d -- "$word")
    return 0
}}
# Options of the command that are followed by a value.
_commonweal_values() {{
    local command=$1 before='' place=-1 given='' words files folders keys options values=''
    _commonweal_place
    echo "$values"
}}
# What may stand in this place of the command: sets words, files, folders, keys, options and values.
_commonweal_place() {{
    case $command in
{}    esac
}}
complete -F _commonweal commonweal
)",
                       fmt::join(groups, "|"), cases);
}

// zsh

/// A text within a specification of _arguments: in single quotes, with its own signs taken literally.
std::string zsh_text(const std::string& text) {
    std::string plain;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') plain += '\\';
        plain += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return plain;
}

std::string zsh_action(const OptionInfo& option, const CommandInfo& program) {
    const Texts words = candidates(option, program);
    if (option.completes == Completes::folder) return "_files -/";
    if (words.empty()) return takes_files(option) ? "_files" : " ";
    const std::string list = fmt::format("({})", fmt::join(words, " "));
    if (!takes_files(option)) return list;
    return fmt::format("{{_alternative \"words:name:{}\" \"files:file:_files\"}}", list);
}

std::string zsh_specs(const CommandInfo& command, const CommandInfo& program) {
    std::string text;
    for (const OptionInfo& option : command.options) {
        std::string spec = fmt::format("[{}]", zsh_text(option.meaning));
        if (!option.value.empty()) spec += fmt::format(":{}:{}", zsh_text(option.value), zsh_action(option, program));
        const std::string before = option.repeats ? "'*'" : fmt::format("'({})'", fmt::join(option.names, " "));
        const std::string names =
            option.names.size() == 1 ? option.names[0] : fmt::format("{{{}}}", fmt::join(option.names, ","));
        text += fmt::format("                {}{}'{}' \\\n", before, names, spec);
    }
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
        const OptionInfo& argument = command.arguments[i];
        const std::string place = argument.repeats ? "*" : fmt::format("{}{}", i + 1, argument.required ? "" : ":");
        text += fmt::format("                '{}:{}:{}' \\\n", place, zsh_text(argument.names.front()),
                            zsh_action(argument, program));
    }
    return text.substr(0, text.size() - 3) + "\n";
}

std::string zsh_commands(const CommandInfo& command) {
    std::string text;
    for (const CommandInfo& inner : command.commands)
        text += fmt::format("                '{}:{}'\n", inner.name.substr(inner.name.rfind(' ') + 1),
                            zsh_text(inner.summary));
    return text;
}

std::string zsh_script(const CommandInfo& program) {
    std::string cases;
    each(program, [&](const CommandInfo& command) {
        if (command.commands.empty())
            cases += fmt::format("        {})\n            _arguments -S \\\n{}            ;;\n",
                                 shell_word(command.name), zsh_specs(command, program));
        else
            cases += fmt::format(
                "        {})\n            commands=(\n{}            )\n            _describe -t commands command "
                "commands\n            ;;\n",
                shell_word(command.name), zsh_commands(command));
    });
    Texts groups;
    for (const CommandInfo& command : program.commands)
        if (!command.commands.empty()) groups.push_back(command.name);
    return fmt::format(R"(#compdef commonweal
# zsh completion for commonweal: source it behind compinit, or put it as _commonweal into a folder of fpath
_commonweal() {{
    local command='' first=1
    local -a commands
    if ((CURRENT > 2)); then
        command=$words[2] first=2
        case $command in
            {}) ((CURRENT > 3)) && command+=" $words[3]" first=3 ;;
        esac
    fi
    words=("$words[$first]" "${{(@)words[$((first + 1)),-1]}}")
    ((CURRENT -= first - 1))
    case $command in
{}        *) _files ;;
    esac
}}
if [[ $funcstack[1] == _commonweal ]]; then
    _commonweal "$@"
else
    compdef _commonweal commonweal
fi
)",
                       fmt::join(groups, "|"), cases);
}

// fish

std::string fish_word(const std::string& text) {
    std::string word = "'";
    for (const char c : text) word += c == '\'' || c == '\\' ? fmt::format("\\{}", c) : std::string(1, c);
    return word + "'";
}

std::string fish_option(const CommandInfo& command, const OptionInfo& option, const CommandInfo& program) {
    std::string text = fmt::format("complete -c commonweal -n '__commonweal_at {}'", command.name);
    for (const std::string& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    const Texts words = candidates(option, program);
    if (!option.value.empty())
        text += option.completes == Completes::folder ? " -x -a '(__fish_complete_directories)'"
                : takes_files(option)                 ? " -r -F"
                : words.empty()                       ? " -x"
                                : fmt::format(" -x -a {}", fish_word(fmt::format("{}", fmt::join(words, " "))));
    return text + " -d " + fish_word(option.meaning) + "\n";
}

std::string fish_argument(const CommandInfo& command, const OptionInfo& argument, const CommandInfo& program) {
    std::string text;
    const std::string at = fmt::format("complete -c commonweal -n '__commonweal_at {}'", command.name);
    if (const Texts words = candidates(argument, program); !words.empty())
        text += fmt::format("{} -a {}\n", at, fish_word(fmt::format("{}", fmt::join(words, " "))));
    if (argument.completes == Completes::folder) text += at + " -a '(__fish_complete_directories)'\n";
    if (takes_files(argument)) text += at + " -F\n";
    return text;
}

std::string fish_script(const CommandInfo& program) {
    std::string text = R"(# fish completion for commonweal: put it into ~/.config/fish/completions
function __commonweal_at
    set -l words (commandline -opc)[2..-1]
    test (count $words) -ge (count $argv); and test "$words[1..$(count $argv)]" = "$argv"
end
function __commonweal_next
    set -l words (commandline -opc)[2..-1]
    test "$words" = "$argv"
end
complete -c commonweal -f
)";
    each(program, [&](const CommandInfo& command) {
        for (const CommandInfo& inner : command.commands)
            text += fmt::format("complete -c commonweal -n '__commonweal_next {}' -a {} -d {}\n", command.name,
                                inner.name.substr(inner.name.rfind(' ') + 1), fish_word(inner.summary));
        if (command.name.empty() || !command.commands.empty()) return;
        for (const OptionInfo& option : command.options) text += fish_option(command, option, program);
        for (const OptionInfo& argument : command.arguments) text += fish_argument(command, argument, program);
    });
    return text;
}

}  // namespace

int completion_command(const std::string& shell, const CommandInfo& program) {
    print(shell == "bash" ? bash_script(program) : shell == "zsh" ? zsh_script(program) : fish_script(program));
    return 0;
}

}  // namespace commonweal
