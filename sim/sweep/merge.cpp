#include "sim/sweep/merge.hpp"

#include <algorithm>
#include <optional>

#include "sim/core/error.hpp"
#include "sim/record/results_file.hpp"
#include "sim/sweep/journal.hpp"
#include "sim/sweep/replication.hpp"
#include "sim/sweep/shard_index.hpp"

namespace commonweal {

namespace {

/// Runs and bytes that are held at once.
constexpr std::uint64_t most_rows = 4096, most_bytes = 16 << 20;

/// The runs that the design needs: with criteria those that it needs as far as is known.
std::vector<std::uint32_t> wanted_runs(const Store& store, ShardIndex& index) {
    const Design& design = store.design();
    Replication replication(design);
    std::vector<std::uint32_t> wanted;
    if (replication.adaptive()) {
        std::vector<RunState> states(design.runs());
        for (std::uint32_t run = 0; run < design.runs(); ++run) {
            states[run] = index.state(run);
            if (states[run] != RunState::done) continue;
            const auto& place = *index.place(run);
            std::vector<double> numbers;
            for (const Criterion& criterion : design.until())
                numbers.push_back(criterion.of(index.table(place).rows, place.row));
            replication.note(run, numbers);
        }
        replication.judge(states, std::vector<bool>(design.cells(), true));
    }
    for (std::uint32_t run = 0; run < design.runs(); ++run)
        if (replication.needs(run)) wanted.push_back(run);
    return wanted;
}

/// Writes runs in order, piece by piece.
class Merger {
public:
    Merger(const Store& store, ShardIndex& index, const std::filesystem::path& output,
           const std::vector<std::uint32_t>& runs, bool complete, bool failures)
        : design_(store.design()),
          index_(index),
          schema_(index.schemas().joined()),
          varying_(design_.varying()),
          columns_(schema_.columns.size()),
          file_(output, schema_, study_of(store, complete), varying_, holes(failures), runs.size()) {}

    void write(const std::vector<std::uint32_t>& runs) {
        const std::uint64_t step =
            std::clamp<std::uint64_t>(most_bytes / std::max<std::uint64_t>(schema_.row_bytes(), 1), 1, most_rows);
        for (std::size_t first = 0; first < runs.size(); first += step)
            write_piece(std::span(runs).subspan(first, std::min<std::size_t>(step, runs.size() - first)));
        file_.finish();
    }

private:
    static Study study_of(const Store& store, bool complete) {
        return {.title = store.design().title(),
                .configuration = store.configuration(),
                .design = store.design().json(),
                .program = store.program(),
                .complete = complete};
    }

    std::vector<bool> holes(bool failures) const {
        std::vector<bool> holes;
        for (std::size_t i = 0; i < schema_.columns.size(); ++i)
            holes.push_back(failures || index_.schemas().has_holes(i));
        return holes;
    }

    void write_piece(std::span<const std::uint32_t> runs) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::uint64_t cells = schema_.cells(schema_.columns[i]);
            columns_[i].resize(runs.size() * cells * bytes_of(schema_.columns[i].type));
            fill_missing(schema_.columns[i].type, columns_[i].data(), runs.size() * cells);
        }
        Ledger ledger(varying_.size());
        for (std::size_t row = 0; row < runs.size(); ++row) add(runs[row], row, ledger);
        std::vector<const std::byte*> columns;
        for (const auto& column : columns_) columns.push_back(column.data());
        file_.append(ledger, columns);
    }

    void add(std::uint32_t run, std::size_t row, Ledger& ledger) {
        const RunId id = design_.id(run);
        const bool done = index_.state(run) == RunState::done;
        Ledger::Row said{.run = run,
                         .point = design_.point_of(id.cell),
                         .instance = id.instance,
                         .replicate = id.replicate,
                         .status = done ? RunStatus::done : RunStatus::failed,
                         .digest = "",
                         .network = "",
                         .message = ""};
        design_.add_values(id.cell, ledger);
        if (!done) {
            said.message = index_.message(run);
            ledger.add(std::move(said));
            return;
        }
        const auto place = *index_.place(run);
        const ShardTable& table = index_.table(place);
        said.digest = table.digests[place.row];
        said.network = table.networks[place.row];
        ledger.add(std::move(said));
        const std::size_t source = index_.source(place);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::uint64_t stride = schema_.cells(schema_.columns[i]) * bytes_of(schema_.columns[i].type);
            index_.schemas().place(source, table.rows, place.row, i, columns_[i].data() + row * stride);
        }
    }

    const Design& design_;
    ShardIndex& index_;
    const RunSchema& schema_;
    std::vector<Varying> varying_;
    std::vector<std::vector<std::byte>> columns_;
    ResultsFile file_;
};

}  // namespace

bool check_shards(const Store& store, const std::vector<JournalEntry>& entries, MergeReport& report) {
    for (const JournalEntry& entry : entries) {
        std::error_code unknown;
        const auto path = store.shard_path(entry.shard);
        if (!std::filesystem::exists(path, unknown))
            report.lost_shards.push_back(entry.shard);
        else if (digest_of_file(path) != entry.digest)
            report.damaged_shards.push_back(entry.shard);
    }
    return report.damaged_shards.empty();
}

std::vector<std::uint32_t> present_runs(const Store& store, ShardIndex& index, MergeReport& report) {
    report.overlapping = index.overlapping();
    report.contradicting = index.contradicting();
    std::vector<std::uint32_t> present, missing;
    for (const std::uint32_t run : wanted_runs(store, index)) {
        const RunState state = index.state(run);
        (state == RunState::open ? missing : present).push_back(run);
        report.done += state == RunState::done;
        report.failed += state == RunState::failed;
    }
    report.missing_runs = missing.size();
    report.missing = ranges_of(std::move(missing));
    return present;
}

MergeReport merge(const Store& store, const std::filesystem::path& output) {
    std::optional<FileLock> alone;  // two that write one file would spoil it
    if (output == store.results_path()) alone.emplace(store.folder() / "results.lock", FileLock::Kind::exclusive, "");
    MergeReport report;
    const auto entries = store.entries();
    if (!check_shards(store, entries, report)) return report;
    ShardIndex index(store, entries);
    const auto present = present_runs(store, index, report);
    if (!report.contradicting.empty()) return report;
    Merger(store, index, output, present, report.complete(), report.failed > 0).write(present);
    report.written = true;
    return report;
}

}  // namespace commonweal
