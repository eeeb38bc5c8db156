#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/app/command_info.hpp"

namespace commonweal {

/// All commands with their arguments and options; it takes words apart and remembers what they ask for.
class CommandTree {
public:
    CommandTree();
    ~CommandTree();

    /// The program and its commands, those of the Python package too.
    const CommandInfo& info() const;

    /// The command that the words ask for, which does nothing before it is called. Throws UsageError.
    std::function<int()> parse(std::vector<std::string> words);

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace commonweal
