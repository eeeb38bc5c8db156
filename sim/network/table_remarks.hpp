#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/edge_list.hpp"

namespace commonweal {

/// What a person may not have meant in an edge list that can be read, a sentence each: columns that are not used
/// although they could be weights or layers, and layers whose names differ only in capitals or spaces. `keys` stands
/// in front of each key=value that is proposed, as "network." for a scenario. Throws what read_edge_list throws for
/// columns and rows.
std::vector<std::string> edge_list_remarks(const std::filesystem::path& file, const EdgeListFormat& format,
                                           std::string_view keys);

/// The same of a table of agents: texts of a column that differ only in capitals or spaces, and columns that are named
/// almost like those of organizations. Throws what read_agent_table throws for columns and rows.
std::vector<std::string> agent_table_remarks(const std::filesystem::path& file, const std::string& id);

}  // namespace commonweal
