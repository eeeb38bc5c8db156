#include "sim/app/shell_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/error.hpp"

namespace commonweal {

namespace {

/// No shell and no other reader sees more in it than itself.
bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./:=,+@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view text) {
    if (!text.empty() && std::ranges::all_of(text, is_plain)) return std::string(text);
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'')
            word += "'\\''";
        else
            word += c;
    }
    return word + "'";
}

std::string sbatch_word(std::string_view text) {
    if (text.find('\n') != std::string_view::npos)
        throw UsageError(fmt::format("'{}' has a line break, which an #SBATCH line cannot hold", text));
    if (std::ranges::all_of(text, is_plain)) return std::string(text);
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
