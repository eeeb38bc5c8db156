#include "sim/engine/network_cascade.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/behaviors/conditional_cooperator.hpp"
#include "models/behaviors/linear_influence.hpp"
#include "models/behaviors/unconditional.hpp"
#include "tests/oracles/theory/averaging.hpp"
#include "tests/support/neighborhoods.hpp"
#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using test::circle;
using test::neighborhood;

models::ConditionalCooperator linear(float slope, float tremble = 0) {
    models::ConditionalCooperator rule;
    rule.slope = slope, rule.intercept = 10 * (1 - slope), rule.tremble = tremble;  // stays at 10
    return rule;
}

/// On a circle of 13 people at distance d are two, and the effect on them is b^t times the share of walks of t steps
/// that end there.
TEST(NetworkCascade, FollowsThePulseResponseByDistance) {
    const Experiment experiment = neighborhood(circle(13), linear(0.75f), 6);
    const CascadeTable table = cascade(experiment, MeetingPlan(experiment, 0), 0, {.nudge = 2});
    oracle::Matrix walk = oracle::zeros(13, 13);
    for (std::size_t i = 0; i < 13; ++i) walk[i][(i + 1) % 13] = walk[i][(i + 12) % 13] = 0.5;
    ASSERT_EQ(table.degrees, 5u);
    ASSERT_EQ(table.sources, 13);
    for (Round lag = 1; lag <= 5; ++lag) {
        for (std::uint32_t d = 1; d <= 5; ++d) {
            const double people = table.people[table.cell(0, d, lag)];
            EXPECT_EQ(people, d <= lag ? 26 : 0);
            if (people == 0) continue;
            EXPECT_NEAR(table.effect[table.cell(0, d, lag)] / people,
                        oracle::pulse_response(walk, 0.75, static_cast<int>(d), 0, static_cast<int>(lag)), 1e-6);
        }
        EXPECT_NEAR(table.own[lag - 1] / 13, oracle::pulse_response(walk, 0.75, 0, 0, static_cast<int>(lag)), 1e-6);
    }
}

/// On a regular network everybody together gives b^t tokens more after t rounds: the multiplier tends to 1 / (1 - b).
TEST(NetworkCascade, HasTheMultiplierOfConditionalCooperation) {
    const auto generator = std::make_shared<test::FixedNetwork>(
        generated("random_regular", {{"agents", whole(50)}, {"degree", whole(6)}}, 3));
    const Experiment experiment = neighborhood(generator, linear(0.5f), 25);
    const CascadeTable table = cascade(experiment, MeetingPlan(experiment, 0), 0, {.nudge = 4});
    for (Round lag = 1; lag < 6; ++lag)
        EXPECT_NEAR((table.gain[lag - 1] + table.own[lag - 1]) / table.sources, std::pow(0.5, lag), 1e-5);
    EXPECT_NEAR(table.multiplier(0), 2.0, 1e-4);
}

TEST(NetworkCascade, DrawsDistinctSourcesAndCountsEachOnce) {
    const Experiment experiment = neighborhood(circle(40), linear(0.5f), 4);
    const auto some = sources_of(experiment, 0, 3, 20);
    EXPECT_EQ(some.size(), 20u);
    EXPECT_EQ(std::ranges::adjacent_find(some, std::greater_equal<>()), some.end());
    EXPECT_EQ(some, sources_of(experiment, 0, 3, 20));
    EXPECT_NE(some, sources_of(experiment, 0, 4, 20));
    EXPECT_EQ(sources_of(experiment, 0, 3, 0).size(), 40u);
    EXPECT_EQ(sources_of(experiment, 0, 3, 40), sources_of(experiment, 0, 3, 0));
    const MeetingPlan plan(experiment, 0);
    const CascadeTable table = cascade(experiment, plan, 3, {.nudge = 1, .sources = 20});
    EXPECT_EQ(table.sources, 20);
    EXPECT_EQ(table.people[table.cell(0, 1, 1)], 40);
    EXPECT_NEAR(table.multiplier(0), 1 + 0.5 + 0.25 + 0.125, 1e-5);
}

/// All sources as twins of one lane each, computed one by one.
TEST(NetworkCascade, IsTheSumOfTwinsComputedAlone) {
    const auto generator = std::make_shared<test::FixedNetwork>(
        generated("erdos_renyi", {{"agents", whole(30)}, {"mean_degree", 5.0}}, 5));
    Experiment experiment = neighborhood(generator, linear(0.75f, 0.2f), 5);
    experiment.network->keep_lonely = true;
    const MeetingPlan plan(experiment, 0);
    const CascadeTable table = cascade(experiment, plan, 2, {.nudge = 3, .round = 2, .reverse = true});
    const auto base = test::alone(experiment, 2);
    std::vector<double> gain(3), own(3);
    for (AgentId source = 0; source < 30; ++source) {
        Nudge nudge{{2}, std::vector<float>(30), true, {}};
        nudge.amounts[source] = 3;
        test::LaneTrace twin(experiment, 0);
        Simulation<1>(experiment, plan, {2}).run(twin, &nudge);
        for (Round lag = 1; lag <= 3; ++lag)
            for (AgentId agent = 0; agent < 30; ++agent)
                (agent == source ? own : gain)[lag - 1] += (static_cast<double>(twin.contribution(2 + lag, agent)) -
                                                            static_cast<double>(base.contribution(2 + lag, agent))) /
                                                           static_cast<double>(nudge.applied[source]);
    }
    for (Round lag = 1; lag <= 3; ++lag) {
        EXPECT_NEAR(table.gain[lag - 1], gain[lag - 1], 1e-9);
        EXPECT_NEAR(table.own[lag - 1], own[lag - 1], 1e-9);
        EXPECT_NE(gain[lag - 1], 0);
    }
}

/// Gives what it earned in the last round.
struct Earner : models::Unconditional {
    static constexpr std::size_t draws = 0;
    float first(const LocalView&, const Person&, Memory<0>&, const Draws<0>&) const noexcept { return 1; }
    float contribution(const LocalView& view, const Person&, Memory<0>&, const Draws<0>&) const noexcept {
        return view.payoff / 16;
    }
};

/// Who earns from neighbors' pots hears of neighbors' neighbors in one round; who plays only its own does not.
TEST(NetworkCascade, TravelsTwoTiesPerRoundThroughPotsOfNeighbors) {
    Experiment experiment = neighborhood(circle(12), Earner{}, 4);
    const auto at_lag_one = [&](NeighborhoodRules::Hosts hosts, std::uint32_t distance) {
        experiment.network->rules.hosts = hosts;
        const CascadeTable table = cascade(experiment, MeetingPlan(experiment, 0), 0, {.nudge = 1});
        return std::pair(table.people[table.cell(0, distance, 1)], table.effect[table.cell(0, distance, 1)]);
    };
    using Hosts = NeighborhoodRules::Hosts;
    EXPECT_GT(at_lag_one(Hosts::focal, 1).second, 0);
    EXPECT_EQ(at_lag_one(Hosts::focal, 2), std::pair(0.0, 0.0));
    EXPECT_EQ(at_lag_one(Hosts::all, 2).first, 24);
    EXPECT_GT(at_lag_one(Hosts::all, 2).second, 0);
    EXPECT_EQ(at_lag_one(Hosts::all, 3), std::pair(0.0, 0.0));
}

}  // namespace
}  // namespace commonweal
