#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sim/sweep/sweep.hpp"

namespace commonweal {

enum class ProgressStyle {
    automatic,  ///< a line that changes on a terminal, else a line every ten seconds
    plain,      ///< a line every ten seconds
    json,       ///< an object per line, every second, for programs
    none,
};

/// Tells on stderr how far runs are.
class Progress {
public:
    explicit Progress(ProgressStyle style);

    void operator()(std::uint64_t done, std::uint64_t all);
    void operator()(const SweepCounts& counts);

    /// Clears the line on a terminal.
    void clear();

    /// Clears the line, and says how many decisions per second there were.
    void finish(std::uint64_t runs, std::uint64_t decisions);

    double seconds() const;

private:
    using Clock = std::chrono::steady_clock;

    bool due();

    ProgressStyle style_;
    bool terminal_;
    bool shown_ = false;
    Clock::time_point begin_, told_;
};

/// "1.5 s", "12 min 5 s", "3 h 20 min", "2 d 4 h".
std::string duration_text(double seconds);

/// "512 B", "1.5 MB".
std::string size_text(double bytes);

}  // namespace commonweal
