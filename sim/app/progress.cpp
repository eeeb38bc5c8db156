#include "sim/app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "sim/app/output.hpp"

namespace commonweal {

Progress::Progress(ProgressStyle style)
    : style_(style),
      terminal_(style == ProgressStyle::automatic && isatty(STDERR_FILENO) == 1),
      begin_(Clock::now()),
      told_(begin_) {}

double Progress::seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }

bool Progress::due() {
    if (style_ == ProgressStyle::none) return false;
    const auto now = Clock::now();
    const auto pause = terminal_                       ? std::chrono::milliseconds(100)
                       : style_ == ProgressStyle::json ? std::chrono::milliseconds(1000)
                                                       : std::chrono::milliseconds(10'000);
    if (now - told_ < pause) return false;
    told_ = now;
    return true;
}

void Progress::operator()(std::uint64_t done, std::uint64_t all) {
    if (!due()) return;
    if (terminal_) {
        fmt::print(stderr, "\r{} of {} runs", done, all);
        shown_ = true;
    } else {
        say(fmt::format("{} of {} runs", done, all));
    }
}

void Progress::operator()(const SweepCounts& counts) {
    const bool last = style_ == ProgressStyle::json && counts.open() == 0;
    if (!due() && !last) return;
    const double rate = static_cast<double>(counts.computed) / seconds();
    const double left = rate > 0 ? static_cast<double>(counts.open()) / rate : NAN;
    if (style_ == ProgressStyle::json) {
        const nlohmann::ordered_json line{
            {"runs", counts.wanted},
            {"done", counts.done},
            {"failed", counts.failed},
            {"open", counts.open()},
            {"judging", counts.judging},
            {"runs_per_second", rate},
            {"seconds_left", std::isfinite(left) ? nlohmann::json(left) : nlohmann::json()}};
        fmt::print(stderr, "{}\n", line.dump());
        return;
    }
    std::string line =
        fmt::format("{} of {}{} runs", counts.done + counts.failed, counts.wanted, counts.judging ? " or more" : "");
    if (counts.failed) line += fmt::format(", {} failed", counts.failed);
    line += fmt::format(", {:.3g} per second", rate);
    if (std::isfinite(left)) line += ", " + duration_text(left) + " left";
    if (terminal_) {
        fmt::print(stderr, "\r{}\x1b[K", line);
        shown_ = true;
    } else {
        say(line);
    }
}

void Progress::clear() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
    shown_ = false;
}

void Progress::finish(std::uint64_t runs, std::uint64_t decisions) {
    if (style_ == ProgressStyle::none) return;
    clear();
    say(fmt::format("{} runs, {} decisions in {:.2f} s: {:.3g} million per second", runs, decisions, seconds(),
                    static_cast<double>(decisions) / seconds() / 1e6));
}

std::string duration_text(double seconds) {
    if (seconds < 1e-3) return fmt::format("{:.3g} us", seconds * 1e6);
    if (seconds < 1) return fmt::format("{:.3g} ms", seconds * 1e3);
    if (seconds < 60) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    if (whole < 86400) return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
    return fmt::format("{} d {} h", whole / 86400, whole % 86400 / 3600);
}

std::string size_text(double bytes) {
    const char* const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    while (bytes >= 999.5 && unit < 5) {
        bytes /= 1000;
        ++unit;
    }
    return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.3g} {}", bytes, units[unit]);
}

}  // namespace commonweal
