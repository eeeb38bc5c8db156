#include "sim/record/csv_file.hpp"

#include <fcntl.h>
#include <fmt/compile.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iterator>

#include "sim/core/error.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

namespace {

constexpr std::size_t piece = 1 << 20;

}  // namespace

void add_field(fmt::memory_buffer& line, std::string_view text) {
    const bool plain = text.find_first_of("\",\r\n") == text.npos && !text.starts_with(' ') && !text.ends_with(' ');
    if (plain) {
        line.append(text.data(), text.data() + text.size());
        return;
    }
    line.push_back('"');
    for (const char c : text) {
        if (c == '"') line.push_back('"');
        line.push_back(c);
    }
    line.push_back('"');
}

void add_field(fmt::memory_buffer& line, Number type, const std::byte* place) {
    with_type(type, [&]<class Stored>(Stored) {
        Stored value;
        std::memcpy(&value, place, sizeof value);
        if (is_missing(value)) return;
        if constexpr (std::is_integral_v<Stored>)
            fmt::format_to(std::back_inserter(line), FMT_COMPILE("{}"), static_cast<int>(value));
        else
            fmt::format_to(std::back_inserter(line), FMT_COMPILE("{}"), value);
    });
}

CsvFile::CsvFile(std::filesystem::path path) : path_(std::move(path)), partial_(path_.string() + ".partial") {
    descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(errno);
}

CsvFile::~CsvFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    std::error_code ignored;
    if (!published_) std::filesystem::remove(partial_, ignored);
}

void CsvFile::fail(int reason) const {
    throw IoError(path_.string(), fmt::format("cannot be written: {}", std::strerror(reason)));
}

void CsvFile::end_row() {
    line_.push_back('\n');
    if (line_.size() >= piece) write();
}

void CsvFile::write() {
    if (const int reason = write_all(descriptor_, {line_.data(), line_.size()})) fail(reason);
    line_.clear();
}

void CsvFile::close() {
    write();
    const int descriptor = descriptor_;
    descriptor_ = -1;
    if (::close(descriptor) != 0) fail(errno);
}

void CsvFile::publish() {
    commonweal::publish(partial_, path_);
    published_ = true;
}

}  // namespace commonweal
