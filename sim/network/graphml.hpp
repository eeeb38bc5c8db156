#pragma once

#include <filesystem>

#include "sim/network/network.hpp"

namespace commonweal {

/// A GraphML document keeps its whole tree in memory while it is read: larger files belong in an edge list.
inline constexpr std::uintmax_t largest_graphml = 256u << 20;

/// Reads the first undirected graph of a GraphML file (Brandes et al. 2002) with Boost.Graph. Node ids become labels;
/// node properties become attributes, of numbers where the key says so; the edge property `weight` becomes the weights,
/// other edge properties are not kept. Throws IoError; ConfigError for a file that is no GraphML, too large or
/// directed, and with file:line for a tie of an agent with itself, a duplicate unless merged, a weight that is not a
/// finite number of at least 0, and a node without a property that others have.
Network read_graphml(const std::filesystem::path& file, Duplicates duplicates = Duplicates::refuse);

}  // namespace commonweal
