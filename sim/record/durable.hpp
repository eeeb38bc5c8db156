#pragma once

#include <filesystem>
#include <string_view>

/// Files that are whole or not there, whatever happens to the process or the machine.
namespace commonweal {

/// Makes a finished file durable and gives it its final name, in the same folder. Throws IoError; the file is gone
/// then.
void publish(const std::filesystem::path& partial, const std::filesystem::path& path);

/// Writes a whole text file: all of it or, when that fails, nothing. Throws IoError.
void write_durably(const std::filesystem::path& path, std::string_view text);

/// Makes the names in a folder durable. Throws IoError.
void sync_folder(const std::filesystem::path& folder);

}  // namespace commonweal
