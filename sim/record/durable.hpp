#pragma once

#include <filesystem>
#include <string_view>

/// Files that are whole or not there, whatever happens to the process or the machine.
namespace commonweal {

/// Makes a finished file durable and gives it its final name, in the same folder. Throws IoError; the file is gone
/// then.
void publish(const std::filesystem::path& partial, const std::filesystem::path& path);

/// Writes a whole text file: all of it or, when that fails, nothing. `mode`: permissions, less those that the user's
/// mask takes away. Throws IoError.
void write_durably(const std::filesystem::path& path, std::string_view text, unsigned mode = 0666);

/// Writes all bytes to an open file. The error number of what went wrong, else 0.
int write_all(int descriptor, std::string_view bytes) noexcept;

/// Throws IoError for a path that is there and is no file, and OtherDesignError for a file, unless it may be replaced.
void check_replaceable(const std::filesystem::path& path, bool replace);

/// Makes the names in a folder durable. Throws IoError.
void sync_folder(const std::filesystem::path& folder);

}  // namespace commonweal
