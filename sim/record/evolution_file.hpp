#pragma once

#include "sim/engine/evolution.hpp"
#include "sim/record/results_file.hpp"

namespace commonweal {

/// The results file of strategies (docs/reference/results_file.md). Runs are appended in order; finish() publishes.
class EvolutionFile {
public:
    /// `agents`: of the strategies that are kept. Throws IoError when the file cannot be created.
    EvolutionFile(const std::filesystem::path& path, const EvolutionDesign& design, const Study& study, AgentId agents,
                  std::uint64_t runs);

    struct Run {
        std::uint32_t instance, replicate;
        const EvolutionTrace* trace;
    };
    void append(const std::vector<Run>& runs);
    void finish() { file_.finish(); }

private:
    void variables(AgentId agents);

    const EvolutionDesign& design_;
    std::uint64_t runs_, written_ = 0;
    Hdf5File file_;
};

}  // namespace commonweal
