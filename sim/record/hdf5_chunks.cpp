#include "sim/record/hdf5_chunks.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "sim/core/parallel.hpp"

namespace commonweal {

namespace {

using Bytes = std::vector<std::byte>;
using Place = std::vector<hsize_t>;  ///< [axis], first value of a chunk

constexpr std::size_t in_memory = 128;  ///< compressed chunks that wait to be written

std::uint64_t values_of(const Place& extent) {
    std::uint64_t values = 1;
    for (const hsize_t size : extent) values *= size;
    return values;
}

/// Places of all chunks of some rows, in the order in which they lie in the file.
std::vector<Place> places_of(const ChunkPlan& plan, std::uint64_t first, std::uint64_t count) {
    std::vector<Place> places;
    Place place(plan.extent.size(), 0);
    place[0] = first;
    while (true) {
        places.push_back(place);
        std::size_t axis = place.size();
        while (axis-- > 0) {
            place[axis] += plan.chunk[axis];
            if (place[axis] < (axis == 0 ? first + count : plan.extent[axis])) break;
            if (axis == 0) return places;
            place[axis] = 0;
        }
    }
}

/// Copies the part of a chunk along `axis` and all later ones; what lies outside the extent stays 0.
void copy(const ChunkPlan& plan, const Place& place, std::size_t axis, const std::byte* from, std::byte* to) {
    std::uint64_t from_step = plan.value_bytes, to_step = plan.value_bytes;
    for (std::size_t later = axis + 1; later < place.size(); ++later) {
        from_step *= plan.extent[later];
        to_step *= plan.chunk[later];
    }
    const std::uint64_t size = std::min(plan.chunk[axis], plan.extent[axis] - place[axis]);
    from += place[axis] * from_step;
    if (from_step == to_step) {  // all later axes are whole
        std::memcpy(to, from, size * from_step);
        return;
    }
    for (std::uint64_t i = 0; i < size; ++i) copy(plan, place, axis + 1, from + i * from_step, to + i * to_step);
}

/// First bytes of all values, then their second bytes, and so on: bytes that belong together compress well.
Bytes shuffled(const Bytes& values, std::size_t value_bytes) {
    if (value_bytes == 1) return values;
    Bytes planes(values.size());
    const std::size_t count = values.size() / value_bytes;
    for (std::size_t byte = 0; byte < value_bytes; ++byte)
        for (std::size_t i = 0; i < count; ++i) planes[byte * count + i] = values[i * value_bytes + byte];
    return planes;
}

Bytes deflated(const Bytes& values) {
    uLongf size = compressBound(static_cast<uLong>(values.size()));
    Bytes packed(size);
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(values.data()),
                  static_cast<uLong>(values.size()), int{deflate_level}) != Z_OK)
        throw std::runtime_error("zlib cannot compress a chunk");
    packed.resize(size);
    return packed;
}

}  // namespace

bool write_chunks(hid_t dataset, const ChunkPlan& plan, std::uint64_t first, std::uint64_t count,
                  const std::byte* values) {
    const std::uint64_t rows = plan.chunk[0], end = first + count;
    if (count == 0 || first % rows != 0 || (end % rows != 0 && end != plan.extent[0])) return false;
    const std::vector<Place> places = places_of(plan, first, count);
    const std::size_t chunk_bytes = values_of(plan.chunk) * plan.value_bytes;
    const std::byte* const origin = values - first * (values_of(plan.extent) / plan.extent[0]) * plan.value_bytes;
    for (std::size_t begin = 0; begin < places.size(); begin += in_memory) {
        std::vector<Bytes> packed(std::min(in_memory, places.size() - begin));
        isolated([&] {
            parallel_items(packed.size(), [&](std::size_t i) {
                Bytes chunk(chunk_bytes);
                copy(plan, places[begin + i], 0, origin, chunk.data());
                packed[i] = deflated(shuffled(chunk, plan.value_bytes));
            });
        });
        for (std::size_t i = 0; i < packed.size(); ++i)
            if (H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, places[begin + i].data(), packed[i].size(), packed[i].data()) <
                0)
                throw std::runtime_error("HDF5 cannot write a chunk");
    }
    return true;
}

}  // namespace commonweal
