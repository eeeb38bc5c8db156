#pragma once

#include <string>
#include <string_view>

#include "sim/core/shell_word.hpp"

/// Words that a script is made of, so that other programs read them back unchanged.
namespace commonweal {

/// The text as one word of an #SBATCH line, in double quotes where it needs them. Slurm's rules are its own: a $ is a
/// $, and outside of quotes a # starts a comment and no backslash keeps a blank. Throws UsageError for a line break,
/// which would end the line.
std::string sbatch_word(std::string_view text);

/// The path as Slurm reads the name of a log, where % starts a placeholder. Throws UsageError for a backslash, which
/// would turn all placeholders off.
std::string sbatch_log_path(std::string_view path);

}  // namespace commonweal
