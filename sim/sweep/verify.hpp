#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/sweep/store.hpp"

namespace commonweal {

/// What a check of a store found.
struct VerifyReport {
    std::uint64_t shards = 0, runs = 0, recomputed = 0;
    bool results = false;               ///< results.h5 was there and was compared
    std::vector<std::string> problems;  ///< one line each; empty when all is well
};

/// Checks a store: the manifest, the bytes of every shard against the journal, the values of every run against their
/// digest, results.h5 against the shards, and `sample` runs, spread evenly, against runs computed anew. Throws IoError.
VerifyReport verify(const Store& store, std::uint64_t sample, unsigned threads,
                    const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace commonweal
