#pragma once

#include <string>
#include <vector>

#include "sim/app/command_info.hpp"

namespace commonweal {

/// What the parser of the command line found wrong.
struct ParseFailure {
    enum class Kind { unknown_word, missing_argument, missing_command, missing_value, wrong_value, other };
    Kind kind = Kind::other;
    std::string option;             ///< name of the option or argument; "" when there is none
    std::string message;            ///< what the parser says
    std::vector<std::string> left;  ///< words that nothing takes
};

/// The same for a person: what is wrong, what is allowed, the nearest name, and where more is told.
std::string explained(const ParseFailure& failure, const CommandInfo& command);

}  // namespace commonweal
