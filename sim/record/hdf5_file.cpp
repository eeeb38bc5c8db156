#include "sim/record/hdf5_file.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "sim/core/error.hpp"
#include "sim/record/durable.hpp"
#include "sim/record/hdf5_chunks.hpp"
#include "sim/record/hdf5_handle.hpp"

namespace commonweal {

namespace {

constexpr std::uint64_t chunk_bytes = 512 * 1024;

}  // namespace

struct Hdf5File::State {
    std::filesystem::path path, partial;
    Layout layout;
    Handle file;
    std::map<std::string, Handle> datasets;                     ///< coordinates and variables by name
    std::map<std::string, std::pair<Number, ChunkPlan>> plans;  ///< of compressed variables, with their type

    [[noreturn]] void fail(const std::string& action) {
        throw IoError(partial.string(), fmt::format("cannot {}: {}", action, library_reason()));
    }
    template <class Id>
    Id need(Id id, const std::string& action) {
        if (id < 0) fail(action);
        return id;
    }
    void close_all() noexcept {
        datasets.clear();
        file = Handle();
    }

    Handle text_type() {
        Handle type(need(H5Tcopy(H5T_C_S1), "make a text type"), H5Tclose);
        need(H5Tset_size(type, H5T_VARIABLE), "make a text type");
        need(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
        return type;
    }

    Handle creation_list() {
        Handle list(need(H5Pcreate(H5P_DATASET_CREATE), "lay out"), H5Pclose);
        need(H5Pset_obj_track_times(list, false), "lay out");  // a time stamp would make equal runs differ
        return list;
    }

    void create(const std::string& name, hid_t type, const std::vector<hsize_t>& extent, const Handle& list) {
        const Handle space(need(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), "lay out"),
                           H5Sclose);
        datasets[name] =
            Handle(need(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, list, H5P_DEFAULT), "create " + name),
                   H5Dclose);
    }

    void write_rows(const std::string& name, std::uint64_t first, std::uint64_t count, hid_t memory,
                    const void* values) {
        const Handle& dataset = datasets.at(name);
        const Handle target(need(H5Dget_space(dataset), "write " + name), H5Sclose);
        const int rank = H5Sget_simple_extent_ndims(target);
        std::vector<hsize_t> size(static_cast<std::size_t>(rank)), start(size.size(), 0);
        H5Sget_simple_extent_dims(target, size.data(), nullptr);
        start[0] = first;
        size[0] = count;
        if (std::find(size.begin(), size.end(), 0u) != size.end()) return;
        need(H5Sselect_hyperslab(target, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr), "write " + name);
        const Handle source(need(H5Screate_simple(rank, size.data(), nullptr), "write " + name), H5Sclose);
        need(H5Dwrite(dataset, memory, source, target, H5P_DEFAULT, values), "write " + name);
    }
};

Hdf5File::Hdf5File(std::filesystem::path path, Layout layout) : state_(std::make_unique<State>()) {
    prepare_library();
    state_->layout = layout;
    state_->path = std::move(path);
    state_->partial = state_->path.string() + ".partial";
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
    const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation, false);
    state_->file = Handle(H5Fcreate(state_->partial.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose);
    if (state_->file < 0) {
        const int reason = errno;
        throw IoError(state_->path.string(),
                      fmt::format("cannot be created: {}", reason ? std::strerror(reason) : library_reason()));
    }
}

Hdf5File::~Hdf5File() {
    if (!state_ || state_->file < 0) return;
    state_->close_all();
    std::error_code ignored;
    std::filesystem::remove(state_->partial, ignored);
}

void Hdf5File::coordinate(const Coordinate& axis) {
    const std::string& name = axis.name;
    if (axis.texts.empty()) {
        state_->create(name, H5T_STD_I32LE, {axis.count}, state_->creation_list());
        std::vector<std::int32_t> values(axis.count);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = axis.first + static_cast<std::int32_t>(i) * axis.step;
        state_->write_rows(name, 0, values.size(), H5T_NATIVE_INT32, values.data());
    } else {
        state_->create(name, state_->text_type(), {axis.texts.size()}, state_->creation_list());
        write(name, 0, axis.texts);
    }
    make_scale(name, axis.long_name);
}

void Hdf5File::coordinate(const std::string& name, std::uint64_t size, std::string_view long_name) {
    state_->create(name, H5T_STD_I32LE, {size}, state_->creation_list());
    make_scale(name, long_name);
}

void Hdf5File::make_scale(const std::string& name, std::string_view long_name) {
    state_->need(H5DSset_scale(state_->datasets.at(name), name.c_str()), "make a scale of " + name);
    attribute(name, "long_name", long_name);
}

void Hdf5File::attach(const std::string& name, const std::vector<Axis>& axes) {
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        const auto scale = state_->datasets.find(axes[axis].name);
        if (scale == state_->datasets.end()) continue;
        state_->need(H5DSattach_scale(state_->datasets.at(name), scale->second, static_cast<unsigned>(axis)),
                     "attach axis " + axes[axis].name + " to " + name);
    }
}

