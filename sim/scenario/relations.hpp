#pragma once

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// Checks what the keys of a scenario must be to each other: group sizes that divide, conditions that exist, shares
/// that add up, numbers that fit. Throws ConfigError at the place of one of the keys, naming the others.
void check_relations(const Scenario& scenario, const Document& document);

/// The endowment as a number of whole tokens, 1 to 1000, as subjects' schedules need it. Throws ConfigError.
std::uint32_t endowment_tokens(const GameSection& game, const Document& document);

}  // namespace commonweal
