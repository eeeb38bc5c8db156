#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>

#if defined(__SANITIZE_THREAD__)
#include <algorithm>
#include <map>
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
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

/// In which order results of a stream are taken.
enum class StreamOrder : std::uint8_t { as_given, as_they_come };

/// A stream of items: `next` gives them one after the other, std::nullopt at the end; `work` turns them into results in
/// parallel, at most `live` at a time; `take` gets the results one at a time, while others are worked on. The first
/// exception ends the stream and is rethrown.
template <class Next, class Work, class Take>
void parallel_stream(std::size_t live, StreamOrder order, const Next& next, const Work& work, const Take& take) {
    using Item = typename std::invoke_result_t<Next>::value_type;
    using Result = std::invoke_result_t<Work, Item&>;
#if defined(__SANITIZE_THREAD__)
    std::mutex giving, taking;
    std::exception_ptr failure;
    std::size_t given = 0, taken = 0;
    std::map<std::size_t, Result> waiting;  // by number
    const auto loop = [&] {
        try {
            while (true) {
                std::optional<Item> item;
                std::size_t number;
                {
                    const std::lock_guard lock(giving);
                    if (failure || !(item = next())) return;
                    number = given++;
                }
                Result result = work(*item);
                const std::lock_guard lock(taking);
                if (order == StreamOrder::as_they_come) {
                    take(std::move(result));
                    continue;
                }
                waiting.emplace(number, std::move(result));
                for (; !waiting.empty() && waiting.begin()->first == taken; ++taken)
                    take(std::move(waiting.extract(waiting.begin()).mapped()));
            }
        } catch (...) {
            const std::lock_guard lock(giving);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < std::min<std::size_t>(live, 4); ++i) threads.emplace_back(loop);
    }
    if (failure) std::rethrow_exception(failure);
#else
    // Nothing is thrown through oneTBB's pipeline: it forgets what waits for its turn then, and leaks it.
    std::mutex failing;
    std::exception_ptr failure;
    std::atomic<bool> failed = false;
    const auto guarded = [&](const auto& step) {
        if (failed) return;
        try {
            step();
        } catch (...) {
            const std::lock_guard lock(failing);
            if (!failure) failure = std::current_exception();
            failed = true;
        }
    };
    const auto taking =
        order == StreamOrder::as_given ? tbb::filter_mode::serial_in_order : tbb::filter_mode::serial_out_of_order;
    tbb::parallel_pipeline(
        live, tbb::make_filter<void, std::shared_ptr<Item> >(tbb::filter_mode::serial_in_order,
                                                             [&](tbb::flow_control& control) {
                                                                 std::shared_ptr<Item> item;
                                                                 guarded([&] {
                                                                     if (auto given = next())
                                                                         item =
                                                                             std::make_shared<Item>(std::move(*given));
                                                                 });
                                                                 if (!item) control.stop();
                                                                 return item;
                                                             }) &
                  tbb::make_filter<std::shared_ptr<Item>, std::shared_ptr<Result> >(
                      tbb::filter_mode::parallel,
                      [&](const std::shared_ptr<Item>& item) {
                          std::shared_ptr<Result> result;
                          guarded([&] { result = std::make_shared<Result>(work(*item)); });
                          return result;
                      }) &
                  tbb::make_filter<std::shared_ptr<Result>, void>(taking, [&](const std::shared_ptr<Result>& result) {
                      if (result) guarded([&] { take(std::move(*result)); });
                  }));
    if (failure) std::rethrow_exception(failure);
#endif
}

/// Threads that the parallel loops of the caller use.
inline std::size_t thread_count() {
#if defined(__SANITIZE_THREAD__)
    return 4;
#else
    return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
#endif
}

/// Runs `work` so that a thread that waits for parallel loops inside it takes up no other work meanwhile. Needed
/// wherever `work` runs under a lock.
template <class Work>
void isolated(const Work& work) {
#if defined(__SANITIZE_THREAD__)
    work();
#else
    tbb::this_task_arena::isolate(work);
#endif
}

}  // namespace commonweal
