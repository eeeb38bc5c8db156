#pragma once

#include <stdexcept>
#include <string>

namespace commonweal {

/// Everything the program can tell its user about a failure. main() maps the type to an exit code.
struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The scenario, the command line or a data file asks for something impossible. Exit code 2; nothing was written.
/// The message says where, what was found, and what is allowed: "configs/decay.toml:8:15: game.mpcr is -1; it must be
/// ...".
struct ConfigError : Error {
    using Error::Error;
    ConfigError(const std::string& where, const std::string& what)
        : Error(where.empty() ? what : where + ": " + what) {}
};

/// A file could not be read or written. Exit code 74; no file is left half written.
struct IoError : Error {
    using Error::Error;
    IoError(const std::string& path, const std::string& what) : Error(path + ": " + what) {}
};

/// The command was used wrongly (a missing argument, an unknown model name). Exit code 2.
struct UsageError : Error {
    using Error::Error;
};

/// The output exists and belongs to another design. Exit code 6.
struct OtherDesignError : Error {
    using Error::Error;
};

}  // namespace commonweal
