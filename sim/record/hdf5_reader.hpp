#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/record/number.hpp"

namespace commonweal {

/// One HDF5 file of ours being read. Every failure is an IoError that names the file.
class Hdf5Reader {
public:
    /// Throws IoError when there is no such file, or none that the library can read.
    explicit Hdf5Reader(std::filesystem::path path);
    ~Hdf5Reader();
    Hdf5Reader(Hdf5Reader&&) noexcept;
    Hdf5Reader& operator=(Hdf5Reader&&) noexcept;

    bool has(const std::string& name) const;

    /// A text attribute of the root (owner ""), a group or a variable.
    std::string text(const std::string& owner, const std::string& name) const;
    std::int32_t number(const std::string& owner, const std::string& name) const;

    /// Sizes of a variable's axes.
    std::vector<std::uint64_t> shape(const std::string& name) const;

    /// Reads rows [first, first + count) of the first axis as numbers of `type` into `target`.
    void read(const std::string& name, std::uint64_t first, std::uint64_t count, Number type, void* target) const;
    std::vector<std::int32_t> whole_numbers(const std::string& name) const;
    std::vector<std::string> texts(const std::string& name) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace commonweal
