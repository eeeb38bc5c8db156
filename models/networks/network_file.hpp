#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// A network that somebody measured.
struct NetworkFile {
    static constexpr std::string_view duplicate_rules[] = {"refuse", "merge"};
    static constexpr std::string_view isolated_rules[] = {"keep", "refuse"};
    static constexpr std::string_view name = "network_file";
    static constexpr std::string_view summary =
        "A network from a file: an edge list with or without a table of agents, or GraphML.";
    static constexpr std::string_view equation =
        "edge list (CSV or TSV): one row per tie, with the names of its two agents; optional columns of weights and of "
        "layers\n"
        "table of agents: one row per agent, with its name; all other columns are attributes. It says who there is, in "
        "which order;\n"
        "without it, agents are numbered in order of first appearance\n"
        "GraphML (.graphml, .xml): undirected; node properties are attributes, the edge property `weight` is the "
        "weight";
    static constexpr std::string_view source =
        "GraphML: Brandes, Eiglsperger, Herman, Himsolt & Marshall (2002), LNCS 2265, 501-512.";
    static constexpr bool random = false;

    std::string file, agents, id = "id", source_column = "source", target_column = "target", weight_column = "weight",
                              layer_column = "layer";
    std::uint32_t duplicates = 0, isolated = 0;

    static auto parameters() {
        using Self = NetworkFile;
        return std::array{
            Parameter<Self>{"file", &Self::file, 0, 0, "", "path of the edge list or GraphML file"},
            Parameter<Self>{"agents", &Self::agents, 0, 0, "", "path of the table of agents; empty: none"},
            Parameter<Self>{"id", &Self::id, 0, 0, "", "column of the agents' names in their table"},
            Parameter<Self>{"source", &Self::source_column, 0, 0, "", "column of the first agent of a tie"},
            Parameter<Self>{"target", &Self::target_column, 0, 0, "", "column of the second agent of a tie"},
            Parameter<Self>{"weight", &Self::weight_column, 0, 0, "",
                            "column of weights; one named 'weight' is read when there is one"},
            Parameter<Self>{"layer", &Self::layer_column, 0, 0, "",
                            "column of layers; one named 'layer' is read when there is one"},
            Parameter<Self>{"duplicates", &Self::duplicates, 0, 1, "",
                            "the same tie again: an error, or one tie with the weights added", duplicate_rules},
            Parameter<Self>{"isolated", &Self::isolated, 0, 1, "", "agents without a tie: kept, or an error",
                            isolated_rules},
        };
    }

    /// Throws IoError when a file cannot be read; ConfigError with file:line for what is wrong in it.
    Network generate(const Randomness&, std::uint32_t) const;

    /// Of regular files only: what comes through a pipe can be read once.
    std::vector<std::string> remarks(std::string_view keys) const;
};
static_assert(NetworkModel<NetworkFile>);

}  // namespace commonweal::models
