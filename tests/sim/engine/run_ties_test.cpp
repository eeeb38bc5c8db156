#include "sim/engine/run_ties.hpp"

#include <gtest/gtest.h>

#include "models/behaviors/linear_influence.hpp"
#include "models/behaviors/logit_cooperation.hpp"
#include "models/behaviors/unconditional.hpp"
#include "sim/core/draw_sequence.hpp"
#include "tests/support/neighborhoods.hpp"

namespace commonweal {
namespace {

using test::circle;
using test::LaneTrace;
using test::neighborhood;
using test::path_of_three;

/// Each pair of agents is tied with probability .2; one agent more where the seed of networks is not that of the test.
class RandomTies final : public NetworkGenerator {
public:
    explicit RandomTies(bool grows = false) : grows_(grows) {}

    Network generate(const Randomness& randomness, std::uint32_t instance) const override {
        DrawSequence draws(randomness, {.stream = Stream::network, .instance = instance});
        TieList list{grows_ && randomness.seeds().network != 1 ? 31u : 30u, {}, {}};
        for (AgentId b = 1; b < 30; ++b)
            for (AgentId a = 0; a < b; ++a)
                if (draws.uniform() < 0.2) list.ties.push_back({a, b});
        return Network(Layer(std::move(list)));
    }
    bool random() const noexcept override { return true; }

private:
    bool grows_;
};

/// Mean degree, cut and made ties per round, besides what agents did.
class TieTrace final : public Recorder {
public:
    explicit TieTrace(const Experiment& experiment) : agents(experiment, 0) {}
    void on_round(const RoundView& view) override {
        agents.on_round(view);
        if (view.ties) ties.push_back(*view.ties);
    }
    LaneTrace agents;
    std::vector<TieView> ties;
};

TieTrace played(const Experiment& experiment, std::uint32_t replicate = 0) {
    const MeetingPlan plan(experiment, 0);
    TieTrace trace(experiment);
    Simulation<1>(experiment, plan, {replicate}).run(trace);
    return trace;
}

/// What agents give is noise, so that every act occurs; everybody of 30 plays with everybody who is tied to it.
Experiment noisy(Round rounds = 8, bool grows = false) {
    models::LogitCooperation rule;
    rule.per_round = 0;
    rule.neighbors = 1;
    Experiment experiment = neighborhood(std::make_shared<RandomTies>(grows), rule, rounds);
    experiment.network->keep_lonely = true;
    experiment.network->rules.kind = NeighborhoodRules::Kind::donation;
    return experiment;
}

const RewiringRates of_the_experiment{
    .share = 0.3, .cut = {0.017, 0.608, 0.035, 0.25}, .make = {0.983, 0.392, 0.965, 0.75}};

TEST(RunTies, TiesAllCooperatorsWhenEveryOfferIsTaken) {
    models::Unconditional giver;
    giver.amount = 20;
    Experiment experiment = neighborhood(circle(10), giver, 3);
    experiment.network->rules.kind = NeighborhoodRules::Kind::donation;
    experiment.network->rules.cost = 1;
    experiment.network->rules.benefit = 3;
    experiment.network->ties.rates = {.share = 1, .cut = {}, .make = {1, 0, 0, 0}};
    const TieTrace trace = played(experiment);
    ASSERT_EQ(trace.ties.size(), 3u);
    EXPECT_EQ(trace.ties[0].mean_degree, 2);
    EXPECT_EQ(trace.ties[0].made, 35u);
    EXPECT_EQ(trace.ties[1].mean_degree, 9);
    EXPECT_EQ(trace.ties[1].made, 0u);
    for (AgentId agent = 0; agent < 10; ++agent) {
        EXPECT_EQ(trace.agents.payoff(1, agent), 20 + 2 * 2);
        EXPECT_EQ(trace.agents.payoff(2, agent), 20 + 2 * 9);
    }
}

/// Half of the endowment is cooperation, a little less is not.
TEST(RunTies, CountsHalfOfTheEndowmentAsCooperation) {
    models::Unconditional giver;
    for (const float amount : {10.0f, 9.9f}) {
        giver.amount = amount;
        Experiment experiment = neighborhood(circle(10), giver, 1);
        experiment.network->ties.rates = {.share = 1, .cut = {0, 0, 0, 1}, .make = {}};
        EXPECT_EQ(played(experiment).ties[0].cut, amount == 10.0f ? 0u : 10u);
    }
}

/// Everybody gives 1 to begin with and then what it saw: agents decide by the ties of the last round, and play on those
/// of the present one.
TEST(RunTies, LetsAgentsDecideByWhatTheySaw) {
    models::LinearInfluence rule;
    rule.influence = 1;
    rule.first_mean = 1;
    rule.first_sd = 0;
    Experiment experiment = neighborhood(path_of_three(), rule, 3);
    experiment.network->ties.rates = {.share = 1, .cut = {}, .make = {1, 1, 1, 1}};
    const TieTrace trace = played(experiment);
    const std::array<std::array<float, 3>, 3> given{{{1, 1, 1}, {1, 2, 1}, {3, 2, 3}}};
    for (Round round = 1; round <= 3; ++round)
        for (AgentId agent = 0; agent < 3; ++agent)
            EXPECT_EQ(trace.agents.contribution(round, agent), given[round - 1][agent]);
}

TEST(RunTies, AddsUpFromRoundToRound) {
    Experiment experiment = noisy();
    experiment.network->ties.rates = of_the_experiment;
    const TieTrace trace = played(experiment);
    for (std::size_t round = 1; round < trace.ties.size(); ++round) {
        const TieView& before = trace.ties[round - 1];
        const double change = static_cast<double>(before.made) - static_cast<double>(before.cut);
        EXPECT_NEAR(trace.ties[round].mean_degree, before.mean_degree + 2 * change / 30, 1e-12);
        EXPECT_GT(before.made, 0u);
    }
}

/// The engine does what the pieces do: ties of round 2 are those that rewire() makes of what was given in round 1.
TEST(RunTies, PlaysOnWhatRewiringLeaves) {
    Experiment experiment = noisy(2);
    experiment.network->ties.rates = of_the_experiment;
    const MeetingPlan plan(experiment, 0);
    const TieTrace trace = played(experiment, 3);
    ChangingTies ties(plan.neighborhoods()->ties());
    std::vector<std::uint8_t> cooperated;
    for (AgentId agent = 0; agent < 30; ++agent) cooperated.push_back(trace.agents.contribution(1, agent) >= 10);
    rewire(ties, of_the_experiment, cooperated, experiment.randomness, {1, 0, 3});
    const NeighborhoodRules& rules = experiment.network->rules;
    for (AgentId agent = 0; agent < 30; ++agent) {
        double payoff =
            20 - rules.cost / 20 * static_cast<double>(trace.agents.contribution(2, agent)) * ties.degree(agent);
        for (const AgentId other : ties.neighbors(agent))
            payoff += rules.benefit / 20 * static_cast<double>(trace.agents.contribution(2, other));
        EXPECT_NEAR(static_cast<double>(trace.agents.payoff(2, agent)), payoff, 1e-4);
    }
}

TEST(RunTies, LeavesTiesAloneWithoutOffersAndReportsNone) {
    const Experiment fixed = noisy();
    EXPECT_TRUE(played(fixed).ties.empty());
    Experiment idle = noisy();
    idle.network->ties.rates.share = 1;
    const TieTrace trace = played(idle);
    EXPECT_EQ(trace.agents.rounds, played(fixed).agents.rounds);
    for (const TieView& view : trace.ties) EXPECT_EQ(view.cut + view.made, 0u);
}

TEST(RunTies, DependsOnTheReplicateAndOnNothingBefore) {
    Experiment experiment = noisy();
    for (const bool redraw : {false, true}) {
        experiment.network->ties = {.rates = {}, .redraw = redraw};
        if (!redraw) experiment.network->ties.rates = of_the_experiment;
        const MeetingPlan plan(experiment, 0);
        Simulation<1> simulation(experiment, plan, {4});
        TieTrace first(experiment), again(experiment);
        simulation.run(first);
        simulation.run(again);
        EXPECT_EQ(first.agents.rounds, again.agents.rounds);
        EXPECT_NE(first.agents.rounds, played(experiment, 5).agents.rounds);
    }
}

/// Everybody gives the same, so only the network makes payoffs differ from round to round.
TEST(RunTies, DrawsAnotherNetworkForEveryRoundAndReplicate) {
    models::Unconditional giver;
    giver.amount = 20;
    Experiment experiment = neighborhood(std::make_shared<RandomTies>(), giver, 30);
    experiment.network->keep_lonely = true;
    experiment.network->ties.redraw = true;
    const TieTrace trace = played(experiment), other = played(experiment, 1);
    double degrees = 0;
    for (std::size_t round = 0; round < 30; ++round) {
        degrees += trace.ties[round].mean_degree;
        EXPECT_EQ(trace.ties[round].cut + trace.ties[round].made, 0u);
        EXPECT_EQ(trace.agents.rounds[round] == other.agents.rounds[round], round == 0);
        for (std::size_t earlier = 0; earlier < round; ++earlier)
            EXPECT_NE(trace.agents.rounds[round], trace.agents.rounds[earlier]);
    }
    const double ties = 30.0 * 29 / 2 * 0.2, error = std::sqrt(ties * 0.8 / 30) * 2 / 30;
    EXPECT_NEAR(degrees / 30, 0.2 * 29, 4 * error);
}

TEST(RunTies, RefusesWeightsAndNetworksOfAnotherSize) {
    Experiment weighted = neighborhood(test::weighted_network(3, {{0, 1}, {1, 2}}, {1, 2}), models::Unconditional{}, 2);
    weighted.network->ties.rates = of_the_experiment;
    EXPECT_THROW(played(weighted), ConfigError);
    Experiment growing = noisy(3, true);
    growing.network->ties.redraw = true;
    EXPECT_THROW(played(growing), ConfigError);
}

}  // namespace
}  // namespace commonweal
