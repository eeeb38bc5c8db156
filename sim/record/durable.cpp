#include "sim/record/durable.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sim/core/error.hpp"

namespace commonweal {

namespace {

/// fsync of a path; the reason when it fails. File systems that cannot sync a folder say EINVAL, and need not.
int sync_path(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return errno;
    const int reason = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    return reason;
}

}  // namespace

void sync_folder(const std::filesystem::path& folder) {
    const std::filesystem::path place = folder.empty() ? "." : folder;
    const int reason = sync_path(place, O_RDONLY | O_DIRECTORY);
    if (reason && reason != EINVAL)
        throw IoError(place.string(), fmt::format("cannot be made durable: {}", std::strerror(reason)));
}

void publish(const std::filesystem::path& partial, const std::filesystem::path& path) {
    std::error_code failure;
    try {
        if (const int reason = sync_path(partial, O_RDONLY))
            throw IoError(partial.string(), fmt::format("cannot be made durable: {}", std::strerror(reason)));
        std::filesystem::rename(partial, path, failure);
        if (failure) throw IoError(path.string(), "cannot be given its name: " + failure.message());
        sync_folder(path.parent_path());
    } catch (...) {
        std::filesystem::remove(partial, failure);
        throw;
    }
}

void check_replaceable(const std::filesystem::path& path, bool replace) {
    std::error_code unknown;
    const auto status = std::filesystem::status(path, unknown);
    if (!std::filesystem::exists(status)) return;
    if (!std::filesystem::is_regular_file(status)) throw IoError(path.string(), "exists and is not a file");
    if (!replace) throw OtherDesignError(path.string() + " exists; --force replaces it");
}

int write_all(int descriptor, std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) return errno;
        if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

void write_durably(const std::filesystem::path& path, std::string_view text, unsigned mode) {
    const std::filesystem::path partial = path.string() + ".partial";
    const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    int reason = descriptor < 0 ? errno : 0;
    if (!reason) reason = write_all(descriptor, text);
    if (descriptor >= 0 && ::close(descriptor) != 0 && !reason) reason = errno;
    if (reason) {
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
        throw IoError(path.string(), fmt::format("cannot be written: {}", std::strerror(reason)));
    }
    publish(partial, path);
}

}  // namespace commonweal
