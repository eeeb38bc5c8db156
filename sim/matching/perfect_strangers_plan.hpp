#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/matching/perfect_strangers_starter.hpp"

namespace commonweal {

/// The longest schedules for groups of one size that algebra alone gives: tabulated starters, round robin, and
/// products.
///
/// Product of an outer schedule for n agents, s | n, and a difference array d of group order m: agent (a, x), a =
/// 0..n-1, x in the group, has number a m + x. Each outer round and column t makes one round, in which the outer group
/// (a_0 .. a_{s-1}) plays as m groups {(a_k, b + d[k][t])}, one for each b. Two agents of equal a never meet there; if
/// s | m, schedules for m agents in each class of equal a make more rounds. n = s is a transversal design (MacNeish
/// 1922; Bose and Bush 1952).
class AlgebraicPlanner {
public:
    explicit AlgebraicPlanner(AgentId group_size) : group_size_(group_size) {}

    Round rounds(AgentId agents) { return choose(agents).rounds; }
    /// The first `rounds` rounds of it; needs rounds <= rounds(agents).
    std::vector<RoundRow> build(AgentId agents, Round rounds);
    std::string describe(AgentId agents);

private:
    enum class Kind { single, round_robin, starter, product };
    struct Choice {
        Kind kind = Kind::single;
        Round rounds = 1;
        AgentId order = 0;                 // of the difference array, for a product
        const Starter* starter = nullptr;  // for a starter
    };

    const Choice& choose(AgentId agents);
    Choice find(AgentId agents);
    Choice product_choice(AgentId agents, AgentId outer);
    std::vector<RoundRow> build_product(AgentId agents, AgentId order, Round rounds);
    std::string describe_product(AgentId agents, AgentId order);

    AgentId group_size_;
    std::map<AgentId, Choice> known_;
};

}  // namespace commonweal
