#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace commonweal {

/// The program commonweal-NAME, on the PATH or beside this one; "" when there is none.
std::filesystem::path external_program(const std::string& name);

/// Becomes the program commonweal-NAME, on the PATH or beside this one, as git does; COMMONWEAL_BINARY tells it where
/// this one is. arguments[0] is NAME. Does not return when there is such a program; else throws UsageError that says
/// how to get it, or which of the known commands is near.
[[noreturn]] void run_external(const std::vector<std::string>& arguments, const std::vector<std::string>& known);

}  // namespace commonweal
