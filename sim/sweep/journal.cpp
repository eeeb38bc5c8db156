#include "sim/sweep/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "sim/core/error.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

namespace {

using Json = nlohmann::ordered_json;

std::string line_of(const JournalEntry& entry) {
    const Json json{{"shard", entry.shard},     {"generation", entry.generation}, {"xxh3", entry.digest},
                    {"bytes", entry.bytes},     {"done", text_of(entry.done)},    {"failed", text_of(entry.failed)},
                    {"seconds", entry.seconds}, {"threads", entry.threads},       {"host", entry.host},
                    {"time", entry.time}};
    return json.dump() + "\n";
}

JournalEntry entry_of(const std::string& line) {
    const Json json = Json::parse(line);
    JournalEntry entry;
    entry.shard = json.at("shard");
    entry.generation = json.at("generation");
    entry.digest = json.at("xxh3");
    entry.bytes = json.at("bytes");
    entry.done = parse_ranges(json.at("done").get<std::string>());
    entry.failed = parse_ranges(json.at("failed").get<std::string>());
    entry.seconds = json.at("seconds");
    entry.threads = json.at("threads");
    entry.host = json.at("host");
    entry.time = json.at("time");
    return entry;
}

[[noreturn]] void fail(const std::filesystem::path& path, const char* what) {
    throw IoError(path.string(), fmt::format("{}: {}", what, std::strerror(errno)));
}

void read_journal(const std::filesystem::path& path, std::vector<JournalEntry>& entries) {
    std::ifstream in(path, std::ios::binary);
    if (!in) fail(path, "cannot be read");
    std::string text;
    try {
        text.assign(std::istreambuf_iterator<char>(in), {});
    } catch (const std::ios_base::failure&) {  // so the library says of a folder, and of a disk that fails
        fail(path, "cannot be read");
    }
    std::size_t begin = 0;
    for (std::size_t number = 1;; ++number) {
        const std::size_t end = text.find('\n', begin);
        if (end == text.npos) return;
        try {
            entries.push_back(entry_of(text.substr(begin, end - begin)));
        } catch (const std::exception& error) {
            throw IoError(fmt::format("{}:{}", path.string(), number),
                          fmt::format("is no line of a journal: {}", error.what()));
        }
        begin = end + 1;
    }
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& path, Kind kind, const std::string& busy) {
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) fail(path, "cannot be opened");
    const int wish = (kind == Kind::exclusive ? LOCK_EX : LOCK_SH) | (busy.empty() ? 0 : LOCK_NB);
    int result = ::flock(file_, wish);
    while (result != 0 && errno == EINTR) result = ::flock(file_, wish);
    if (result == 0) return;
    const bool held = errno == EWOULDBLOCK;
    const int reason = errno;
    ::close(file_);
    errno = reason;
    if (held) throw IoError(path.parent_path().string(), busy);
    fail(path, "cannot be locked");
}

FileLock::~FileLock() { ::close(file_); }

Journal::Journal(std::filesystem::path path) : path_(std::move(path)) {
    const bool fresh = !std::filesystem::exists(path_);
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) fail(path_, "cannot be written");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        ::close(file_);
        throw IoError(path_.string(), "another process works on this share of the sweep");
    }
    std::string text;
    {
        std::ifstream in(path_, std::ios::binary);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    const std::size_t whole = text.rfind('\n') == text.npos ? 0 : text.rfind('\n') + 1;
    if (whole != text.size() && ::ftruncate(file_, static_cast<off_t>(whole)) != 0) {
        const int reason = errno;
        ::close(file_);
        errno = reason;
        fail(path_, "cannot be mended");
    }
    ::lseek(file_, 0, SEEK_END);
    if (fresh) sync_folder(path_.parent_path());
}

Journal::~Journal() { ::close(file_); }

void Journal::append(const JournalEntry& entry) {
    const std::string line = line_of(entry);
    const off_t before = ::lseek(file_, 0, SEEK_CUR);
    if (const int reason = write_all(file_, line)) {
        if (::ftruncate(file_, before) == 0) ::lseek(file_, before, SEEK_SET);
        errno = reason;
        fail(path_, "cannot be written");
    }
    ::fdatasync(file_);  // a line that is lost in a power failure only costs that its shard is computed again
}

std::vector<JournalEntry> read_journals(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code failure;
    for (const auto& file : std::filesystem::directory_iterator(folder, failure))
        if (file.path().extension() == ".jsonl") paths.push_back(file.path());
    if (failure) throw IoError(folder.string(), "cannot be read: " + failure.message());
    std::ranges::sort(paths);
    std::vector<JournalEntry> entries;
    for (const auto& path : paths) read_journal(path, entries);
    return entries;
}

}  // namespace commonweal
