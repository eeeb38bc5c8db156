#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/engine/service.hpp"

namespace commonweal {

/// What one run of a service leaves behind. Means are per agent and round [tokens] unless said otherwise.
struct ServiceTrace {
    std::vector<double> payoff, local, system;  ///< [round], mean of the agents
    std::vector<double> round_cost;             ///< [round], public money net of fines, per agent
    double welfare = 0, local_mean = 0, system_mean = 0;
    double late_system = 0;  ///< contribution to the pot of the system, mean over the last quarter of the rounds
    double gini = 0;         ///< of the agents' payoffs, summed over the run
    double public_cost = 0;  ///< public money net of fines
    std::vector<double> policy_cost;                  ///< [policy], public money and what it used up
    std::vector<std::int32_t> extended;               ///< [policy]: 1 pilot extended, 0 dropped, -1 no pilot
    std::array<std::vector<double>, 3> organization;  ///< payoff, local, system of its first members, [organization]
    std::array<std::vector<double>, 3> role;          ///< the same, [role]; NaN where nobody has the role
    std::array<Micro, accounts> books{};              ///< over the run
    Micro gap = 0;  ///< largest absolute difference of what came in and where it went, over rounds
    std::array<std::vector<float>, 3> agents;  ///< [round, agent], payoff, local, system, when kept
    std::vector<std::uint8_t> types;           ///< [agent], when kept
};

/// Gini coefficient of values: mean absolute difference over twice the mean; 0 when all are equal, NaN when the mean is
/// not positive. Reorders the values.
double gini_of(std::vector<Micro>& values);

}  // namespace commonweal
