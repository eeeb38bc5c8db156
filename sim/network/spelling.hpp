#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/agent_labels.hpp"

namespace commonweal {

/// The text without spaces, and with small letters in place of the capitals A to Z and À to Þ.
std::string without_spelling(std::string_view text);

/// Counts texts, and finds those that a person may have meant to be the same.
class Spellings {
public:
    void add(std::string_view text);

    /// The first texts that differ only in capitals or spaces, each with how many of `thing` have it: "'Ann' (2 ties)
    /// and 'ann' (1 tie)"; "" when there are none. `more` is told how many other such sets there are.
    std::string alike(std::string_view thing, std::size_t& more) const;

    /// The first text that differs from this one only in capitals or spaces; "" when there is none, or the text itself.
    std::string like(std::string_view text) const;

private:
    AgentLabels texts_;
    std::vector<std::uint64_t> times_;  ///< [text]
};

}  // namespace commonweal