void Hdf5File::texts(const std::string& name, const std::vector<Axis>& axes, std::string_view long_name) {
    std::vector<hsize_t> extent;
    for (const Axis& axis : axes) extent.push_back(axis.size);
    state_->create(name, state_->text_type(), extent, state_->creation_list());
    attach(name, axes);
    attribute(name, "long_name", long_name);
}

void Hdf5File::variable(const std::string& name, Number type, const std::vector<Axis>& axes, std::string_view unit,
                        std::string_view long_name) {
    const Handle list = state_->creation_list();
    std::vector<hsize_t> extent, chunk;
    std::uint64_t row = bytes_of(type);
    for (const Axis& axis : axes) extent.push_back(axis.size);
    chunk = extent;
    for (std::size_t axis = 1; axis < axes.size(); ++axis) row *= axes[axis].size;
    // Powers of two: rows that are written together are whole chunks then.
    chunk[0] = std::min(std::bit_floor(std::max<std::uint64_t>(chunk_bytes / std::max<std::uint64_t>(row, 1), 1)),
                        std::max<std::uint64_t>(extent[0], 1));
    for (std::size_t axis = 1; axis < chunk.size() && row > 2 * chunk_bytes; ++axis) {
        // One row alone is too large: cut the next axes until a chunk fits.
        const std::uint64_t rest = row / chunk[axis];
        chunk[axis] = std::clamp<std::uint64_t>(chunk_bytes / std::max<std::uint64_t>(rest, 1), 1, chunk[axis]);
        row = rest * chunk[axis];
    }
    if (state_->layout == Layout::compressed && std::find(extent.begin(), extent.end(), 0u) == extent.end()) {
        state_->need(H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data()), "lay out " + name);
        state_->need(H5Pset_shuffle(list), "lay out " + name);
        state_->need(H5Pset_deflate(list, deflate_level), "lay out " + name);
        state_->plans[name] = {type, {extent, chunk, bytes_of(type)}};
    }
    state_->create(name, stored(type), extent, list);
    attach(name, axes);
    attribute(name, "units", unit);
    attribute(name, "long_name", long_name);
}

void Hdf5File::write(const std::string& name, std::uint64_t first, std::uint64_t count, Number type,
                     const void* values) {
    const auto plan = state_->plans.find(name);
    const bool as_stored = plan != state_->plans.end() && plan->second.first == type;
    try {
        if (as_stored && write_chunks(state_->datasets.at(name), plan->second.second, first, count,
                                      static_cast<const std::byte*>(values)))
            return;
    } catch (const std::runtime_error& error) {
        throw IoError(state_->partial.string(), fmt::format("cannot write {}: {}", name, error.what()));
    }
    state_->write_rows(name, first, count, stored(type), values);
}

void Hdf5File::write(const std::string& name, std::uint64_t first, const std::vector<std::string>& values) {
    std::vector<const char*> texts;
    for (const auto& value : values) texts.push_back(value.c_str());
    state_->write_rows(name, first, values.size(), state_->text_type(), texts.data());
}

void Hdf5File::group(const std::string& name) {
    const Handle creation(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation, false);
    state_->datasets[name] = Handle(
        state_->need(H5Gcreate2(state_->file, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), "create " + name),
        H5Gclose);
}

void Hdf5File::attribute(const std::string& owner, const std::string& name, std::string_view text) {
    const hid_t place = owner.empty() ? hid_t{state_->file} : hid_t{state_->datasets.at(owner)};
    const Handle type = state_->text_type();
    const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    const Handle attribute(
        state_->need(H5Acreate2(place, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), "label " + name),
        H5Aclose);
    const std::string copy(text);
    const char* const pointer = copy.c_str();
    state_->need(H5Awrite(attribute, type, &pointer), "label " + name);
}

void Hdf5File::attribute(const std::string& owner, const std::string& name, std::int32_t number) {
    attribute(owner, name, Number::int32, &number, 1);
}

void Hdf5File::attribute(const std::string& owner, const std::string& name, Number type, const void* values,
                         std::size_t count) {
    const hid_t place = owner.empty() ? hid_t{state_->file} : hid_t{state_->datasets.at(owner)};
    const hsize_t size = count;
    const Handle space(count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, nullptr), H5Sclose);
    const Handle attribute(
        state_->need(H5Acreate2(place, name.c_str(), stored(type), space, H5P_DEFAULT, H5P_DEFAULT), "label " + name),
        H5Aclose);
    state_->need(H5Awrite(attribute, stored(type), values), "label " + name);
}

void Hdf5File::finish() {
    State& state = *state_;
    try {
        for (auto& [name, dataset] : state.datasets)
            if (!dataset.close()) state.fail("close " + name);
        state.datasets.clear();
        if (H5Fflush(state.file, H5F_SCOPE_GLOBAL) < 0) state.fail("flush");
        if (!state.file.close()) state.fail("close");
        publish(state.partial, state.path);
    } catch (...) {
        state.close_all();
        std::error_code ignored;
        std::filesystem::remove(state.partial, ignored);
        throw;
    }
}

std::string hdf5_version() {
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("{}.{}.{}", major, minor, release);
}

}  // namespace commonweal
