#include "sim/record/hdf5_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sim/core/error.hpp"
#include "sim/record/hdf5_handle.hpp"

namespace commonweal {

struct Hdf5Reader::State {
    std::filesystem::path path;
    Handle file;

    template <class Id>
    Id need(Id id, const std::string& what) const {
        if (id < 0) throw IoError(path.string(), fmt::format("{} cannot be read: {}", what, library_reason()));
        return id;
    }
    Handle dataset(const std::string& name) const {
        return {need(H5Dopen2(file, name.c_str(), H5P_DEFAULT), name), H5Dclose};
    }
    Handle attribute(const std::string& owner, const std::string& name) const {
        return {need(H5Aopen_by_name(file, owner.empty() ? "." : owner.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT),
                     name),
                H5Aclose};
    }
    Handle text_type() const {
        Handle type(need(H5Tcopy(H5T_C_S1), "a text"), H5Tclose);
        need(H5Tset_size(type, H5T_VARIABLE), "a text");
        need(H5Tset_cset(type, H5T_CSET_UTF8), "a text");
        return type;
    }
    std::vector<hsize_t> extent(const Handle& space) const {
        std::vector<hsize_t> sizes(static_cast<std::size_t>(need(H5Sget_simple_extent_ndims(space), "a shape")));
        H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
        return sizes;
    }
};

Hdf5Reader::Hdf5Reader(std::filesystem::path path) : state_(std::make_unique<State>()) {
    prepare_library();
    state_->path = std::move(path);
    state_->file = Handle(H5Fopen(state_->path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    if (state_->file < 0) {
        std::error_code failure;
        const bool there = std::filesystem::exists(state_->path, failure);
        throw IoError(state_->path.string(), there ? "cannot be read: " + library_reason() : "does not exist");
    }
}

Hdf5Reader::~Hdf5Reader() = default;
Hdf5Reader::Hdf5Reader(Hdf5Reader&&) noexcept = default;
Hdf5Reader& Hdf5Reader::operator=(Hdf5Reader&&) noexcept = default;

bool Hdf5Reader::has(const std::string& name) const {
    std::size_t end = 0;  // every group on the way must be there, or the library complains
    while (end != name.npos) {
        end = name.find('/', end + 1);
        if (H5Lexists(state_->file, name.substr(0, end).c_str(), H5P_DEFAULT) <= 0) return false;
    }
    return true;
}

std::string Hdf5Reader::text(const std::string& owner, const std::string& name) const {
    const Handle attribute = state_->attribute(owner, name), type = state_->text_type();
    char* value = nullptr;
    state_->need(H5Aread(attribute, type, &value), name);
    const std::string copy = value ? value : "";
    H5free_memory(value);
    return copy;
}

std::int32_t Hdf5Reader::number(const std::string& owner, const std::string& name) const {
    std::int32_t value = 0;
    state_->need(H5Aread(state_->attribute(owner, name), H5T_NATIVE_INT32, &value), name);
    return value;
}

std::vector<std::uint64_t> Hdf5Reader::shape(const std::string& name) const {
    const Handle dataset = state_->dataset(name);
    const auto sizes = state_->extent({state_->need(H5Dget_space(dataset), name), H5Sclose});
    return {sizes.begin(), sizes.end()};
}

void Hdf5Reader::read(const std::string& name, std::uint64_t first, std::uint64_t count, Number type,
                      void* target) const {
    const Handle dataset = state_->dataset(name), space(state_->need(H5Dget_space(dataset), name), H5Sclose);
    auto size = state_->extent(space);
    if (size.empty() || first + count > size[0])
        throw IoError(state_->path.string(), fmt::format("{} has fewer rows than expected", name));
    std::vector<hsize_t> start(size.size(), 0);
    start[0] = first;
    size[0] = count;
    if (std::find(size.begin(), size.end(), 0u) != size.end()) return;
    state_->need(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr), name);
    const Handle memory(state_->need(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), name),
                        H5Sclose);
    state_->need(H5Dread(dataset, stored(type), memory, space, H5P_DEFAULT, target), name);
}

std::vector<std::int32_t> Hdf5Reader::whole_numbers(const std::string& name) const {
    std::uint64_t all = 1;
    const auto sizes = shape(name);
    for (const auto size : sizes) all *= size;
    std::vector<std::int32_t> values(all);
    if (all) read(name, 0, sizes.empty() ? 0 : sizes[0], Number::int32, values.data());
    return values;
}

std::vector<std::string> Hdf5Reader::texts(const std::string& name) const {
    const Handle dataset = state_->dataset(name), space(state_->need(H5Dget_space(dataset), name), H5Sclose),
                 type = state_->text_type();
    std::uint64_t all = 1;
    for (const auto size : state_->extent(space)) all *= size;
    std::vector<char*> values(all, nullptr);
    if (all) state_->need(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
    std::vector<std::string> copies;
    for (char* value : values) copies.emplace_back(value ? value : "");
    if (all) H5Dvlen_reclaim(type, space, H5P_DEFAULT, values.data());
    return copies;
}

}  // namespace commonweal
