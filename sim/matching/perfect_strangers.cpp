#include "sim/matching/perfect_strangers.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "sim/matching/perfect_strangers_anneal.hpp"
#include "sim/matching/perfect_strangers_plan.hpp"

namespace commonweal {
namespace {

/// Effort of the searches, in changes of a count; some 10^8 are done per second.
constexpr std::uint64_t updates_per_attempt = 80'000'000;
constexpr std::uint64_t updates_for_whole_schedules = 240'000'000;
constexpr AgentId largest_search = 1024;  ///< its table of differences is N x N [agents]

bool is_sum_of_two_squares(std::uint32_t n) noexcept {
    for (std::uint32_t a = 0; a * a <= n; ++a)
        for (std::uint32_t b = a; a * a + b * b <= n; ++b)
            if (a * a + b * b == n) return true;
    return false;
}

/// Orders for which it is proven that no projective plane exists; those beyond 1000 are not looked at.
bool has_no_plane(AgentId order) noexcept {
    if (order == 10) return true;
    return order > 2 && order < 1000 && (order % 4 == 1 || order % 4 == 2) && !is_sum_of_two_squares(order);
}

class StrangerSearch {
public:
    StrangerSearch(AgentId agents, AgentId group_size, std::vector<RoundRow> known, std::string construction)
        : agents_(agents), group_size_(group_size), rounds_(std::move(known)), construction_(std::move(construction)) {}

    /// Tries for one more round at a time and stops at the first failure.
    void reach(Round wanted, Round bound) {
        while (rounds_.size() < wanted && (try_starters(bound) || try_whole() || try_one_more())) {
        }
        if (rounds_.size() > wanted) rounds_.resize(wanted);
    }

    std::vector<RoundRow> take_rounds() { return std::move(rounds_); }
    std::string construction() const { return construction_; }

private:
    Round target() const { return static_cast<Round>(rounds_.size()) + 1; }

    bool try_starters(Round bound) {
        constexpr Round most_base_rounds = 2;
        constexpr std::uint32_t most_shapes = 3;
        for (Round base = 1; base <= most_base_rounds; ++base) {
            std::uint32_t tried = 0;
            for (std::uint32_t m = (target() + base - 1) / base; m > 1 && m * base <= bound && tried < most_shapes;
                 ++m) {
                const StarterShape shape{agents_, group_size_, m, base};
                if (!has_enough_differences(shape)) continue;
                ++tried;
                if (accept(anneal_starter(shape, {}, updates_per_attempt))) return true;
            }
        }
        return false;
    }

    bool try_whole() {
        return accept(anneal_starter({agents_, group_size_, 1, target()}, {}, updates_for_whole_schedules));
    }

    bool try_one_more() {
        const auto more = anneal_starter({agents_, group_size_, 1, 1}, rounds_, updates_per_attempt);
        if (!more) return false;
        rounds_.push_back(more->base_rounds);
        construction_ += ", one more by annealing";
        return true;
    }

    bool accept(const std::optional<Starter>& found) {
        if (!found) return false;
        rounds_ = develop(*found, developed_rounds(*found));
        construction_ = found->moduli.front() == 1 ? "annealing" : "annealing, " + describe(*found);
        return true;
    }

    AgentId agents_;
    AgentId group_size_;
    std::vector<RoundRow> rounds_;
    std::string construction_;
};

/// The partners of one agent over all rounds, sorted; places [round, agent] are the slots they stand in.
std::vector<AgentId> partners_of(AgentId agent, const GroupSchedule& schedule, const std::vector<RoundRow>& places) {
    std::vector<AgentId> partners;
    for (std::size_t t = 0; t < schedule.rounds.size(); ++t) {
        const AgentId place = places[t][agent];
        const AgentId start = place - place % schedule.group_size;
        for (AgentId slot = start; slot < start + schedule.group_size; ++slot)
            if (slot != place) partners.push_back(schedule.rounds[t][slot]);
    }
    std::ranges::sort(partners);
    return partners;
}

/// Values that occur more than once in a sorted range.
std::uint64_t repeated_values(const std::vector<AgentId>& sorted) {
    std::uint64_t repeated = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i)
        repeated += sorted[i] == sorted[i - 1] && (i == 1 || sorted[i - 2] != sorted[i]) ? 1 : 0;
    return repeated;
}

}  // namespace

Round perfect_stranger_bound(AgentId agents, AgentId group_size) noexcept {
    assert(group_size >= 2 && group_size <= agents && agents % group_size == 0);
    const AgentId groups = agents / group_size;
    if (groups < group_size) return 1;
    if (groups == group_size && group_size == 6) return 3;
    if (groups == group_size && has_no_plane(group_size)) return group_size - 2;
    if (agents == 12 && group_size == 3) return 4;
    if (agents == 20 && group_size == 4) return 5;
    return (agents - 1) / (group_size - 1);
}

PerfectStrangers perfect_stranger_schedule(AgentId agents, AgentId group_size, Round rounds) {
    const Round bound = perfect_stranger_bound(agents, group_size);
    const Round wanted = std::min(rounds, bound);
    AlgebraicPlanner planner(group_size);
    const Round known = std::min(wanted, planner.rounds(agents));
    StrangerSearch search(agents, group_size, planner.build(agents, known), planner.describe(agents));
    if (agents <= largest_search) search.reach(wanted, bound);
    PerfectStrangers result{{agents, group_size, search.take_rounds()}, bound, false, search.construction()};
    result.complete = result.schedule.rounds.size() == rounds;
    return result;
}

std::uint64_t repeated_meetings(const GroupSchedule& schedule) {
    std::vector<RoundRow> places(schedule.rounds.size(), RoundRow(schedule.agents));
    for (std::size_t t = 0; t < schedule.rounds.size(); ++t)
        for (AgentId slot = 0; slot < schedule.agents; ++slot) places[t][schedule.rounds[t][slot]] = slot;
    std::uint64_t twice = 0;
    for (AgentId agent = 0; agent < schedule.agents; ++agent)
        twice += repeated_values(partners_of(agent, schedule, places));
    return twice / 2;
}

bool is_partitioned(const GroupSchedule& schedule) {
    return std::ranges::all_of(schedule.rounds, [&](RoundRow row) {
        std::ranges::sort(row);
        for (AgentId i = 0; i < row.size(); ++i)
            if (row[i] != i) return false;
        return row.size() == schedule.agents;
    });
}

}  // namespace commonweal
