#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/types.hpp"

namespace commonweal {

/// Who shares a group with whom, round after round.
struct GroupSchedule {
    AgentId agents = 0;      ///< N [agents]
    AgentId group_size = 0;  ///< s [agents]
    /// [round, agent]: entry [t][g s + k] is the agent in slot k of group g in round t; t counts from 0.
    std::vector<std::vector<AgentId>> rounds;
};

/// A schedule in which nobody meets anybody twice, and where it comes from.
struct PerfectStrangers {
    GroupSchedule schedule;    ///< valid, with as many rounds as were asked for, or fewer
    Round bound = 0;           ///< no schedule has more rounds than this; perhaps none has as many
    bool complete = false;     ///< the schedule has all the rounds that were asked for
    std::string construction;  ///< where the schedule comes from, in words
};

/// An upper bound on the rounds in which nobody meets anybody twice:
///     floor((N - 1) / (s - 1)), since a person meets s - 1 new ones in each round,
/// and less where less is proven:
///     1 if N < s^2: the s members of a group find fewer than s groups in the next round;
///     3 for 36 in sixes: more would be a pair of orthogonal Latin squares of order 6 (Tarry 1900);
///     s - 2 for s^2 in groups of s if no projective plane of order s exists (Bruck and Ryser 1949; order 10: Lam,
///     Thiel and Swiercz 1989), since s - 3 orthogonal Latin squares could be completed to one (Shrikhande 1961); 4 for
///     12 in threes (Kotzig and Rosa 1974); 5 for 20 in fours: no resolvable design of type 2^10 (Colbourn and Dinitz
///     2007, Handbook of Combinatorial Designs).
/// Needs 2 <= s <= N and s | N.
Round perfect_stranger_bound(AgentId agents, AgentId group_size) noexcept;

/// A schedule of the social golfer problem (CSPLib problem 10): every round is a partition of the agents into groups,
/// and no two agents share a group twice. 24 agents in fours get the schedule of the reference, EXPERIMENTS.md 8.1. The
/// others, in this order: round robin for pairs; base rounds developed over a finite abelian group (Kirkman 1850; Bose
/// 1939; Anderson 1997, Combinatorial Designs and Tournaments); transversal designs over finite fields and products of
/// them (MacNeish 1922; Wilson 1974), with the classes that they leave filled by smaller schedules; and where these are
/// too short, annealing with a fixed number of moves. The answer is a function of the arguments alone. While algebra
/// suffices, fewer rounds are the first rounds of more. If fewer rounds than asked for come back, `complete` is false:
/// either rounds > bound and it is impossible, or it is unknown. Needs 2 <= s <= N and s | N.
PerfectStrangers perfect_stranger_schedule(AgentId agents, AgentId group_size, Round rounds);

/// Pairs of agents who share a group in more than one round [pairs]. Needs is_partitioned(schedule).
std::uint64_t repeated_meetings(const GroupSchedule& schedule);

/// Each agent 0..N-1 stands in exactly one slot in every round.
bool is_partitioned(const GroupSchedule& schedule);

}  // namespace commonweal
