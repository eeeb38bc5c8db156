#include "sim/matching/perfect_strangers_plan.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

#include "sim/matching/perfect_strangers.hpp"

namespace commonweal {
namespace {

const Starter* tabulated_starter(AgentId agents, AgentId group_size) {
    const auto& book = starter_book();
    const auto entry =
        std::ranges::find_if(book, [=](const Starter& s) { return s.agents == agents && s.group_size == group_size; });
    return entry == book.end() ? nullptr : &*entry;
}

RoundRow numbered_groups(AgentId agents) {
    RoundRow row(agents);
    std::iota(row.begin(), row.end(), AgentId{0});
    return row;
}

/// Round t of the circle method: the last agent stays, the others turn; i meets j when i + j = 2 t mod N - 1.
RoundRow round_robin_round(AgentId agents, Round t) {
    const std::uint64_t circle = agents - 1U;
    const auto at = [&](std::uint64_t place) { return static_cast<AgentId>(place % circle); };
    RoundRow row{agents - 1, at(t)};
    for (AgentId k = 1; k < agents / 2; ++k) {
        row.push_back(at(t + k));
        row.push_back(at(t + circle - k));
    }
    return row;
}

/// One round of the product: every outer group plays as one group per element of the array's group.
RoundRow product_round(const RoundRow& outer, AgentId group_size, const DifferenceArray& array, Round column) {
    const std::uint32_t order = array.group.order();
    RoundRow row;
    row.reserve(outer.size() * order);
    for (std::size_t start = 0; start < outer.size(); start += group_size)
        for (std::uint32_t b = 0; b < order; ++b)
            for (AgentId k = 0; k < group_size; ++k)
                row.push_back(outer[start + k] * order + array.group.sum(b, array.entries[k][column]));
    return row;
}

/// The same inner round in each of the `outer` classes.
RoundRow class_round(const RoundRow& inner, AgentId outer) {
    RoundRow row;
    row.reserve(inner.size() * outer);
    for (AgentId a = 0; a < outer; ++a)
        for (const AgentId x : inner) row.push_back(a * static_cast<AgentId>(inner.size()) + x);
    return row;
}

Round capped(std::uint64_t rounds) {
    return static_cast<Round>(std::min<std::uint64_t>(rounds, std::numeric_limits<Round>::max()));
}

}  // namespace

const AlgebraicPlanner::Choice& AlgebraicPlanner::choose(AgentId agents) {
    const auto known = known_.find(agents);
    return known != known_.end() ? known->second : known_.emplace(agents, find(agents)).first->second;
}

AlgebraicPlanner::Choice AlgebraicPlanner::find(AgentId agents) {
    if (group_size_ == 2) return {Kind::round_robin, agents - 1, 0, nullptr};
    Choice best;
    if (const Starter* starter = tabulated_starter(agents, group_size_))
        best = {Kind::starter, developed_rounds(*starter), 0, starter};
    const Round bound = perfect_stranger_bound(agents, group_size_);
    for (std::uint64_t outer = group_size_; 2 * outer <= agents && best.rounds < bound; outer += group_size_) {
        if (agents % outer != 0) continue;
        const Choice product = product_choice(agents, static_cast<AgentId>(outer));
        if (product.rounds > best.rounds) best = product;
    }
    return best;
}

AlgebraicPlanner::Choice AlgebraicPlanner::product_choice(AgentId agents, AgentId outer) {
    const AgentId order = agents / outer;
    const std::uint64_t across = std::uint64_t{rounds(outer)} * difference_columns(order, group_size_);
    const std::uint64_t within = order % group_size_ == 0 ? rounds(order) : 0;
    return {Kind::product, capped(across + within), order, nullptr};
}

std::vector<RoundRow> AlgebraicPlanner::build(AgentId agents, Round rounds) {
    if (rounds == 0) return {};
    const Choice choice = choose(agents);
    assert(rounds <= choice.rounds);
    if (choice.kind == Kind::starter) return develop(*choice.starter, rounds);
    if (choice.kind == Kind::product) return build_product(agents, choice.order, rounds);
    if (choice.kind == Kind::single) return {numbered_groups(agents)};
    std::vector<RoundRow> built;
    for (Round t = 0; t < rounds; ++t) built.push_back(round_robin_round(agents, t));
    return built;
}

std::vector<RoundRow> AlgebraicPlanner::build_product(AgentId agents, AgentId order, Round rounds) {
    const AgentId outer = agents / order;
    const Round columns = std::min(rounds, difference_columns(order, group_size_));
    const DifferenceArray array = difference_array(order, group_size_, columns);
    const auto outer_needed = (std::uint64_t{rounds} + columns - 1) / columns;
    std::vector<RoundRow> built;
    built.reserve(rounds);
    for (const auto& row : build(outer, static_cast<Round>(std::min<std::uint64_t>(outer_needed, this->rounds(outer)))))
        for (Round t = 0; t < columns && built.size() < rounds; ++t)
            built.push_back(product_round(row, group_size_, array, t));
    if (built.size() == rounds) return built;
    for (const auto& row : build(order, rounds - static_cast<Round>(built.size())))
        built.push_back(class_round(row, outer));
    return built;
}

std::string AlgebraicPlanner::describe(AgentId agents) {
    const Choice choice = choose(agents);
    switch (choice.kind) {
        case Kind::single:
            return "one round";
        case Kind::round_robin:
            return "round robin";
        case Kind::starter:
            return commonweal::describe(*choice.starter);
        case Kind::product:
            break;
    }
    return describe_product(agents, choice.order);
}

std::string AlgebraicPlanner::describe_product(AgentId agents, AgentId order) {
    const AgentId outer = agents / order;
    const auto columns = difference_columns(order, group_size_);
    std::string text = outer == group_size_
                           ? "transversal design on " + std::to_string(outer) + " classes of " + std::to_string(order)
                           : "product of " + std::to_string(outer) + " agents [" + describe(outer) +
                                 "] and classes of " + std::to_string(order);
    if (columns < order) text += " (" + std::to_string(columns) + " columns)";
    if (order % group_size_ == 0) text += ", then within the classes [" + describe(order) + "]";
    return text;
}

}  // namespace commonweal
