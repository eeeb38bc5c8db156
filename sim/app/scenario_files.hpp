#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// Where the scenarios that come with the program are.
namespace commonweal {

/// Folders that are searched, in order: $COMMONWEAL_CONFIGS, share/commonweal/configs beside the folder of the program,
/// and configs/ in the folders above it, so that a build finds those of its sources.
std::vector<std::filesystem::path> scenario_folders();

/// The folder that holds the program, or "" when the system does not tell.
std::filesystem::path program_folder();

/// Names of all scenarios in these folders, sorted: "experiments/fowler_christakis_2010". Templates are none.
std::vector<std::string> scenario_names();

/// Names of the templates of `config init`, sorted.
std::vector<std::string> template_names();

/// The folder with the files of a template; "" when there is none of that name.
std::filesystem::path template_folder(const std::string& name);

/// Throws ConfigError for the name of a regime or world that comes with the program: neither can be computed by itself.
void check_is_scenario(const std::string& word);

/// Whether a scenario that comes with the program has this name, or this last part of it.
bool is_scenario_name(const std::string& word);

/// The file that a word of the command line means: a path, else a scenario of that name, with or without ".toml", else
/// the only one with that last part. Throws ConfigError with the nearest names.
std::filesystem::path find_scenario(const std::string& word);

}  // namespace commonweal
