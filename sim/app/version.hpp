#pragma once

#include <string>

#include "sim/record/results_file.hpp"

namespace commonweal {

/// "0.1.0"
std::string program_version();

/// Short hash of the commit that the program was built from, or "unknown".
std::string program_commit();

/// Day of that commit, as 2026-11-29; without a repository the day on which the build was configured.
std::string program_date();

/// The same with the citation, for results files.
Program program();

/// `version`: the program, its commit, compiler and libraries, for people or as JSON.
int version_command(bool json);

}  // namespace commonweal
