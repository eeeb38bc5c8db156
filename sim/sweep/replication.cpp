#include "sim/sweep/replication.hpp"

#include <algorithm>
#include <limits>

namespace commonweal {

Replication::Replication(const Design& design)
    : design_(design),
      blocks_(design.cells(), design.until().empty() ? design.blocks() : std::min(design.blocks(), 1u)),
      settled_(design.cells(), design.until().empty()),
      numbers_(design.until().size(), std::vector<double>(design.until().empty() ? 0 : design.runs(),
                                                          std::numeric_limits<double>::quiet_NaN())) {}

void Replication::note(std::uint32_t run, const std::vector<double>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers_[i][run] = numbers[i];
}

bool Replication::needs(std::uint32_t run) const noexcept {
    const RunId id = design_.id(run);
    return id.replicate / block_size < blocks_[id.cell];
}

bool Replication::complete(std::uint32_t cell, const std::vector<RunState>& states) const {
    for (std::uint32_t block = 0; block < blocks_[cell]; ++block)
        for (std::uint32_t instance = 0; instance < design_.instances(); ++instance) {
            const std::uint32_t first = design_.first_run(block, instance, cell);
            for (std::uint32_t i = 0; i < design_.block_runs(block); ++i)
                if (states[first + i] == RunState::open) return false;
        }
    return true;
}

bool Replication::met(std::uint32_t cell) const {
    for (std::size_t which = 0; which < design_.until().size(); ++which) {
        std::vector<std::vector<double>> runs(design_.instances());
        for (std::uint32_t instance = 0; instance < design_.instances(); ++instance)
            for (std::uint32_t block = 0; block < blocks_[cell]; ++block) {
                const std::uint32_t first = design_.first_run(block, instance, cell);
                const auto begin = numbers_[which].begin() + first;
                runs[instance].insert(runs[instance].end(), begin, begin + design_.block_runs(block));
            }
        if (!design_.until()[which].met(runs)) return false;
    }
    return true;
}

bool Replication::judge(const std::vector<RunState>& states, const std::vector<bool>& mine) {
    bool more = false;
    for (std::uint32_t cell = 0; cell < design_.cells(); ++cell) {
        while (!settled_[cell] && mine[cell] && complete(cell, states)) {
            if (blocks_[cell] == design_.blocks() || met(cell)) {
                settled_[cell] = true;
            } else {
                blocks_[cell] = std::min(2 * blocks_[cell], design_.blocks());
                more = true;
            }
        }
    }
    return more;
}

}  // namespace commonweal
