#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

/// The parts of an ODD protocol that follow from how a scenario is played, whatever its models are.
namespace commonweal {

/// A phase of a round: what it is called, what happens, and what it changes.
struct OddPhase {
    std::string name, does, changes;
};

/// The phases of a round, in the order in which the engine plays them.
std::vector<OddPhase> odd_phases(const Scenario& scenario);

/// A kind of thing that has state, and its state variables with their units.
struct OddEntity {
    std::string name, variables;
};

std::vector<OddEntity> odd_entities(const Scenario& scenario);

/// Payoffs of a round as equations, one on a line.
std::string odd_payoffs(const Scenario& scenario);

/// One of the eleven design concepts, with what is true of it in this scenario.
struct OddConcept {
    std::string name, text;
};

std::vector<OddConcept> odd_concepts(const Scenario& scenario);

/// A stream of random numbers: what it decides, the seed that it has, and whether replicates share its numbers.
struct OddStream {
    std::string decides, seed, shared;
};

/// Those that the scenario can draw from.
std::vector<OddStream> odd_streams(const Scenario& scenario);

}  // namespace commonweal
