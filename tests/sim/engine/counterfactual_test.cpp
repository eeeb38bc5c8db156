#include "sim/engine/counterfactual.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>

#include "tests/support/laboratory.hpp"

namespace commonweal {
namespace {

using test::laboratory;
using test::linear_laboratory;

/// Degrees by search over (round, member) pairs, written another way: a chain of meetings in increasing rounds.
std::vector<std::uint32_t> degrees_by_search(const std::vector<std::vector<AgentId>>& groups, AgentId source) {
    const std::size_t size = groups.front().size();
    std::vector<std::uint32_t> result(groups.size() * size);
    for (std::size_t last = 0; last < groups.size(); ++last)
        for (AgentId target = 0; target < size; ++target) {
            if (target == source) continue;
            // Fewest meetings of a chain source -> ... -> target that ends in round `last` or before.
            std::uint32_t best = 0;
            struct State {
                std::size_t round;
                AgentId member;
                std::uint32_t hops;
            };
            std::deque<State> open;
            for (AgentId mate = 0; mate < size; ++mate)
                if (mate != source && groups[0][mate] == groups[0][source]) open.push_back({0, mate, 1});
            while (!open.empty()) {
                const State state = open.front();
                open.pop_front();
                if (state.member == target && (!best || state.hops < best)) best = state.hops;
                for (std::size_t later = state.round + 1; later <= last; ++later)
                    for (AgentId mate = 0; mate < size; ++mate)
                        if (mate != source && mate != state.member &&
                            groups[later][mate] == groups[later][state.member])
                            open.push_back({later, mate, state.hops + 1});
            }
            result[last * size + target] = best;
        }
    return result;
}

TEST(DegreesOfSeparation, AgreeWithASearchOverAllChains) {
    const Experiment experiment = laboratory();
    std::vector<AgentId> slots(experiment.agents());
    for (std::uint32_t replicate = 0; replicate < 6; ++replicate) {
        std::vector<std::vector<AgentId>> groups(3, std::vector<AgentId>(12));
        for (Round round = 1; round <= 3; ++round) {
            meet(experiment, 0, replicate, round, slots);
            for (AgentId slot = 0; slot < 12; ++slot) groups[round - 1][slots[slot]] = slot / 3;
        }
        for (AgentId source = 0; source < 12; ++source)
            EXPECT_EQ(degrees_of_separation(groups, source), degrees_by_search(groups, source));
    }
}

/// Perfect strangers in fours, h = 0: one path of d meetings carries exactly b^d (THEORY: linear counterpart of three
/// degrees). At lag 2 the nine people at degree 2 are reached by one path each.
TEST(Cascade, RecoversTheLinearRuleExactly) {
    const float b = 0.125f;
    const Experiment experiment = linear_laboratory(0, b);
    const MeetingPlan plan(experiment, 0);
    const CascadeTable table = cascade(experiment, plan, 0, {.nudge = 64});
    const auto effect = [&](std::uint32_t d, Round k) {
        return table.effect[table.cell(0, d, k)] / table.people[table.cell(0, d, k)];
    };
    EXPECT_EQ(table.people[table.cell(0, 1, 1)], 24 * 3);
    EXPECT_EQ(table.people[table.cell(0, 2, 2)], 24 * 9);
    EXPECT_NEAR(effect(1, 1), 0.125, 1e-5);
    EXPECT_NEAR(effect(1, 2), 0.0, 1e-5);
    EXPECT_NEAR(effect(2, 2), 0.015625, 1e-5);
}

/// Everybody together: (h + 3 b)^t after t rounds, whoever meets whom.
TEST(Cascade, GainsTheMultiplierOfTheLinearRule) {
    for (const auto& [h, b] : {std::pair{0.25f, 0.0625f}, std::pair{0.5f, 0.15625f}, std::pair{0.0f, 0.125f}}) {
        const Experiment experiment = linear_laboratory(h, b, 20);
        const MeetingPlan plan(experiment, 0);
        const CascadeTable table = cascade(experiment, plan, 4, {.nudge = 64});
        double multiplier = 1;
        for (Round lag = 1; lag <= 5; ++lag) {
            const double expected = std::pow(h + 3.0 * b, lag);
            EXPECT_NEAR((table.gain[lag - 1] + table.own[lag - 1]) / table.sources, expected, 1e-4);
            multiplier += expected;
        }
        EXPECT_NEAR(table.multiplier(0), multiplier, 3e-4);
        EXPECT_NEAR(table.own[0] / table.sources, h, 1e-5);
    }
}

/// Belief learners pass on what they saw and not what they gave: nobody moves whom no chain of meetings reaches.
TEST(Cascade, LeavesPeopleWhoCannotBeReachedAlone) {
    Experiment experiment = laboratory();
    experiment.sessions = 1;
    experiment.session_size = 24;
    experiment.group_size = 4;
    experiment.condition_rounds = 6;
    experiment.conditions = 1;
    experiment.whole_tokens = false;
    models::BeliefSchedule rule;
    rule.rounding = 0;
    experiment.types = {{test::behavior(rule), 1}};
    experiment.matching = perfect_strangers(24, 4, 6);
    const MeetingPlan plan(experiment, 0);
    Nudge nudge{{1}, std::vector<float>(24), false, {}};
    nudge.amounts[9] = 5;
    test::LaneTrace base(experiment, 0), nudged(experiment, 0);
    Simulation<1>(experiment, plan, {2}).run(base);
    Simulation<1>(experiment, plan, {2}).run(nudged, &nudge);
    std::vector<std::vector<AgentId>> groups(5, std::vector<AgentId>(24));
    for (Round round = 1; round <= 5; ++round)
        for (AgentId slot = 0; slot < 24; ++slot) groups[round - 1][plan.slots(round)[slot]] = slot / 4;
    const auto degrees = degrees_of_separation(groups, 9);
    int untouched = 0, moved = 0;
    for (Round lag = 1; lag <= 5; ++lag)
        for (AgentId agent = 0; agent < 24; ++agent) {
            if (agent == 9) continue;  // chains come back to the source; it is not one of the others
            const bool same = base.contribution(1 + lag, agent) == nudged.contribution(1 + lag, agent);
            if (degrees[(lag - 1) * 24 + agent] > 0) {
                moved += !same;
            } else {
                EXPECT_TRUE(same) << lag << " " << agent;
                ++untouched;
            }
        }
    EXPECT_EQ(untouched, 20 + 11);  // 23 others less 3 at lag 1, less 12 at lag 2; everybody is reached at lag 3
    EXPECT_GT(moved, 50);
}

TEST(Cascade, DoesNotDependOnTheDirectionOfTheNudgeForLinearRules) {
    const Experiment experiment = linear_laboratory(0.25f, 0.125f);
    const MeetingPlan plan(experiment, 0);
    const CascadeTable up = cascade(experiment, plan, 0, {.nudge = 64}),
                       down = cascade(experiment, plan, 0, {.nudge = -64});
    EXPECT_NEAR(up.multiplier(0), down.multiplier(0), 1e-3);
}

/// A source that gives all is nudged down, and the effect counted per token given more: as if it could give more.
TEST(Cascade, ReversesTheNudgeAtTheCeiling) {
    Experiment experiment = linear_laboratory(0.25f, 0.125f);
    models::LinearInfluence rule;
    rule.constant = 2000;
    rule.persistence = 0.25f;
    rule.influence = 0.125f;
    rule.first_mean = 1e4f;
    rule.first_sd = 0;
    experiment.types = {{test::behavior(rule), 1}};
    const MeetingPlan plan(experiment, 0);
    Nudge nudge{{1}, std::vector<float>(24, 64.0f), true, {}};
    test::LaneTrace nudged(experiment, 0);
    Simulation<1>(experiment, plan, {0}).run(nudged, &nudge);
    for (AgentId agent = 0; agent < 24; ++agent) {
        EXPECT_EQ(nudge.applied[agent], -64.0f);
        EXPECT_EQ(nudged.contribution(1, agent), 1e4f - 64);
    }
    EXPECT_GT(cascade(experiment, plan, 0, {.nudge = 64, .reverse = true}).gain[0], 0);
}

/// Each condition has a cascade of its own, that begins in its own first round in every session.
TEST(Cascade, NudgesEverySessionInItsOwnRoundOfTheCondition) {
    Experiment experiment = linear_laboratory(0.25f, 0.125f);
    experiment.sessions = 3;
    experiment.conditions = 2;
    experiment.counterbalanced = true;
    experiment.sanctioned = {false, false};
    const MeetingPlan plan(experiment, 0);
    const CascadeTable table = cascade(experiment, plan, 0, {.nudge = 64});
    EXPECT_EQ(table.sources, 72);
    for (std::uint32_t condition = 0; condition < 2; ++condition)
        for (Round lag = 1; lag <= 5; ++lag)
            EXPECT_NEAR((table.gain[condition * 5 + lag - 1] + table.own[condition * 5 + lag - 1]) / 72,
                        std::pow(0.625, lag), 1e-4);
}

}  // namespace
}  // namespace commonweal
