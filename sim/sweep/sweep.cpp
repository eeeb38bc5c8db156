#include "sim/sweep/sweep.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <ctime>
#include <new>
#include <set>

#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"
#include "sim/sweep/cell_cache.hpp"
#include "sim/sweep/replication.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string message_of(const std::exception& error) {
    return dynamic_cast<const std::bad_alloc*>(&error) ? "not enough memory" : error.what();
}

/// The executor of one worker.
class Sweeper {
public:
    Sweeper(const Store& store, const SweepOptions& options)
        : store_(store),
          design_(store.design()),
          options_(options),
          worker_(fmt::format("{}of{}", options.share, options.shares)),
          journal_(store.journal_path(worker_)),
          entries_(store.entries()),
          states_(store.states(entries_)),
          replication_(design_),
          mine_(design_.cells(), true),
          cells_(design_) {
        if (replication_.adaptive())
            for (std::uint32_t cell = 0; cell < design_.cells(); ++cell)
                mine_[cell] = cell % options_.shares == options_.share - 1;
        clean();
        name_shards();
        if (options_.retry)
            for (RunState& state : states_)
                if (state == RunState::failed) state = RunState::open;
        read_numbers();
    }

    SweepResult run() {
        begin_ = last_shard_ = Clock::now();
        count();
        with_threads(options_.threads, [&] {
            do {
                judge();
                stage();
                if (replication_.adaptive()) flush();
            } while (result_.end == SweepEnd::complete && judge());
        });
        flush();
        if (result_.end != SweepEnd::complete && result_.counts.open() == 0 && !result_.counts.judging)
            result_.end = SweepEnd::complete;  // it was told to stop when nothing was left to do
        return result_;
    }

private:
    /// True for an item that this worker computes. Shares differ from block to block, so that each has all cells.
    bool is_mine(std::uint32_t block, std::uint32_t instance, std::uint32_t cell) const {
        if (replication_.adaptive()) return mine_[cell];
        return (std::uint64_t{block} + instance + cell) % options_.shares == options_.share - 1;
    }

    /// What a killed process of this worker left: files without a name, and shards that no journal has.
    void clean() const {
        std::set<std::string> known;
        for (const JournalEntry& entry : entries_) known.insert(entry.shard);
        std::error_code failure;
        for (const auto& file : fs::directory_iterator(store_.folder() / "shards", failure)) {
            const std::string name = file.path().filename().string();
            if (name.starts_with(worker_ + "-") && !known.contains(name)) fs::remove(file.path(), failure);
        }
        if (failure) throw IoError(store_.folder().string(), "cannot be read: " + failure.message());
    }

    void name_shards() {
        for (const JournalEntry& entry : entries_)
            if (entry.shard.starts_with(worker_ + "-"))
                next_shard_ = std::max(next_shard_, std::stoul(entry.shard.substr(worker_.size() + 1)) + 1);
    }

    /// Criteria look at runs of earlier processes, too.
    void read_numbers() {
        if (!replication_.adaptive()) return;
        for (const JournalEntry& entry : entries_) {
            std::error_code unknown;
            if (!fs::exists(store_.shard_path(entry.shard), unknown)) continue;
            const Shard shard = store_.read(entry);
            for (const ShardTable& table : shard.tables)
                for (std::size_t row = 0; row < table.runs.size(); ++row)
                    if (const auto run = store_.present(shard.generation, table.runs[row]))
                        replication_.note(*run, numbers_of(table.rows, row));
        }
    }

    std::vector<double> numbers_of(const RunRows& rows, std::size_t row) const {
        std::vector<double> numbers;
        for (const Criterion& criterion : design_.until()) numbers.push_back(criterion.of(rows, row));
        return numbers;
    }

    bool judge() {
        const bool more = replication_.judge(states_, mine_);
        count();
        return more;
    }

    /// Counts the runs of this share.
    void count() {
        SweepCounts counts;
        counts.computed = result_.counts.computed;
        for (std::uint32_t block = 0; block < design_.blocks(); ++block)
            for (std::uint32_t instance = 0; instance < design_.instances(); ++instance)
                for (std::uint32_t cell = 0; cell < design_.cells(); ++cell) {
                    if (block >= replication_.blocks(cell) || !is_mine(block, instance, cell)) continue;
                    const std::uint32_t first = design_.first_run(block, instance, cell);
                    for (std::uint32_t i = 0; i < design_.block_runs(block); ++i) {
                        ++counts.wanted;
                        counts.done += states_[first + i] == RunState::done;
                        counts.failed += states_[first + i] == RunState::failed;
                    }
                }
        for (std::uint32_t cell = 0; cell < design_.cells(); ++cell)
            counts.judging |= mine_[cell] && !replication_.settled(cell);
        result_.counts = counts;
    }

    /// Computes what is open of the blocks that are needed at present.
    void stage() {
        std::uint32_t block = 0, instance = 0, cell = 0;
        const auto advance = [&] {
            if (++cell < design_.cells()) return;
            cell = 0;
            if (++instance < design_.instances()) return;
            instance = 0;
            ++block;
        };
        const auto next = [&]() -> std::optional<std::vector<std::uint32_t>> {
            for (; block < design_.blocks(); advance()) {
                if (block >= replication_.blocks(cell) || !is_mine(block, instance, cell)) continue;
                std::vector<std::uint32_t> runs;
                const std::uint32_t first = design_.first_run(block, instance, cell);
                for (std::uint32_t i = 0; i < design_.block_runs(block); ++i)
                    if (states_[first + i] == RunState::open) runs.push_back(first + i);
                if (runs.empty()) continue;
                if (!may_go_on()) return {};
                advance();
                return runs;
            }
            return {};
        };
        const auto work = [&](const std::vector<std::uint32_t>& runs) {
            return compute_batch(design_, cells_, runs, options_.lanes);
        };
        parallel_stream(2 * thread_count(), StreamOrder::as_they_come, next, work,
                        [&](ComputedBatch batch) { take(std::move(batch)); });
    }

