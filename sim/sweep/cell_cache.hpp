#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "sim/sweep/design.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

/// Trials of the cells of a design and the places of their instances, made when they are asked for. The last ones are
/// kept; any thread may ask.
class CellCache {
public:
    explicit CellCache(const Design& design) : design_(design) {}

    struct Entry {
        std::shared_ptr<const Trial> trial;
        std::shared_ptr<const Trial::Place> place;
    };

    /// Throws what the scenario or its network throws.
    Entry get(std::uint32_t cell, std::uint32_t instance);

private:
    /// Something that is made once, by the thread that first wants it.
    template <class Value>
    struct Slot {
        std::mutex making;
        std::shared_ptr<const Value> value;
    };
    template <class Value, class Key>
    struct Shelf {
        std::map<Key, std::pair<std::shared_ptr<Slot<Value>>, std::uint64_t>> slots;  ///< with the time of the last use
        std::uint64_t clock = 0;
    };
    template <class Value, class Key, class Make>
    std::shared_ptr<const Value> made(Shelf<Value, Key>& shelf, const Key& key, std::size_t most, const Make& make);

    const Design& design_;
    std::mutex mutex_;
    Shelf<Trial, std::uint32_t> trials_;
    Shelf<Trial::Place, std::pair<std::uint32_t, std::uint32_t>> places_;
};

}  // namespace commonweal
