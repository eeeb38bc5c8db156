#pragma once

#include <string>
#include <vector>

#include "sim/engine/service_record.hpp"
#include "sim/record/run_rows.hpp"

namespace commonweal {

/// What a results file tells of a service in words.
struct ServiceWords {
    std::vector<std::string> types;          ///< names of the agent types
    std::vector<std::string> organizations;  ///< names
    std::vector<std::string> policies;       ///< names of their tables
    std::string network;                     ///< kind of the network
    std::string layer;                       ///< that agents see along; "" all
};

/// The arrays of a service (docs/reference/results_file.md). `agents`: of what is kept of each.
RunSchema service_schema(const ServiceDesign& design, AgentId agents, const ServiceWords& words);

/// Runs under that schema.
RunRows service_rows(const std::vector<ServiceTrace>& traces, std::shared_ptr<const RunSchema> schema);

}  // namespace commonweal
