#pragma once

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace commonweal {

/// How the values of a variable are cut and compressed.
struct ChunkPlan {
    std::vector<hsize_t> extent;  ///< [axis]
    std::vector<hsize_t> chunk;   ///< [axis]
    std::size_t value_bytes;
};

inline constexpr unsigned deflate_level = 4;

/// Writes rows [first, first + count) of the first axis as whole chunks, compressed in parallel: bytes shuffled, then
/// deflated, as the filters of HDF5 would do one chunk after the other. False, and nothing written, when the rows are
/// not whole chunks. Throws std::runtime_error with a reason when a chunk cannot be written.
bool write_chunks(hid_t dataset, const ChunkPlan& plan, std::uint64_t first, std::uint64_t count,
                  const std::byte* values);

}  // namespace commonweal
