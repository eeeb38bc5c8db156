#pragma once

#include <filesystem>

#include "sim/network/network.hpp"

namespace commonweal {

/// Writes the ties as an edge list: source, target, weight when there are weights, layer when there are several. Fields
/// are separated by commas, or by tabs when the name ends in .tsv. Each tie once, the agent with the lower number
/// first. All writers write beside the final name and rename when the file is complete. They throw IoError.
void write_edge_list(const Network& network, const std::filesystem::path& file);

/// Whether an edge list read without a table of agents numbers them as they are here: readers number agents in the
/// order in which they meet them, and random decisions go by number.
bool edge_list_keeps_numbers(const Network& network);

/// Writes the agents with their attributes: id and one column each, as the readers take them.
void write_agent_table(const Network& network, const std::filesystem::path& file);

/// Writes one layer with labels, attributes and weights as GraphML (Brandes et al. 2002).
/// Throws ConfigError when the network has several layers.
void write_graphml(const Network& network, const std::filesystem::path& file);

}  // namespace commonweal
