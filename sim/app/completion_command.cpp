#include <fmt/format.h>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/core/nearest.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

/// What may follow a command, as lists of words.
struct Words {
    std::string commands, scenarios, names, networks;
};

void add(std::string& list, std::string_view word) { list += (list.empty() ? "" : " ") + std::string(word); }

Words words(const std::vector<std::string>& commands) {
    Words words;
    for (const auto& name : commands) add(words.commands, name);
    for (const auto* name : {"analyze", "reproduce"}) add(words.commands, name);
    for (const auto& name : scenario_names()) add(words.scenarios, name);
    for (const auto& entry : models::behaviors()) add(words.names, entry.info.name);
    for (const auto& entry : models::sanctions()) add(words.names, entry.info.name);
    for (const auto& entry : models::subjects()) add(words.names, entry.info.name);
    for (const auto& entry : models::networks()) {
        add(words.names, entry.info.name);
        add(words.networks, entry.info.name);
    }
    for (const auto& entry : models::strategies()) add(words.names, entry.info.name);
    for (const auto& entry : models::updates()) add(words.names, entry.info.name);
    for (const auto& section : scenario_sections())
        add(words.names, section.path.empty() ? "study" : section.path.substr(0, section.path.find('.')));
    return words;
}

constexpr const char* lists = "behaviors sanctions subjects networks strategies updates experiments";
constexpr const char* shells = "bash zsh fish";
constexpr const char* designs = "grid zip lhs sobol saltelli morris table";
constexpr const char* sweep_options =
    "--output --design --points --trajectories --levels --second-order --design-seed --table --until --max-replicates "
    "--dry-run --extend --no-merge --threads --lanes --shard --max-time --shard-seconds --on-failure --progress "
    "--quiet "
    "--submit --tasks --time --partition --account --memory --cpus-per-task --slurm-option --help";

std::string bash_script(const Words& words) {
    return fmt::format(R"(_commonweal() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} choices=
    if ((COMP_CWORD == 1)); then choices='{commands}'
    else
        case ${{COMP_WORDS[1]}} in
            run) [[ $before == run ]] && choices='{scenarios}'
                 [[ $word == -* ]] && choices='--output --force --json --threads --lanes --quiet --help' ;;
            sweep) [[ $before == sweep ]] && choices='{scenarios}'
                   case $before in --design) choices='{designs}' ;; --progress) choices='auto plain json none' ;; esac
                   [[ $word == -* ]] && choices='{sweep_options}' ;;
            status) [[ $word == -* ]] && choices='--json --watch --help' ;;
            retry) [[ $word == -* ]] && choices='--threads --lanes --shard --max-time --on-failure --progress --quiet --help' ;;
            merge) [[ $word == -* ]] && choices='--output --help' ;;
            verify) [[ $word == -* ]] && choices='--sample --threads --json --quiet --help' ;;
            replay) [[ $word == -* ]] && choices='--trace --output --force --help' ;;
            list) choices='{lists}' ;;
            describe) choices='{names}' ;;
            export) [[ $before == --to ]] && choices='csv salib'
                    [[ $word == -* ]] && choices='--to --output --columns --force --help' ;;
            config) ((COMP_CWORD == 2)) && choices='check show schema' || choices='{scenarios}' ;;
            network) ((COMP_CWORD == 2)) && choices='describe write'
                     ((COMP_CWORD == 3)) && choices='{networks}'
                     [[ $word == -* ]] && choices='--seed --instance --threads --json --output --agents --force --help' ;;
            completion) choices='{shells}' ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$choices" -- "$word"))
}}
complete -o default -F _commonweal commonweal
)",
                       fmt::arg("commands", words.commands), fmt::arg("scenarios", words.scenarios),
                       fmt::arg("names", words.names), fmt::arg("networks", words.networks), fmt::arg("lists", lists),
                       fmt::arg("shells", shells), fmt::arg("designs", designs),
                       fmt::arg("sweep_options", sweep_options));
}

std::string fish_script(const Words& words) {
    const auto line = [](std::string_view condition, std::string_view choices) {
        return fmt::format("complete -c commonweal -n '{}' -a '{}'\n", condition, choices);
    };
    return line("__fish_use_subcommand", words.commands) + line("__fish_seen_subcommand_from list", lists) +
           line("__fish_seen_subcommand_from describe", words.names) +
           line("__fish_seen_subcommand_from completion", shells) +
           line("__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from check show schema",
                "check show schema") +
           line("__fish_seen_subcommand_from network; and not __fish_seen_subcommand_from describe write",
                "describe write") +
           line("__fish_seen_subcommand_from network; and __fish_seen_subcommand_from describe write", words.networks) +
           line("__fish_seen_subcommand_from run sweep check show", words.scenarios) +
           fmt::format("complete -c commonweal -n '__fish_seen_subcommand_from sweep' -l design -x -a '{}'\n",
                       designs) +
           "complete -c commonweal -n '__fish_seen_subcommand_from sweep merge' -s o -l output -r -d 'folder'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from sweep' -l dry-run -d 'counts and estimates'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from sweep' -l extend -d 'add to the design'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from sweep' -l until -x -d 'criterion'\n" +
           "complete -c commonweal -n '__fish_seen_subcommand_from export' -l to -x -a 'csv salib' -d 'format'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from export' -s o -l output -r -d 'folder'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from export' -l columns -x -d 'columns'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from export' -s f -l force -d 'replace tables'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from run' -s o -l output -r -d 'results file'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from run' -s f -l force -d 'replace the output'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from run' -l json -d 'print JSON'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from run' -l threads -x -d 'threads'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from run' -l lanes -x -a '1 8 16 64' -d 'runs computed "
           "together'\n"
           "complete -c commonweal -n '__fish_seen_subcommand_from run' -s q -l quiet -d 'errors only'\n";
}

}  // namespace

int completion_command(const std::string& shell, const std::vector<std::string>& commands) {
    if (shell == "bash")
        print(bash_script(words(commands)));
    else if (shell == "zsh")
        print("autoload -U +X bashcompinit && bashcompinit\n" + bash_script(words(commands)));
    else if (shell == "fish")
        print(fish_script(words(commands)));
    else
        throw UsageError(fmt::format("there is no completion for '{}'{}; shells: bash, zsh, fish", shell,
                                     did_you_mean(shell, {"bash", "zsh", "fish"})));
    return 0;
}

}  // namespace commonweal
