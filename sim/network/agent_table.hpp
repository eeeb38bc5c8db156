#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "sim/network/network.hpp"

namespace commonweal {

/// The agents of a table file: who they are, in its order, and what is known of each.
struct AgentTable {
    std::shared_ptr<AgentLabels> labels;
    Attributes attributes;
};

/// Reads a table with one row per agent. `id` is the column of the agents' names; each other column becomes an
/// attribute: of numbers when every field is a finite number, else of texts. The file is read twice, row by row. Throws
/// IoError; ConfigError (file:line) for a name that is empty or occurs twice, and for an empty field in a column of
/// numbers.
AgentTable read_agent_table(const std::filesystem::path& file, const std::string& id = "id");

/// The same attributes with the rows in the order of `labels`, agents that are known already. Throws ConfigError
/// (file:line) for a row of an agent that is not known, with the nearest name, and for a known agent without a row.
Attributes read_attributes_of(const AgentLabels& labels, const std::filesystem::path& file,
                              const std::string& id = "id");

}  // namespace commonweal
