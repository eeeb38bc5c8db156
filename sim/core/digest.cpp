#include "sim/core/digest.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <vector>

#include "sim/core/error.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace commonweal {

struct Digest::State {
    XXH3_state_t xxh;
};

Digest::Digest() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->xxh); }
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

Digest& Digest::add(const void* bytes, std::size_t count) noexcept {
    if (count) XXH3_128bits_update(&state_->xxh, bytes, count);
    return *this;
}

Digest& Digest::add(std::string_view text) noexcept {
    const std::uint64_t size = text.size();
    return add(&size, sizeof size).add(text.data(), text.size());
}

std::string Digest::hex() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(&state_->xxh);
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string digest_of_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    Digest digest;
    std::vector<char> piece(1 << 20);
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        digest.add(piece.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (!in.eof()) throw IoError(path.string(), fmt::format("cannot be read: {}", std::strerror(errno)));
    return digest.hex();
}

}  // namespace commonweal
