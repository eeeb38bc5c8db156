#pragma once

#include <hdf5.h>

#include <string>
#include <utility>

#include "sim/record/number.hpp"

/// What the reader and the writer share. For sources of this folder only: it names types of the library.
namespace commonweal {

/// Owns one HDF5 identifier.
class Handle {
public:
    using Close = herr_t (*)(hid_t);
    Handle(hid_t id = H5I_INVALID_HID, Close closer = nullptr) noexcept : id_(id), close_(closer) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    operator hid_t() const noexcept { return id_; }
    bool close() noexcept { return close_(std::exchange(id_, H5I_INVALID_HID)) >= 0; }

private:
    hid_t id_;
    Close close_;
};

/// The innermost message of the library's error stack, for the user; the stack itself is silent. Of a message that
/// tells file descriptors and addresses as well, only what the system said.
std::string library_reason();

/// The type of a number in a file.
hid_t stored(Number type) noexcept;

/// Before the first file: errors are told by us, and nothing happens at exit.
void prepare_library() noexcept;

}  // namespace commonweal
