#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The commands, one function each. All return the exit code, write results to stdout, and throw Error.
namespace commonweal {

/// `list`: names and one line on each; `what` is behaviors, sanctions, subjects, networks, strategies, updates,
/// experiments, or "" for all.
int list_command(const std::string& what);

/// `describe NAME`: a model or a section of scenario files, with equation, parameters and source.
int describe_command(const std::string& name);

/// `config check`: says that a scenario is right.
int check_command(const std::string& file, const std::vector<std::string>& overrides);

/// `config show`: a scenario with all its values, as TOML.
int show_command(const std::string& file, const std::vector<std::string>& overrides);

/// `config schema`: the JSON Schema of scenario files.
int schema_command();

struct RunOptions {
    std::string file;
    std::vector<std::string> overrides;
    std::filesystem::path output;  ///< results file; "" writes none
    bool json = false;
    bool force = false;  ///< replace an output that exists
    bool quiet = false;
    unsigned threads = 0;   ///< 0: as many as cores
    std::size_t lanes = 0;  ///< 1, 8, 16 or 64; 0: chosen
};

/// `run`: computes a scenario, prints a summary, writes the results file.
int run_command(const RunOptions& options);

struct NetworkOptions {
    std::string what;                   ///< a generator, a file, or a scenario file (.toml)
    std::vector<std::string> settings;  ///< values of its parameters, key=value
    std::optional<std::uint64_t> seed;
    std::uint32_t instance = 0;
    std::filesystem::path output;         ///< `write`: the ties; the ending says the format. `draw`: the picture
    std::filesystem::path agents_output;  ///< `write`: the agents with their attributes; "" writes none
    bool json = false;
    bool force = false;    ///< replace an output that exists
    unsigned threads = 0;  ///< 0: as many as cores
};

/// `network describe`: size, degrees, clustering, components, distances and mixing of a network.
int network_describe_command(const NetworkOptions& options);

/// `network write`: a network as an edge list or GraphML.
int network_write_command(const NetworkOptions& options);

/// `network draw`: a network as a picture.
int network_draw_command(const NetworkOptions& options);

/// `completion`: a script for bash, zsh or fish that completes commands, names and scenarios.
int completion_command(const std::string& shell, const std::vector<std::string>& commands);

}  // namespace commonweal
