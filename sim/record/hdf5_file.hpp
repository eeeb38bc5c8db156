#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/record/run_schema.hpp"

namespace commonweal {

/// One HDF5 file being written. It is created beside its final name and published by finish(): a file that exists under
/// the final name is complete. Without finish() nothing is left. Equal contents give equal bytes.
///
/// This header names no HDF5 type; the library is known to this class alone.
class Hdf5File {
public:
    /// An axis of a variable: its name is that of a coordinate written before.
    struct Axis {
        std::string name;
        std::uint64_t size;
    };

    /// Compressed for those who read it; plain where speed counts.
    enum class Layout { compressed, plain };

    /// Throws IoError when the file cannot be created.
    explicit Hdf5File(std::filesystem::path path, Layout layout = Layout::compressed);
    ~Hdf5File();
    Hdf5File(const Hdf5File&) = delete;
    Hdf5File& operator=(const Hdf5File&) = delete;

    /// Writes a coordinate variable and makes it the dimension scale of the axis with that name.
    void coordinate(const Coordinate& axis);

    /// The same of whole numbers that are written later.
    void coordinate(const std::string& name, std::uint64_t size, std::string_view long_name);

    /// Creates a variable; axes that have coordinates are tied to them. A compressed one has chunks of about half a
    /// megabyte along the first axis. A name may begin with that of a group: "group/name".
    void variable(const std::string& name, Number type, const std::vector<Axis>& axes, std::string_view unit,
                  std::string_view long_name);

    /// Creates a variable of texts.
    void texts(const std::string& name, const std::vector<Axis>& axes, std::string_view long_name);

    /// Writes rows [first, first + count) of the first axis of a variable; values are of `type`.
    void write(const std::string& name, std::uint64_t first, std::uint64_t count, Number type, const void* values);

    /// Writes texts from row `first` on.
    void write(const std::string& name, std::uint64_t first, const std::vector<std::string>& values);

    void group(const std::string& name);
    /// An attribute of the root (owner ""), a group or a variable.
    void attribute(const std::string& owner, const std::string& name, std::string_view text);
    void attribute(const std::string& owner, const std::string& name, std::int32_t number);
    void attribute(const std::string& owner, const std::string& name, Number type, const void* values,
                   std::size_t count);

    /// Closes the file, makes it durable, and gives it its final name. Throws IoError, and leaves nothing, when it
    /// cannot.
    void finish();

private:
    void make_scale(const std::string& name, std::string_view long_name);
    void attach(const std::string& name, const std::vector<Axis>& axes);

    struct State;
    std::unique_ptr<State> state_;
};

/// Version of the HDF5 library, "1.10.8".
std::string hdf5_version();

}  // namespace commonweal
