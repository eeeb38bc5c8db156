#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "sim/core/ticker.hpp"
#include "sim/sweep/sweep.hpp"

namespace commonweal {

enum class ProgressStyle {
    automatic,  ///< a line that changes on a terminal, else lines as `plain`
    plain,      ///< a line within five seconds, then one every ten
    json,       ///< an object per line, every second, for programs
    none,
};

/// Tells on stderr what is being done and how far it is, also while nothing can be counted: the first line comes within
/// five seconds.
class Progress {
public:
    /// `doing`: what is said until something is counted, as "making the network".
    Progress(ProgressStyle style, std::string doing);

    /// Something else is done now, of which nothing is counted yet.
    void begin(std::string doing);

    void operator()(std::uint64_t done, std::uint64_t all);
    void operator()(const SweepCounts& counts);

    /// Clears the line on a terminal, and says nothing more until something is counted or begun.
    void clear();

    /// Clears the line, and says how many decisions per second there were.
    void finish(std::uint64_t runs, std::uint64_t decisions);

    double seconds() const;

private:
    using Clock = std::chrono::steady_clock;

    bool due();
    void tell();
    std::string line() const;
    std::string line_of(const SweepCounts& counts) const;
    std::string json_line() const;
    void wipe();

    ProgressStyle style_;
    bool terminal_;
    bool shown_ = false, told_before_ = false;
    Clock::time_point begin_, phase_, told_;
    std::mutex mutex_;  ///< of everything here: the ticker has a thread of its own
    std::string doing_;
    std::uint64_t done_ = 0, all_ = 0;  ///< all_ is 0 when nothing is counted
    std::optional<SweepCounts> counts_;
    std::optional<Ticker> ticker_;
};

/// "1.5 s", "12 min 5 s", "3 h 20 min", "2 d 4 h".
std::string duration_text(double seconds);

/// "512 B", "1.5 MB".
std::string size_text(double bytes);

}  // namespace commonweal
