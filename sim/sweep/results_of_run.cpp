#include "sim/sweep/results_of_run.hpp"

#include <fmt/format.h>

namespace commonweal {

namespace {

Study completed(Study study, const Scenario& scenario) {
    study.title = scenario.study.title;
    study.configuration = scenario.resolved;
    return study;
}

}  // namespace

std::string network_text(const Network& network) { return fmt::format("{:016x}", digest_of(network)); }

ResultsOfRun::ResultsOfRun(const std::filesystem::path& path, const Scenario& scenario, const RunSchema& schema,
                           Study study)
    : replicates_(scenario.study.replicates),
      file_(path, schema, completed(std::move(study), scenario), {}, std::vector<bool>(schema.columns.size(), false),
            std::uint64_t{scenario.study.replicates} * scenario.study.instances) {}

void ResultsOfRun::append(const RunRows& rows, std::uint32_t instance, const std::string& network) {
    Ledger ledger;
    for (std::size_t row = 0; row < rows.rows(); ++row, ++next_)
        ledger.add({.run = next_,
                    .point = 0,
                    .instance = instance,
                    .replicate = next_ - instance * replicates_,
                    .status = RunStatus::done,
                    .digest = rows.digest(row),
                    .network = network,
                    .message = ""});
    std::vector<const std::byte*> columns;
    for (std::size_t i = 0; i < rows.schema().columns.size(); ++i) columns.push_back(rows.column(i));
    file_.append(ledger, columns);
}

}  // namespace commonweal
