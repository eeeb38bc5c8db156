#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/types.hpp"

namespace commonweal {

/// The names that agents have in the user's files, each of any text, numbered in order of first appearance. Holds the
/// texts one after the other: about 30 bytes per agent with short names.
class AgentLabels {
public:
    /// The agent of that name; a new one when the name is new. Throws ConfigError beyond 2^32 - 2 agents.
    AgentId find_or_add(std::string_view name);

    std::optional<AgentId> find(std::string_view name) const noexcept;

    AgentId size() const noexcept { return static_cast<AgentId>(ends_.size() - 1); }

    /// Valid until the next name is added.
    std::string_view operator[](AgentId agent) const noexcept {
        return std::string_view(texts_).substr(ends_[agent], ends_[agent + 1] - ends_[agent]);
    }

private:
    std::size_t slot_of(std::string_view name, std::uint64_t hash) const noexcept;
    void grow();

    std::string texts_;
    std::vector<std::uint64_t> ends_{0};                                 ///< [agent + 1], into texts_
    std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(64);  ///< hash << 32 | agent + 1; 0 is free
};

}  // namespace commonweal
