#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace commonweal {

/// A 128-bit digest (XXH3) of bytes that come piece by piece: equal bytes give equal digests on every machine. It finds
/// damage and change; it is no defense against forgery.
class Digest {
public:
    Digest();
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;

    Digest& add(const void* bytes, std::size_t count) noexcept;

    /// The text and its length: "ab","c" and "a","bc" differ.
    Digest& add(std::string_view text) noexcept;

    /// Of all that was added, as 32 hexadecimal digits.
    std::string hex() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Of a file's bytes. Throws IoError.
std::string digest_of_file(const std::filesystem::path& path);

}  // namespace commonweal
