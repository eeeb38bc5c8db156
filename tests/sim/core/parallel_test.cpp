#include "sim/core/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace commonweal {
namespace {

/// Numbers 0 to 199; later ones take less work, so that they would come first.
std::vector<int> taken(StreamOrder order, unsigned threads) {
    int next = 0;
    std::vector<int> taken;
    with_threads(threads, [&] {
        parallel_stream(
            8, order, [&] { return next < 200 ? std::optional<int>(next++) : std::nullopt; },
            [](int number) {
                std::vector<int> values(static_cast<std::size_t>((200 - number) * 50));
                std::iota(values.rbegin(), values.rend(), number);
                std::ranges::sort(values);
                return values.front();
            },
            [&](int number) { taken.push_back(number); });
    });
    return taken;
}

TEST(ParallelStream, TakesResultsInTheGivenOrder) {
    std::vector<int> all(200);
    std::iota(all.begin(), all.end(), 0);
    for (const unsigned threads : {1u, 4u}) EXPECT_EQ(taken(StreamOrder::as_given, threads), all);
}

TEST(ParallelStream, TakesEveryResultOnceInAnyOrder) {
    std::vector<int> some = taken(StreamOrder::as_they_come, 4);
    EXPECT_EQ(some.size(), 200u);
    EXPECT_EQ(std::set(some.begin(), some.end()).size(), 200u);
}

TEST(ParallelStream, RethrowsAndStops) {
    const auto fails_in = [](std::string_view where) {
        int next = 0;
        const auto fail = [&](std::string_view here, int number) {
            if (where == here && number == 20) throw std::runtime_error(std::string(here));
            return number;
        };
        try {
            parallel_stream(
                4, StreamOrder::as_given, [&] { return std::optional<int>(fail("next", next++)); },
                [&](int number) { return fail("work", number); }, [&](int number) { fail("take", number); });
        } catch (const std::runtime_error& failure) {
            return std::string(failure.what());
        }
        return std::string("nowhere");
    };
    for (const std::string step : {"next", "work", "take"}) EXPECT_EQ(fails_in(step), step);
}

TEST(ParallelStream, GivesBackWhatWaitedBehindAFailure) {
    const auto token = std::make_shared<int>(0);
    for (int turn = 0; turn < 20; ++turn) {
        int next = 0;
        const auto fail = [&] {
            with_threads(4, [&] {
                parallel_stream(
                    8, StreamOrder::as_given, [&] { return std::optional<int>(next++); },
                    [&](int number) {
                        if (number == 20) {  // slow: later results wait for it meanwhile
                            std::vector<int> values(300'000);
                            std::iota(values.rbegin(), values.rend(), number);
                            std::ranges::sort(values);
                            throw std::runtime_error(std::to_string(values.front()));
                        }
                        return token;
                    },
                    [](const std::shared_ptr<int>&) {});
            });
        };
        EXPECT_THROW(fail(), std::runtime_error);
    }
    EXPECT_EQ(token.use_count(), 1);
}

}  // namespace
}  // namespace commonweal
