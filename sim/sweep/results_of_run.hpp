#pragma once

#include "sim/network/network.hpp"
#include "sim/record/results_file.hpp"
#include "sim/record/run_rows.hpp"
#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// A network's digest, as results have it.
std::string network_text(const Network& network);

/// The results file of one scenario, whose runs come in order: instance by instance, replicate by replicate.
class ResultsOfRun {
public:
    ResultsOfRun(const std::filesystem::path& path, const Scenario& scenario, const RunSchema& schema, Study study);

    /// The next runs, all of one instance; `network` is the digest of its network, "" without.
    void append(const RunRows& rows, std::uint32_t instance, const std::string& network);

    void finish() { file_.finish(); }

private:
    std::uint32_t replicates_;
    std::uint32_t next_ = 0;
    ResultsFile file_;
};

}  // namespace commonweal
