#pragma once

#include <string>
#include <vector>

#include "sim/model/model_info.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/design.hpp"

namespace commonweal {

/// A model that a scenario names.
struct UsedModel {
    std::string kind;   ///< "behavior rule"
    std::string place;  ///< table of the scenario: "agents.people", "policy.contest"
    ModelInfo info;
    std::string_view who_pays = {}, at_zero = {};  ///< of a policy
};

/// The models of a scenario, in the order of its tables: network, agents, subjects, sanction, update, policies.
std::vector<UsedModel> models_of(const Scenario& scenario);

/// The models that a resolved scenario names, without building any: data files need not be there.
std::vector<UsedModel> models_of(const Document& resolved);

/// Those of all cells of a design, each once. Of very many cells only so many are looked at.
std::vector<UsedModel> models_of(const Design& design);

}  // namespace commonweal
