#include "sim/app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "sim/app/output.hpp"

namespace commonweal {

Progress::Progress(bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1), begin_(Clock::now()), told_(begin_) {}

void Progress::operator()(std::uint64_t done, std::uint64_t all) {
    const auto now = Clock::now();
    if (quiet_ || now - told_ < std::chrono::milliseconds(terminal_ ? 100 : 10'000)) return;
    told_ = now;
    if (terminal_)
        fmt::print(stderr, "\r{} of {} runs", done, all);
    else
        say(fmt::format("{} of {} runs", done, all));
}

void Progress::finish(std::uint64_t runs, std::uint64_t decisions) {
    if (quiet_) return;
    if (terminal_ && told_ != begin_) fmt::print(stderr, "\r\x1b[K");
    const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
    say(fmt::format("{} runs, {} decisions in {:.2f} s: {:.3g} million per second", runs, decisions, seconds,
                    static_cast<double>(decisions) / seconds / 1e6));
}

}  // namespace commonweal