    bool may_go_on() {
        if (result_.end != SweepEnd::complete) return false;
        if (options_.stop && options_.stop()) result_.end = SweepEnd::stopped;
        if (options_.max_seconds > 0 && seconds_since(begin_) >= options_.max_seconds)
            result_.end = SweepEnd::out_of_time;
        if (options_.stop_on_failure && failed_.load()) result_.end = SweepEnd::failure;
        return result_.end == SweepEnd::complete;
    }

    void take(ComputedBatch batch) {
        if (batch.done) {
            for (std::size_t row = 0; row < batch.done->runs.size(); ++row)
                if (replication_.adaptive())
                    pending_numbers_.emplace_back(batch.done->runs[row], numbers_of(batch.done->rows, row));
            taken_.done += batch.done->runs.size();
            shard_.add(std::move(*batch.done));
        }
        for (FailedRun& failed : batch.failed) {
            if (result_.first_failure.empty())
                result_.first_failure = fmt::format("run {}, {}: {}", failed.run,
                                                    design_.name_of(design_.id(failed.run).cell), failed.message);
            failed_ = true;
            ++taken_.failed;
            shard_.add(std::move(failed));
        }
        if (shard_.bytes() >= options_.shard_bytes || seconds_since(last_shard_) >= options_.shard_seconds) flush();
        if (options_.progress) {
            SweepCounts counts = result_.counts;
            counts.done += taken_.done;
            counts.failed += taken_.failed;
            counts.computed += taken_.done + taken_.failed;
            options_.progress(counts);
        }
    }

    /// Publishes what was taken since the last shard.
    void flush() {
        if (shard_.empty()) return;
        JournalEntry entry;
        entry.shard = fmt::format("{}-{:06}.h5", worker_, next_shard_++);
        entry.generation = store_.generation();
        entry.done = ranges_of(shard_.done());
        entry.failed = ranges_of(shard_.failed());
        const fs::path path = store_.shard_path(entry.shard);
        entry.digest = shard_.write(path, store_.generation());
        entry.bytes = fs::file_size(path);
        entry.seconds = seconds_since(last_shard_);
        entry.threads = options_.threads;
        entry.host = host_name();
        entry.time = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
        journal_.append(entry);
        for (const std::uint32_t run : shard_.done()) states_[run] = RunState::done;
        for (const std::uint32_t run : shard_.failed()) states_[run] = RunState::failed;
        for (const auto& [run, numbers] : pending_numbers_) replication_.note(run, numbers);
        pending_numbers_.clear();
        result_.counts.done += taken_.done;
        result_.counts.failed += taken_.failed;
        result_.counts.computed += taken_.done + taken_.failed;
        taken_ = {};
        shard_ = {};
        last_shard_ = Clock::now();
    }

    const Store& store_;
    const Design& design_;
    SweepOptions options_;
    std::string worker_;
    Journal journal_;
    std::vector<JournalEntry> entries_;
    std::vector<RunState> states_;
    Replication replication_;
    std::vector<bool> mine_;  ///< [cell], with criteria
    CellCache cells_;
    ShardWriter shard_;
    SweepCounts taken_;  ///< since the last shard
    std::vector<std::pair<std::uint32_t, std::vector<double>>> pending_numbers_;
    std::atomic<bool> failed_ = false;
    unsigned long next_shard_ = 0;
    Clock::time_point begin_, last_shard_;
    SweepResult result_;
};

}  // namespace

ComputedBatch compute_batch(const Design& design, CellCache& cells, const std::vector<std::uint32_t>& runs,
                            std::size_t lanes) {
    ComputedBatch batch;
    const RunId first = design.id(runs.front());
    const auto fail = [&](std::uint32_t run, const std::exception& error) {
        batch.failed.push_back({run, message_of(error)});
    };
    CellCache::Entry entry;
    try {
        entry = cells.get(first.cell, first.instance);
    } catch (const std::exception& error) {
        for (const std::uint32_t run : runs) fail(run, error);
        return batch;
    }
    std::vector<std::uint32_t> replicates;
    for (const std::uint32_t run : runs) replicates.push_back(design.id(run).replicate);
    try {
        batch.done = RunBatch{runs, entry.trial->play(*entry.place, replicates, lanes), entry.place->network};
        return batch;
    } catch (const std::exception& error) {
        if (runs.size() == 1) {
            fail(runs.front(), error);
            return batch;
        }
    }
    // One of them failed: each for itself tells which.
    std::vector<std::uint32_t> good;
    std::vector<RunRows> rows;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        try {
            rows.push_back(entry.trial->play(*entry.place, std::span(replicates).subspan(i, 1), 1));
            good.push_back(runs[i]);
        } catch (const std::exception& error) {
            fail(runs[i], error);
        }
    }
    if (!good.empty()) batch.done = RunBatch{good, joined(entry.trial->schema(), rows), entry.place->network};
    return batch;
}

SweepResult compute_runs(const Store& store, const SweepOptions& options) { return Sweeper(store, options).run(); }

}  // namespace commonweal
