#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/record/hdf5_file.hpp"

namespace commonweal {

/// The program, as results files and manifests name it.
struct Program {
    std::string version, commit, citation;
};

/// What the results file says of the study as a whole.
struct Study {
    std::string title = {};
    std::string configuration = {};  ///< resolved scenario, TOML; of a sweep the first one
    std::string design = {};         ///< what varies, JSON; "" when nothing does
    Program program = {};
    bool complete = true;  ///< false when runs of the design are not in the file
};

/// Something that differs between runs: a key of the scenario, a regime, a world.
struct Varying {
    enum class Kind : std::uint8_t { text, whole, real };
    std::string name, unit, long_name;
    Kind kind = Kind::real;
};

/// How a run ended.
enum class RunStatus : std::int8_t { done = 0, failed = 1 };

/// What the results file says of runs besides their columns; all arrays are [run].
struct Ledger {
    std::vector<std::int32_t> run, point, instance, replicate;
    std::vector<RunStatus> status;
    std::vector<std::string> digest;   ///< of the run's columns; "" of a failed one
    std::vector<std::string> network;  ///< digest of its network; "" without
    std::vector<std::string> message;  ///< why it failed; "" otherwise

    std::vector<std::vector<std::string>> texts;  ///< [varying], of those that are texts
    std::vector<std::vector<double>> numbers;     ///< [varying], of the others

    /// What is said of one run; the values of what varies come apart.
    struct Row {
        std::uint32_t run, point, instance, replicate;
        RunStatus status;
        std::string digest, network, message;
    };

    explicit Ledger(std::size_t varying = 0) : texts(varying), numbers(varying) {}

    void add(Row row);
    std::size_t size() const noexcept { return run.size(); }
};

/// The results file of docs/reference/results_file.md. Runs are appended in order; finish() publishes. Equal runs in
/// equal order give equal bytes, however they are cut into appends.
class ResultsFile {
public:
    /// `holes`, [column]: some values are missing, because a run failed or has no such value. Throws IoError when the
    /// file cannot be created.
    ResultsFile(const std::filesystem::path& path, const RunSchema& schema, const Study& study,
                const std::vector<Varying>& varying, const std::vector<bool>& holes, std::uint64_t runs);

    /// columns, [column]: values of these runs, as RunRows has them.
    void append(const Ledger& ledger, const std::vector<const std::byte*>& columns);

    void finish();

private:
    void describe(const Study& study);
    void ledger();
    void columns(const std::vector<bool>& holes);
    void constants();
    Hdf5File::Axis axis(const std::string& name) const;
    void hold(const Ledger& ledger, const std::vector<const std::byte*>& columns, std::size_t first, std::size_t count);
    void write();

    RunSchema schema_;
    std::vector<Varying> varying_;
    std::uint64_t runs_;
    std::uint64_t written_ = 0;
    std::vector<std::size_t> strides_;  ///< [column], bytes of one run
    std::size_t window_ = 1;            ///< runs that are written at once
    Ledger held_;                       ///< runs that wait for their window to be full
    std::vector<std::vector<std::byte>> held_columns_;
    Hdf5File file_;
};

}  // namespace commonweal
