#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace commonweal {

/// The text of a scenario file with those of the files that it includes behind it, so that it stands for itself
/// wherever it is kept. `include = ["file.toml", ...]` at the top level names files of regimes and worlds: they have
/// tables [regime.<name>] and [world.<name>] only. `more` are files as well, named by the caller. Throws ConfigError
/// for a file that has anything else, or a regime or world that another one has; IoError for one that cannot be read.
std::string scenario_text(const std::filesystem::path& file, const std::vector<std::filesystem::path>& more = {});

/// The file and the line in it that a line of such a text comes from.
struct LineOrigin {
    std::string file;
    std::size_t line;
};

/// Where lines of a text come from; `name` is the file of those before the first mark.
class LineOrigins {
public:
    LineOrigins(std::string_view text, const std::string& name);
    LineOrigin of(std::size_t line) const;

private:
    struct Part {
        std::size_t first;  ///< line of the text
        std::string file;
    };
    std::vector<Part> parts_;
};

}  // namespace commonweal
