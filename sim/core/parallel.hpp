#pragma once

#include <cstdint>
#include <functional>

#if defined(__SANITIZE_THREAD__)
#include <exception>
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#endif

/// The only file that knows oneTBB.
///
/// ThreadSanitizer cannot see into an uninstrumented oneTBB and reports hundreds of races that are none. In that build
/// this header cuts the range over plain threads instead, so that every race it reports is ours.
namespace commonweal {

/// Runs `work` so that the parallel loops inside it use `threads` threads (0: as many as the machine has cores).
/// More threads than cores are allowed.
inline void with_threads(unsigned threads, const std::function<void()>& work) {
#if defined(__SANITIZE_THREAD__)
    (void)threads;
    work();
#else
    if (threads == 0) {
        work();
        return;
    }
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(static_cast<int>(threads));
    arena.execute(work);
#endif
}

/// Calls pass(i) once for each i in [0, size), in parallel, in no particular order. The first exception is rethrown.
template <class Pass>
void parallel_items(std::size_t size, const Pass& pass) {
#if defined(__SANITIZE_THREAD__)
    constexpr std::size_t parts = 4;
    std::vector<std::exception_ptr> failures(parts);
    {
        std::vector<std::jthread> threads;
        for (std::size_t part = 0; part < parts; ++part)
            threads.emplace_back([&, part] {
                try {
                    for (std::size_t i = part; i < size; i += parts) pass(i);
                } catch (...) {
                    failures[part] = std::current_exception();
                }
            });
    }
    for (const auto& failure : failures)
        if (failure) std::rethrow_exception(failure);
#else
    tbb::parallel_for(std::size_t{0}, size, [&](std::size_t i) { pass(i); });
#endif
}

}  // namespace commonweal
