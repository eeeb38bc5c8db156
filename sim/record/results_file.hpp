#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/record/hdf5_file.hpp"
#include "sim/record/run_block.hpp"

namespace commonweal {

/// What the results file says of the study as a whole.
struct Study {
    std::string title;
    std::vector<std::string> conditions;
    std::vector<std::string> types;  ///< names of the agent types
    std::string configuration;       ///< resolved scenario, TOML
    std::string version, commit;
    std::string subjects;  ///< origin of the people; "" without
    bool subject_rows = false;
    std::string matching;  ///< how the groups were made
    std::string layer;     ///< of the network that is played on; "" in a laboratory
    std::string citation;
};

/// The results file of docs/reference/results_file.md. Runs are appended in order; finish() publishes.
class ResultsFile {
public:
    /// Throws IoError when the file cannot be created.
    ResultsFile(const std::filesystem::path& path, const Experiment& experiment, const Keep& keep,
                const TwinDesign& twins, const Study& study, std::size_t runs);

    void append(const RunBlock& block);

    /// The digest of the network of the next instance.
    void note_network(std::uint64_t digest);

    void finish();

private:
    void coordinates();
    void means();
    void ties();
    void agents(const Study& study);
    void cascades(const TwinDesign& twins);
    void adoption();
    void append_adoption(const std::vector<AdoptionTrace>& traces);
    void append_cascades(const RunBlock& block);

    const Experiment& experiment_;
    Keep keep_;
    bool subject_rows_ = false;
    Round lags_ = 0;
    std::uint32_t degrees_ = 0;
    std::string digests_;  ///< of networks, joined by commas
    std::uint64_t runs_;
    std::uint64_t written_ = 0;
    Hdf5File file_;
};

}  // namespace commonweal
