#pragma once

#include <cstdint>
#include <vector>

#include "sim/sweep/design.hpp"
#include "sim/sweep/store.hpp"

namespace commonweal {

/// How many blocks of replicates each cell needs. Without criteria all have all. With criteria a cell is judged when
/// its first 1, 2, 4, ... blocks are complete in all instances: it then needs no more, or twice as many. What is
/// decided is a function of the values of runs alone, never of the order in which they were computed.
class Replication {
public:
    explicit Replication(const Design& design);

    /// The numbers of a run, one for each criterion.
    void note(std::uint32_t run, const std::vector<double>& numbers);

    /// Judges every cell whose blocks are complete. True when some cell needs more blocks than before. Runs of cells
    /// for which `mine` is false are not looked at.
    bool judge(const std::vector<RunState>& states, const std::vector<bool>& mine);

    /// Blocks that a cell needs, as far as is known.
    std::uint32_t blocks(std::uint32_t cell) const noexcept { return blocks_[cell]; }

    /// True when a cell's number of blocks is final.
    bool settled(std::uint32_t cell) const noexcept { return settled_[cell]; }

    bool adaptive() const noexcept { return !design_.until().empty(); }

    /// True for a run that is needed, as far as is known.
    bool needs(std::uint32_t run) const noexcept;

private:
    bool complete(std::uint32_t cell, const std::vector<RunState>& states) const;
    bool met(std::uint32_t cell) const;

    const Design& design_;
    std::vector<std::uint32_t> blocks_;         ///< [cell]
    std::vector<bool> settled_;                 ///< [cell]
    std::vector<std::vector<double>> numbers_;  ///< [criterion][run]; NaN for runs without
};

}  // namespace commonweal
