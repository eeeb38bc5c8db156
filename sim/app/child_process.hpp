#pragma once

#include <string>
#include <vector>

namespace commonweal {

/// How a program ended, and what it wrote.
struct Ended {
    int code = 0;  ///< its exit code; 128 + the signal that ended it
    std::string out, err;
};

/// Runs a program of the PATH to its end, without a shell: each word reaches it as it is. Its standard input is empty.
/// Throws IoError when it cannot be started, with the system's reason.
Ended run_to_end(const std::vector<std::string>& words);

}  // namespace commonweal
