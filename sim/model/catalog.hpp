#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/model/behavior.hpp"
#include "sim/model/network_generator.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/sanction.hpp"
#include "sim/model/strategy.hpp"
#include "sim/model/subject.hpp"
#include "sim/model/update.hpp"

namespace commonweal {

/// One line of a catalog: what the model says of itself, and how to build it from checked settings.
/// `where` names the table of the scenario in messages about relations between parameters.
template <class Contract>
struct CatalogEntry {
    ModelInfo info;
    std::unique_ptr<Contract> (*make)(const std::vector<Setting>& settings, const std::string& where);
};

/// What a subject source must know of the game to make or check its people.
struct SubjectNeeds {
    std::uint32_t tokens;  ///< whole tokens of the endowment
};

struct SubjectEntry {
    ModelInfo info;
    std::shared_ptr<const SubjectSource> (*make)(const std::vector<Setting>& settings, const std::string& where,
                                                 const SubjectNeeds& needs);
};

/// A policy says besides who pays for it, and at which value of which parameter it changes nothing.
struct PolicyEntry {
    ModelInfo info;
    std::string_view who_pays, at_zero;
    PolicyNeeds needs;
    std::unique_ptr<Policy> (*make)(const std::vector<Setting>& settings, const std::string& where);
};

/// Every model a scenario may name. Handed from models/ to the scenario by sim/app.
struct Catalog {
    std::span<const CatalogEntry<Behavior>> behaviors;
    std::span<const CatalogEntry<Sanction>> sanctions;
    std::span<const SubjectEntry> subjects;
    std::span<const CatalogEntry<NetworkGenerator>> networks = {};
    std::span<const CatalogEntry<Strategy>> strategies = {};
    std::span<const CatalogEntry<Update>> updates = {};
    std::span<const PolicyEntry> policies = {};
};

}  // namespace commonweal
