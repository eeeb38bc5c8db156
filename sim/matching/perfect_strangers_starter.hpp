#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/types.hpp"
#include "sim/matching/perfect_strangers_arrays.hpp"

namespace commonweal {

/// [agent]: one round; group g holds the entries g s .. g s + s - 1.
using RoundRow = std::vector<AgentId>;

/// Base rounds and what moves them: a finite abelian group G of order m acts on the agents. Agent c m + x is element x
/// of class c = 0..floor(N / m) - 1 and goes to c m + (x + g); the last N mod m agents are fixed. A base round becomes
/// m rounds, one per element of G; an orbit group, with one agent of each class, becomes one round, its m images.
/// Nobody meets twice if over all groups given here
/// - each difference x - y between two classes occurs at most once, and so does each pair +-(x - y), x - y != y - x,
/// within one;
/// - each fixed agent meets each class at most once, and no two fixed agents meet.
struct Starter {
    AgentId agents = 0;
    AgentId group_size = 0;
    std::vector<std::uint32_t> moduli;  ///< G = Z_{n_0} x Z_{n_1} x ...
    std::vector<AgentId> base_rounds;   ///< [base round, agent]
    std::vector<AgentId> orbit_groups;  ///< [group, slot]; only if N = m s
};

/// The number of rounds that develop can make of it [rounds].
Round developed_rounds(const Starter& starter);

/// The first `rounds` developed rounds, base round by base round, g counting up from 0, then the orbit groups. The
/// slots keep the order of the base round.
std::vector<RoundRow> develop(const Starter& starter, Round rounds);

/// "2 base rounds over Z_5 with 6 classes and 2 fixed agents"
std::string describe(const Starter& starter);

/// Starters found by computer: 24 in fours is the reference, the others come from backtracking over the exact covers of
/// the agents by groups with unused differences, mostly with one more symmetry imposed. They have as many rounds as
/// perfect_stranger_bound allows, but for 50 in fives (9 of at most 12, by annealing).
const std::vector<Starter>& starter_book();

}  // namespace commonweal
