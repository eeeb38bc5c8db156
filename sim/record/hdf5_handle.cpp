#include "sim/record/hdf5_handle.hpp"

#include <algorithm>
#include <string_view>

namespace commonweal {

std::string library_reason() {
    std::string reason;
    H5Ewalk2(
        H5E_DEFAULT, H5E_WALK_UPWARD,
        [](unsigned, const H5E_error2_t* entry, void* out) -> herr_t {
            auto& text = *static_cast<std::string*>(out);
            if (text.empty() && entry->desc) text = entry->desc;
            return 0;
        },
        &reason);
    constexpr std::string_view mark = "error message = '";
    if (const auto system = reason.find(mark); system != reason.npos) {
        reason.erase(0, system + mark.size());
        reason.erase(std::min(reason.find('\''), reason.size()));
    }
    return reason.empty() ? "the HDF5 library gave no reason" : reason;
}

hid_t stored(Number type) noexcept {
    switch (type) {
        case Number::int8:
            return H5T_STD_I8LE;
        case Number::int32:
            return H5T_STD_I32LE;
        case Number::float32:
            return H5T_IEEE_F32LE;
        case Number::float64:
            return H5T_IEEE_F64LE;
    }
    return H5T_IEEE_F64LE;
}

void prepare_library() noexcept {
    H5dont_atexit();  // at exit the library would close files again that a full disk kept it from closing, and crash
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

}  // namespace commonweal
