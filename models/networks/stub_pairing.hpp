#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/draw_sequence.hpp"
#include "sim/network/layer.hpp"

namespace commonweal::models {

/// Ends of ties ("stubs") that agents hold, joined in pairs by chance: the configuration model (Bollobas 1980; Molloy &
/// Reed 1995). Each pairing is equally likely. Ties that a simple graph cannot have can then be mended: a bad tie and a
/// tie drawn by chance exchange ends (Maslov & Sneppen 2002), which keeps all degrees. The mended graph is nearly
/// uniform among simple graphs with these degrees: exactly so in the limit of large sparse ones, where mended ties are
/// few.
class StubPairing {
public:
    /// `groups` is empty, or has a number per agent: then a tie inside a group is bad too.
    /// Throws ConfigError when the degrees add up to an odd number or to 2^32 or more.
    explicit StubPairing(const std::vector<std::uint32_t>& degrees, std::vector<std::uint32_t> groups = {});

    /// Joins all stubs anew.
    void pair(DrawSequence& draws);

    /// Exchanges ends until no tie is bad. False when that did not succeed within a bounded number of attempts, as when
    /// no such graph exists.
    bool mend(DrawSequence& draws);

    /// All ties, bad ones included.
    std::vector<Tie> ties() const;

private:
    using Stub = std::uint32_t;

    AgentId other_end(Stub stub) const noexcept { return owner_[partner_[stub]]; }
    bool bad(Stub stub) const noexcept;
    bool exchange(Stub bad, Stub other, bool may_stay_bad) noexcept;
    void join(Stub a, Stub b) noexcept;
    void find_bad_of(AgentId agent, std::vector<AgentId>& row, std::vector<Stub>& found) const;
    std::vector<Stub> find_bad() const;

    std::vector<std::uint64_t> offsets_;  ///< [agent + 1], into the arrays below
    std::vector<AgentId> owner_;          ///< [stub]
    std::vector<Stub> partner_;           ///< [stub]
    std::vector<std::uint32_t> groups_;   ///< [agent], or empty
};

}  // namespace commonweal::models
