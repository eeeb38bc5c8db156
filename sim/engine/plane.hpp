#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>

namespace commonweal {

/// A state plane [agent][lane]: one contiguous array, aligned to cache lines, zero at first.
template <class T>
class Plane {
public:
    explicit Plane(std::size_t size = 0) : size_(size), data_(size ? allocate(size) : nullptr) { fill(T{}); }

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
    static constexpr std::align_val_t line{64};
    struct Free {
        void operator()(T* p) const noexcept { ::operator delete[](p, line); }
    };
    static T* allocate(std::size_t size) { return static_cast<T*>(::operator new[](size * sizeof(T), line)); }

    std::size_t size_;
    std::unique_ptr<T[], Free> data_;
};

}  // namespace commonweal
