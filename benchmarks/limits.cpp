#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <new>
#include <string>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "sim/core/instruction_set.hpp"
#include "sim/core/randomness.hpp"

/// How fast could one thread of this machine be? Nanoseconds per random line of 64 bytes, per line of a streaming triad
/// and per random word: what shares of the roofline are taken from. Prints one JSON object.
namespace commonweal {
namespace {

constexpr std::size_t line = 16;  ///< floats in 64 bytes
constexpr int repetitions = 5;    ///< the fastest counts: a limit is what is possible

/// Processor time [s]: what else the machine does shall not loosen a limit.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Lines of floats in the largest pages that the system gives: looking up addresses is not what is measured.
class Lines {
public:
    explicit Lines(std::size_t lines) : size_(lines * line) {
        data_ = static_cast<float*>(::operator new(size_ * sizeof(float), page));
#if defined(__linux__)
        madvise(data_, size_ * sizeof(float), MADV_HUGEPAGE);
#endif
        std::fill_n(data_, size_, 1.0f);
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines() { ::operator delete(data_, page); }

    float* data() noexcept { return data_; }
    std::size_t size() const noexcept { return size_; }

private:
    static constexpr std::align_val_t page{std::size_t{1} << 21};
    std::size_t size_;
    float* data_ = nullptr;
};

/// Adds up lines in a random order that is known in advance, as a walk along lists of neighbors does, and asks for each
/// line 16 ahead. [ns per line]
double random_lines(std::size_t bytes) {
    const auto lines = static_cast<std::uint32_t>(bytes / 64);
    constexpr std::size_t visits = 1u << 21;
    Lines memory(lines);
    std::vector<std::uint32_t> order(visits + line);
    const Randomness randomness(Seeds{1, 1, 1});
    for (std::size_t i = 0; i < order.size(); i += 4) {
        const auto words = randomness.words({.stream = Stream::behavior}, static_cast<std::uint32_t>(i / 4));
        for (std::size_t j = 0; j < 4; ++j)
            order[i + j] = static_cast<std::uint32_t>((std::uint64_t{words[j]} * lines) >> 32);
    }
    float sum[line] = {};
    double best = 1e9;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        const double begin = now();
        vectorized([&] {
            const float* const data = memory.data();
            float local[line] = {};
            for (std::size_t i = 0; i < visits; ++i) {
                __builtin_prefetch(data + std::size_t{order[i + line]} * line);
                const float* const row = data + std::size_t{order[i]} * line;
                for (std::size_t j = 0; j < line; ++j) local[j] += row[j];
            }
            for (std::size_t j = 0; j < line; ++j) sum[j] += local[j];
        });
        best = std::min(best, now() - begin);
    }
    if (!(sum[0] > 0)) std::abort();  // the sum is used: nothing may be left out
    return best / visits * 1e9;
}

/// a = b + 0.5 c over three arrays that take so many bytes together. [ns per line that is read or written]
double triad(std::size_t bytes) {
    const std::size_t lines = bytes / 3 / 64;
    Lines a(lines), b(lines), c(lines);
    const std::size_t turns = std::max<std::size_t>(1, (std::size_t{1} << 28) / bytes);
    double best = 1e9;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        const double begin = now();
        for (std::size_t turn = 0; turn < turns; ++turn)
            vectorized([&] {
                float* const to = a.data();
                const float* const from = b.data();
                const float* const other = c.data();
#pragma GCC ivdep
                for (std::size_t i = 0; i < lines * line; ++i) to[i] = from[i] + 0.5f * other[i];
            });
        best = std::min(best, now() - begin);
    }
    if (a.data()[0] != 1.5f) std::abort();
    return best / static_cast<double>(3 * lines * turns) * 1e9;
}

/// The project's own random words, 16 lanes at a time. [ns per word]
double random_words() {
    constexpr AgentId agents = 1024;
    const Randomness randomness(Seeds{1, 1, 1});
    const std::vector<std::uint32_t> replicates(16);
    std::vector<std::uint32_t> out(agents * 16);
    std::uint32_t all = 0;
    double best = 1e9;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        const double begin = now();
        for (Round round = 1; round <= 512; ++round) {
            randomness.fill<16>({.stream = Stream::behavior, .round = round},
                                std::span<const std::uint32_t, 16>(replicates), agents, out.data());
            all |= out[round];
        }
        best = std::min(best, now() - begin);
    }
    if (all == 0) std::abort();
    return best / (512.0 * agents * 16) * 1e9;
}

void print() {
    constexpr std::size_t megabyte = 1000000;
    std::string random, stream;
    for (const std::size_t size : {1, 4, 16, 64, 256, 640})
        random += fmt::format("{}\"{}\": {:.4g}", random.empty() ? "" : ", ", size, random_lines(size * megabyte));
    for (const std::size_t size : {1, 24, 240})
        stream += fmt::format("{}\"{}\": {:.4g}", stream.empty() ? "" : ", ", size, triad(size * megabyte));
    fmt::print(
        "{{\"instructions\": \"{}\", \"random_line_ns\": {{{}}}, \"triad_line_ns\": {{{}}}, \"random_word_ns\": "
        "{:.4g}}}\n",
        name_of(instruction_set()), random, stream, random_words());
}

}  // namespace
}  // namespace commonweal

int main() { commonweal::print(); }
