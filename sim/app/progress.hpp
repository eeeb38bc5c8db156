#pragma once

#include <chrono>
#include <cstdint>

namespace commonweal {

/// Tells on stderr how far the runs are: one line that changes on a terminal, else a line every ten seconds.
class Progress {
public:
    explicit Progress(bool quiet);

    void operator()(std::uint64_t done, std::uint64_t all);

    /// Clears the line on a terminal, and says how many decisions per second there were.
    void finish(std::uint64_t runs, std::uint64_t decisions);

private:
    using Clock = std::chrono::steady_clock;

    bool quiet_, terminal_;
    Clock::time_point begin_, told_;
};

}  // namespace commonweal
