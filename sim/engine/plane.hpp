#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "sim/core/parallel.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace commonweal {

/// Asks for pages of 2 MB where there would be many of 4 KB: rows of neighbors lie anywhere in a plane, and a processor
/// remembers where some thousand pages are. What the system makes of it changes no value.
inline void ask_for_large_pages([[maybe_unused]] void* data, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(MADV_HUGEPAGE)
    constexpr std::size_t worth_it = 8u << 20, page = 4096;
    if (bytes < worth_it) return;
    const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(data) % page) % page;
    madvise(static_cast<char*>(data) + before, (bytes - before) / page * page, MADV_HUGEPAGE);
#endif
}

/// A state plane [agent][lane]: one contiguous array, aligned to cache lines, zero at first.
template <class T>
class Plane {
public:
    explicit Plane(std::size_t size = 0) : size_(size), data_(size ? allocate(size) : nullptr) { touch(); }

    T* data() noexcept { return data_.get(); }
    const T* data() const noexcept { return data_.get(); }
    std::size_t size() const noexcept { return size_; }
    T& operator[](std::size_t i) noexcept { return data_[i]; }
    const T& operator[](std::size_t i) const noexcept { return data_[i]; }
    void fill(T value) noexcept { std::fill_n(data_.get(), size_, value); }
    void swap(Plane& other) noexcept {
        std::swap(size_, other.size_);
        data_.swap(other.data_);
    }

private:
    /// A page lies near the processor that writes to it first: many pages are written by all threads, as passes over
    /// agents do it later.
    void touch() {
        const std::size_t part = (2u << 20) / sizeof(T), worth_it = 4 * part;
        if (size_ < worth_it) return fill(T{});
        parallel_items((size_ + part - 1) / part, [this, part](std::size_t i) {
            std::fill_n(data_.get() + i * part, std::min(part, size_ - i * part), T{});
        });
    }

    static constexpr std::align_val_t line{64};
    struct Free {
        void operator()(T* p) const noexcept { ::operator delete[](p, line); }
    };
    static T* allocate(std::size_t size) {
        void* const data = ::operator new[](size * sizeof(T), line);
        ask_for_large_pages(data, size * sizeof(T));
        return static_cast<T*>(data);
    }

    std::size_t size_;
    std::unique_ptr<T[], Free> data_;
};

}  // namespace commonweal
