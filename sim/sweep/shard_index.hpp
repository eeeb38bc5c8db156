#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/record/schema_union.hpp"
#include "sim/sweep/store.hpp"

namespace commonweal {

/// Where in the shards of a store each run is. Shards are read when they are needed; the last ones are kept.
class ShardIndex {
public:
    struct Place {
        std::uint32_t shard = 0, table = 0, row = 0;
    };

    /// Reads what shards hold. Throws IoError for one that cannot be read.
    ShardIndex(const Store& store, const std::vector<JournalEntry>& entries);

    /// Where a run is done or, when it is done nowhere, where it failed.
    const std::optional<Place>& place(std::uint32_t run) const { return places_[run]; }
    RunState state(std::uint32_t run) const { return states_[run]; }

    /// The message of a failed run.
    const std::string& message(std::uint32_t run) const { return messages_.at(run); }

    /// The table that a place is in; valid until the next call.
    const ShardTable& table(const Place& place);

    /// Place of that table's schema in `schemas()`.
    std::size_t source(const Place& place) const { return sources_[place.shard][place.table]; }
    SchemaUnion& schemas() noexcept { return schemas_; }

    /// Runs that are in more than one shard, and those of them whose values differ.
    std::uint64_t overlapping() const noexcept { return overlapping_; }
    const std::vector<std::uint32_t>& contradicting() const noexcept { return contradicting_; }

private:
    const Shard& load(std::uint32_t shard);
    void note(std::uint32_t shard, const Shard& content);
    std::string digest_at(const Place& place);

    const Store& store_;
    std::vector<JournalEntry> shards_;
    std::vector<std::optional<Place>> places_;
    std::vector<RunState> states_;
    std::map<std::uint32_t, std::string> messages_;
    std::vector<std::vector<std::size_t>> sources_;  ///< [shard][table]
    SchemaUnion schemas_;
    std::uint64_t overlapping_ = 0;
    std::vector<std::uint32_t> contradicting_;
    std::list<std::pair<std::uint32_t, Shard>> kept_;  ///< the last one used first
    std::uint64_t kept_bytes_ = 0;
};

}  // namespace commonweal
