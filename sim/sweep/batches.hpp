#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/network/agent_blocks.hpp"

namespace commonweal {

/// All runs of one scenario, cut into batches of replicates on one network instance.
struct Batches {
    std::uint32_t instances, replicates;
    std::size_t size;  ///< replicates of a batch
    std::size_t live;  ///< batches in memory at the same time, at least 1
};

/// Replicates to compute together: 1, 8 or 16, such that every thread gets a batch. Large populations keep all threads
/// busy by themselves.
inline std::size_t lanes_for(std::uint64_t runs, std::size_t agents, std::size_t threads) noexcept {
    const std::uint64_t share = agents >= large_population ? runs : (runs + threads - 1) / threads;
    return share >= 12 ? 16 : (share >= 4 ? 8 : 1);
}

/// Bytes that batches may need at the same time, and how many of them that makes: two at least, so that one is computed
/// while another is written; no more than keep all threads busy.
inline std::size_t live_batches(double bytes_of_batch) {
    constexpr double memory = 512e6;
    return static_cast<std::size_t>(
        std::clamp(memory / bytes_of_batch, 2.0, 4.0 * static_cast<double>(thread_count())));
}

/// Computes all batches in parallel: place = enter(instance) when the first batch of an instance is near, result =
/// compute(place, replicates) in parallel, take(place, result) in order of instance and replicate, one at a time, while
/// others are computed. Before each batch go_on() is asked; when it says no, what is under way is finished and taken.
/// The first exception ends everything and is rethrown.
template <class Enter, class Compute, class Take>
void each_batch(const Batches& batches, const Enter& enter, const Compute& compute, const Take& take,
                const std::function<bool()>& go_on) {
    using Place = typename std::invoke_result_t<Enter, std::uint32_t>::element_type;
    using Replicates = std::vector<std::uint32_t>;
    struct Item {
        std::shared_ptr<Place> place;
        Replicates replicates;
    };
    using Result = std::invoke_result_t<Compute, const Place&, const Replicates&>;
    struct Done {
        std::shared_ptr<Place> place;
        Result result;
    };
    std::uint32_t instance = 0;
    std::uint64_t first = 0;
    std::shared_ptr<Place> place;
    const auto next = [&]() -> std::optional<Item> {
        if (first >= batches.replicates) {
            place.reset();
            first = 0;
            ++instance;
        }
        if (instance >= batches.instances || batches.replicates == 0 || (go_on && !go_on())) return {};
        if (!place) place = enter(instance);
        Replicates replicates(std::min<std::uint64_t>(batches.size, batches.replicates - first));
        std::iota(replicates.begin(), replicates.end(), static_cast<std::uint32_t>(first));
        first += replicates.size();
        return Item{place, std::move(replicates)};
    };
    parallel_stream(
        batches.live, StreamOrder::as_given, next,
        [&](Item& item) -> Done {
            Result result = compute(std::as_const(*item.place), std::as_const(item.replicates));
            return {std::move(item.place), std::move(result)};
        },
        [&](Done done) { take(std::as_const(*done.place), std::move(done.result)); });
}

}  // namespace commonweal
