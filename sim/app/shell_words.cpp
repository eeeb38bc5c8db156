#include "sim/app/shell_words.hpp"

#include <fmt/format.h>

#include "sim/core/error.hpp"

namespace commonweal {

std::string sbatch_word(std::string_view text) {
    if (text.find('\n') != std::string_view::npos)
        throw UsageError(fmt::format("'{}' has a line break, which an #SBATCH line cannot hold", text));
    if (text.empty() || shell_word(text) == text) return std::string(text);
    std::string word = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') word += '\\';
        word += c;
    }
    return word + "\"";
}

std::string sbatch_log_path(std::string_view path) {
    if (path.find('\\') != std::string_view::npos)
        throw UsageError(fmt::format(
            "{}: Slurm cannot write logs below a folder with a backslash in its name; choose another", path));
    std::string escaped;
    for (const char c : path) escaped += c == '%' ? "%%" : std::string(1, c);
    return escaped;
}

}  // namespace commonweal
