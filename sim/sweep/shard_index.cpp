#include "sim/sweep/shard_index.hpp"

#include <algorithm>
#include <limits>

namespace commonweal {

namespace {

constexpr std::uint64_t most_kept = 192ull << 20;

}  // namespace

ShardIndex::ShardIndex(const Store& store, const std::vector<JournalEntry>& entries)
    : store_(store), places_(store.design().runs()), states_(store.design().runs(), RunState::open) {
    for (const JournalEntry& entry : entries) {
        std::error_code unknown;
        if (!std::filesystem::exists(store.shard_path(entry.shard), unknown)) continue;
        shards_.push_back(entry);
        sources_.emplace_back();
        const auto shard = static_cast<std::uint32_t>(shards_.size() - 1);
        note(shard, load(shard));
    }
}

void ShardIndex::note(std::uint32_t shard, const Shard& content) {
    std::vector<std::pair<std::uint32_t, Place>> again;
    std::vector<std::string> digests;
    for (std::uint32_t t = 0; t < content.tables.size(); ++t) {
        const ShardTable& table = content.tables[t];
        std::uint32_t first_run = std::numeric_limits<std::uint32_t>::max();
        for (std::uint32_t row = 0; row < table.runs.size(); ++row) {
            const auto run = store_.present(content.generation, table.runs[row]);
            if (!run) continue;
            first_run = std::min(first_run, *run);
            if (states_[*run] == RunState::done) {
                again.emplace_back(*run, *places_[*run]);
                digests.push_back(table.digests[row]);
                continue;
            }
            states_[*run] = RunState::done;
            places_[*run] = Place{shard, t, row};
            messages_.erase(*run);
        }
        sources_[shard].push_back(schemas_.add(table.rows.shared_schema(), first_run));
    }
    for (const FailedRun& failed : content.failed) {
        const auto run = store_.present(content.generation, failed.run);
        if (!run || states_[*run] == RunState::done) continue;
        states_[*run] = RunState::failed;
        messages_[*run] = failed.message;
    }
    overlapping_ += again.size();
    for (std::size_t i = 0; i < again.size(); ++i)
        if (digest_at(again[i].second) != digests[i]) contradicting_.push_back(again[i].first);
}

std::string ShardIndex::digest_at(const Place& place) { return table(place).digests[place.row]; }

const ShardTable& ShardIndex::table(const Place& place) { return load(place.shard).tables[place.table]; }

const Shard& ShardIndex::load(std::uint32_t shard) {
    const auto known = std::ranges::find(kept_, shard, &std::pair<std::uint32_t, Shard>::first);
    if (known != kept_.end()) {
        kept_.splice(kept_.begin(), kept_, known);
        return kept_.front().second;
    }
    kept_.emplace_front(shard, store_.read(shards_[shard]));
    kept_bytes_ += kept_.front().second.bytes();
    while (kept_bytes_ > most_kept && kept_.size() > 1) {
        kept_bytes_ -= kept_.back().second.bytes();
        kept_.pop_back();
    }
    return kept_.front().second;
}

}  // namespace commonweal
