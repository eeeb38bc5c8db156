#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/app/command_info.hpp"

/// The commands, one function each. All return the exit code, write results to stdout, and throw Error.
namespace commonweal {

/// What `list` can be asked for: behaviors, sanctions, ..., metrics, experiments.
const std::vector<std::string>& list_names();

/// `list`: names and one line on each; `what` is one of list_names(), or "" for all.
int list_command(const std::string& what);

/// What `describe` can be asked for, sorted.
std::vector<std::string> described_names();

/// `describe NAME`: a model, a metric or a section of scenario files, with equation, parameters and source.
int describe_command(const std::string& name);

struct InitOptions {
    std::string name;              ///< of the template; "" lists all
    std::filesystem::path folder;  ///< that takes the files; "" is one of the template's name
    bool force = false;            ///< replace files that exist
};

/// `config init`: writes a template.
int init_command(const InitOptions& options);

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
    bool force = false;  ///< replace an output that exists
    bool quiet = false;
    unsigned threads = 0;  ///< 0: as many as cores
};

/// `network describe`: size, degrees, clustering, components, distances and mixing of a network.
int network_describe_command(const NetworkOptions& options);

/// `network write`: a network as an edge list or GraphML.
int network_write_command(const NetworkOptions& options);

/// `network draw`: a network as a picture.
int network_draw_command(const NetworkOptions& options);

struct OddOptions {
    std::string file;
    std::vector<std::string> overrides;
    std::filesystem::path output;  ///< "" is standard output
    bool force = false;            ///< replace an output that exists
};

/// `odd`: a scenario by the ODD protocol, as Markdown.
int odd_command(const OddOptions& options);

struct CiteOptions {
    std::string file;  ///< scenario; "" cites the program alone
    std::vector<std::string> overrides;
    std::vector<std::string> formats;  ///< bibtex, cff or text; at most one
};

/// `cite`: how to cite the program, and what a scenario rests on.
int cite_command(const CiteOptions& options);

/// `completion`: a script for bash, zsh or fish that completes commands, options, names and scenarios.
int completion_command(const std::string& shell, const CommandInfo& program);

struct ManualOptions {
    std::vector<std::string> command;  ///< words of its name; empty: all commands
    std::string format = "man";        ///< or "markdown"
    std::filesystem::path folder;      ///< takes a page for each command; "" is standard output
};

/// `manual`: what help tells, and more, as pages.
int manual_command(const ManualOptions& options, const CommandInfo& program);

}  // namespace commonweal
