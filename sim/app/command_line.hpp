#pragma once

#include <string>
#include <vector>

namespace commonweal {

/// Reads the words after the program's name, and does what they ask for. Returns the exit code. Throws UsageError for a
/// wrong command line, and what the commands throw.
int command_line(const std::vector<std::string>& arguments);

}  // namespace commonweal
