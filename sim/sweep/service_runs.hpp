#pragma once

#include <memory>
#include <span>

#include "sim/engine/service.hpp"
#include "sim/engine/service_record.hpp"
#include "sim/record/service_rows.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/run_all.hpp"

namespace commonweal {

/// The service that a scenario describes, with the network of instance 0. Throws ConfigError when it cannot be made.
ServiceDesign service_of(const Scenario& scenario);

RunSchema service_schema_of(const Scenario& scenario, const ServiceDesign& design);

/// Runs that are computed together: `wanted`, or chosen by how many there are for each thread, and their agents.
std::size_t service_lanes(const ServiceDesign& design, std::size_t wanted, std::size_t runs, std::size_t threads = 1);

/// Runs with these replicates, at most `lanes` at a time.
std::vector<ServiceTrace> serve(const ServiceDesign& design, const ServicePlace& place,
                                std::span<const std::uint32_t> replicates, std::size_t lanes);

/// run_all for a service.
Summary run_service(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                    const Study& study);

}  // namespace commonweal
