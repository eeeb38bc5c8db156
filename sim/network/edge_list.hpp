#pragma once

#include <filesystem>
#include <string>

#include "sim/network/network.hpp"

namespace commonweal {

/// What an edge list's columns are called, and how its ties are taken.
struct EdgeListFormat {
    std::string source = "source", target = "target";  ///< columns of the two agents of a tie
    std::string weight = "weight";  ///< column of the weight [-]; with this name it may be missing: no weights
    std::string layer = "layer";    ///< column of the layer's name; with this name it may be missing: one layer, "ties"
    Duplicates duplicates = Duplicates::refuse;  ///< the same pair again in one layer, in either direction
};

/// Reads a table of ties (CSV or TSV), row by row: memory grows with the agents and ties, not with the texts of the
/// file. Agents are called by any text. With `known`, only they occur, in that order, and some may have no tie;
/// without, agents are numbered in order of first appearance. Throws IoError; ConfigError (file:line) for an agent that
/// is empty, unknown, or tied to itself, a weight that is not a finite number of at least 0, a layer without a name,
/// and a duplicate, with the lines of both.
Network read_edge_list(const std::filesystem::path& file, const EdgeListFormat& format = {},
                       std::shared_ptr<AgentLabels> known = nullptr, Attributes attributes = {});

}  // namespace commonweal
