#include "sim/app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/app/output.hpp"
#include "sim/app/text_table.hpp"

namespace commonweal {

Progress::Progress(ProgressStyle style, std::string doing)
    : style_(style),
      terminal_(style == ProgressStyle::automatic && isatty(STDERR_FILENO) == 1),
      begin_(Clock::now()),
      phase_(begin_),
      told_(begin_),
      doing_(std::move(doing)) {
    if (style == ProgressStyle::none) return;
    ticker_.emplace(std::chrono::milliseconds(500), [this] {
        const std::lock_guard lock(mutex_);
        if (due()) tell();
    });
}

void Progress::begin(std::string doing) {
    const std::lock_guard lock(mutex_);
    wipe();
    doing_ = std::move(doing);
    all_ = 0;
    counts_.reset();
    phase_ = told_ = Clock::now();
    told_before_ = false;
}

double Progress::seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }

bool Progress::due() {
    if (style_ == ProgressStyle::none || (doing_.empty() && all_ == 0 && !counts_)) return false;
    using std::chrono::milliseconds;
    const auto now = Clock::now();
    const bool counted = all_ > 0 || counts_;
    const auto pause = terminal_                                  ? milliseconds(counted ? 100 : 1000)
                       : style_ == ProgressStyle::json && counts_ ? milliseconds(1000)
                       : told_before_                             ? milliseconds(10'000)
                                                                  : milliseconds(4'000);
    return now - told_ >= pause;
}

void Progress::tell() {
    told_ = Clock::now();
    told_before_ = true;
    if (style_ == ProgressStyle::json) {
        fmt::print(stderr, "{}\n", json_line());
    } else if (terminal_) {
        fmt::print(stderr, "\r{}\x1b[K", line());
        shown_ = true;
    } else {
        say(line());
    }
}

void Progress::operator()(std::uint64_t done, std::uint64_t all) {
    const std::lock_guard lock(mutex_);
    done_ = done;
    all_ = all;
    if (due()) tell();
}

void Progress::operator()(const SweepCounts& counts) {
    const std::lock_guard lock(mutex_);
    counts_ = counts;
    const bool last = style_ == ProgressStyle::json && counts.open() == 0;
    if (due() || last) tell();
}

std::string Progress::line() const {
    if (counts_) return line_of(*counts_);
    const std::string elapsed = duration_text(std::chrono::duration<double>(Clock::now() - phase_).count());
    if (all_ > 0) return fmt::format("{} of {} runs, {}", done_, all_, elapsed);
    return fmt::format("{}, {}", doing_, elapsed);
}

std::string Progress::line_of(const SweepCounts& counts) const {
    const double rate = static_cast<double>(counts.computed) / seconds();
    std::string line =
        fmt::format("{} of {}{} runs", counts.done + counts.failed, counts.wanted, counts.judging ? " or more" : "");
    if (counts.failed) line += fmt::format(", {} failed", counts.failed);
    line += fmt::format(", {:.3g} per second", rate);
    if (rate > 0) line += ", " + duration_text(static_cast<double>(counts.open()) / rate) + " left";
    return line;
}

std::string Progress::json_line() const {
    if (!counts_) return nlohmann::ordered_json{{"doing", doing_}, {"seconds", seconds()}}.dump();
    const double rate = static_cast<double>(counts_->computed) / seconds();
    const nlohmann::ordered_json line{
        {"runs", counts_->wanted},
        {"done", counts_->done},
        {"failed", counts_->failed},
        {"open", counts_->open()},
        {"judging", counts_->judging},
        {"runs_per_second", rate},
        {"seconds_left", rate > 0 ? nlohmann::json(static_cast<double>(counts_->open()) / rate) : nlohmann::json()}};
    return line.dump();
}

void Progress::wipe() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
    shown_ = false;
}

void Progress::clear() {
    const std::lock_guard lock(mutex_);
    wipe();
    doing_.clear();
    all_ = 0;
    counts_.reset();
}

void Progress::finish(std::uint64_t runs, std::uint64_t decisions) {
    if (style_ == ProgressStyle::none) return;
    clear();
    say(fmt::format("{}, {} decisions in {:.2f} s: {:.3g} million per second", counted(runs, "run"), decisions,
                    seconds(), static_cast<double>(decisions) / seconds() / 1e6));
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
