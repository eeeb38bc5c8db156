#include "sim/sweep/cell_cache.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"

namespace commonweal {

namespace {

/// Trials hold a scenario and, on a network, the network of instance 0; places hold networks.
constexpr std::size_t most_trials = 256, most_places = 64;

}  // namespace

template <class Value, class Key, class Make>
std::shared_ptr<const Value> CellCache::made(Shelf<Value, Key>& shelf, const Key& key, std::size_t most,
                                             const Make& make) {
    std::shared_ptr<Slot<Value>> slot;
    {
        const std::lock_guard lock(mutex_);
        auto& entry = shelf.slots[key];
        if (!entry.first) entry.first = std::make_shared<Slot<Value>>();
        entry.second = ++shelf.clock;
        slot = entry.first;
        if (shelf.slots.size() > most)
            shelf.slots.erase(
                std::ranges::min_element(shelf.slots, {}, [](const auto& item) { return item.second.second; }));
    }
    std::shared_ptr<const Value> value;
    isolated([&] {
        const std::lock_guard lock(slot->making);
        if (!slot->value) slot->value = make();
        value = slot->value;
    });
    return value;
}

CellCache::Entry CellCache::get(std::uint32_t cell, std::uint32_t instance) {
    Entry entry;
    entry.trial = made(trials_, cell, most_trials, [&] { return make_trial(design_.scenario(cell)); });
    entry.place = made(places_, std::pair(cell, instance), most_places,
                       [&] { return std::shared_ptr<const Trial::Place>(entry.trial->place(instance)); });
    return entry;
}

}  // namespace commonweal
