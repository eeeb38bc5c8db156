#include "sim/network/agent_labels.hpp"

#include <functional>

#include "sim/core/error.hpp"

namespace commonweal {

namespace {

/// The upper half marks the slot, the lower half says where it is.
std::uint64_t hash_of(std::string_view name) noexcept { return std::hash<std::string_view>{}(name); }

constexpr std::uint64_t mark = 0xffffffff00000000u;

}  // namespace

std::size_t AgentLabels::slot_of(std::string_view name, std::uint64_t hash) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot]) {
        const auto agent = static_cast<AgentId>(slots_[slot]) - 1;
        if ((slots_[slot] & mark) == (hash & mark) && (*this)[agent] == name) break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

void AgentLabels::grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (AgentId agent = 0; agent < size(); ++agent) {
        const std::uint64_t hash = hash_of((*this)[agent]);
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot]) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = (hash & mark) | (agent + 1u);
    }
}

AgentId AgentLabels::find_or_add(std::string_view name) {
    const std::uint64_t hash = hash_of(name);
    const std::size_t slot = slot_of(name, hash);
    if (slots_[slot]) return static_cast<AgentId>(slots_[slot]) - 1;
    if (ends_.size() == UINT32_MAX) throw ConfigError("more than 4294967294 agents are not possible");
    texts_ += name;
    ends_.push_back(texts_.size());
    slots_[slot] = (hash & mark) | (ends_.size() - 1);
    if (ends_.size() * 2 > slots_.size()) grow();
    return size() - 1;
}

std::optional<AgentId> AgentLabels::find(std::string_view name) const noexcept {
    const std::uint64_t entry = slots_[slot_of(name, hash_of(name))];
    if (!entry) return std::nullopt;
    return static_cast<AgentId>(entry) - 1;
}

}  // namespace commonweal
