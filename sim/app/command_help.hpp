#pragma once

#include <string>
#include <vector>

namespace commonweal {

/// What a command is for, in words. The tree of commands has its arguments and options.
struct CommandHelp {
    const char* name;                        ///< "config check"; "" is the program
    const char* group;                       ///< what a person wants
    const char* summary;                     ///< one line
    const char* examples;                    ///< each line indented by two blanks
    std::vector<const char*> more = {};      ///< paragraphs for the manual
    std::vector<const char*> see_also = {};  ///< names of commands
};

/// All of them, in the order in which help lists them. Those of the Python package are told as well.
const std::vector<CommandHelp>& command_helps();

/// The words on one command. Throws std::out_of_range for another name.
const CommandHelp& help_of(const std::string& name);

}  // namespace commonweal
