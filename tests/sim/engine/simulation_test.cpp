#include "sim/engine/simulation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/behaviors/conditional_cooperator.hpp"
#include "models/behaviors/free_rider.hpp"
#include "models/behaviors/unconditional.hpp"
#include "tests/support/laboratory.hpp"

namespace commonweal {
namespace {

using test::alone;
using test::behavior;
using test::laboratory;
using test::LaneTrace;

TEST(Simulation, KeepsContributionsWholeAndWithinTheEndowment) {
    const Experiment experiment = laboratory();
    const LaneTrace seen = alone(experiment, 0);
    for (Round round = 1; round <= experiment.rounds(); ++round)
        for (AgentId agent = 0; agent < experiment.agents(); ++agent) {
            const float c = seen.contribution(round, agent);
            EXPECT_TRUE(c >= 0 && c <= 20 && c == std::floor(c)) << c;
        }
}

/// sum of payoffs = n e + (MPCR * s - 1) * sum of contributions - (cost + effect) * points: exact, since MPCR is 1/2.
TEST(Simulation, PaysExactlyWhatThePotsHold) {
    const Experiment experiment = laboratory();
    const LaneTrace seen = alone(experiment, 3);
    for (Round round = 1; round <= experiment.rounds(); ++round) {
        double paid = 0, given = 0, received = 0, contributed = 0;
        for (AgentId agent = 0; agent < experiment.agents(); ++agent) {
            paid += seen.payoff(round, agent);
            contributed += seen.contribution(round, agent);
            given += seen.given(round, agent);
            received += seen.received(round, agent);
        }
        EXPECT_EQ(given, received);
        EXPECT_EQ(paid, 36 * 20.0 + (0.5 * 3 - 1) * contributed - 4 * given);
    }
}

TEST(Simulation, PunishesOnlyInSessionsWhoseConditionHasTheStage) {
    const Experiment experiment = laboratory();
    const LaneTrace seen = alone(experiment, 1);
    for (Round round = 1; round <= experiment.rounds(); ++round)
        for (AgentId session = 0; session < experiment.sessions; ++session) {
            double given = 0;
            for (AgentId agent = session * 12; agent < (session + 1) * 12; ++agent) given += seen.given(round, agent);
            const bool has = experiment.sanctioned[experiment.condition_of(session, experiment.game_of(round))];
            EXPECT_EQ(given > 0, has) << "round " << round << " session " << session;
        }
}

TEST(Simulation, BeginsEachConditionWithTheFirstContributionOfEachPerson) {
    Experiment experiment = laboratory();
    models::BeliefSchedule rule;
    experiment.types = {{behavior(rule), 1}};
    const LaneTrace seen = alone(experiment, 2);
    for (AgentId agent = 0; agent < experiment.agents(); ++agent)
        EXPECT_EQ(seen.contribution(1, agent), seen.contribution(4, agent));
}

TEST(Simulation, AlternatesTheOrderOfConditionsOverSessions) {
    const Experiment experiment = laboratory();
    EXPECT_EQ(experiment.condition_of(0, 0), 0u);
    EXPECT_EQ(experiment.condition_of(1, 0), 1u);
    EXPECT_EQ(experiment.condition_of(2, 1), 1u);
    for (AgentId session = 0; session < 3; ++session)
        for (std::uint32_t condition = 0; condition < 2; ++condition)
            EXPECT_EQ(experiment.condition_of(session, experiment.game_of(experiment.before(session, condition) + 1)),
                      condition);
}

TEST(Simulation, LetsAgentsSeeTheOthersOfTheLastRoundOnly) {
    Experiment experiment = laboratory();
    experiment.subjects = nullptr;
    experiment.sanction = nullptr;
    models::ConditionalCooperator rule;
    rule.slope = 0.5f;
    rule.tremble = 0;
    models::Unconditional giver;
    giver.amount = 8;
    experiment.types = {{behavior(rule), 0.5f}, {behavior(giver), 1}};
    experiment.whole_tokens = false;
    const LaneTrace seen = alone(experiment, 0);
    int cooperators = 0;
    for (std::size_t slot = 0; slot < experiment.agents(); ++slot) {
        const AgentId agent = seen.slots[0][slot];
        if (seen.contribution(1, agent) != 10.0f) continue;  // first_share * e tells the conditional cooperators
        ++cooperators;
        double others = 0;
        for (std::size_t mate = slot / 3 * 3; mate < slot / 3 * 3 + 3; ++mate)
            if (mate != slot) others += seen.contribution(1, seen.slots[0][mate]);
        EXPECT_FLOAT_EQ(seen.contribution(2, agent), static_cast<float>(0.5 * others / 2));
    }
    EXPECT_GT(cooperators, 5);
}

TEST(Simulation, DrawsTypesInTheirShares) {
    Experiment experiment = laboratory();
    experiment.sessions = 1000;
    experiment.subjects = nullptr;
    experiment.sanction = nullptr;
    models::Unconditional giver;
    giver.amount = 8;
    experiment.types = {{behavior(models::FreeRider{}), 0.3f}, {behavior(giver), 1}};
    const LaneTrace seen = alone(experiment, 0);
    double zero = 0;
    for (AgentId agent = 0; agent < experiment.agents(); ++agent) zero += seen.contribution(1, agent) == 0;
    EXPECT_NEAR(zero / experiment.agents(), 0.3, 4 * std::sqrt(0.3 * 0.7 / experiment.agents()));  // 4 standard errors
}

/// Conditional cooperators with the same start decay as slope^t, whoever meets whom.
TEST(Simulation, DecaysGeometricallyForUniformConditionalCooperators) {
    Experiment experiment = laboratory();
    experiment.subjects = nullptr;
    experiment.whole_tokens = false;
    models::ConditionalCooperator rule;
    rule.slope = 0.75f;
    rule.tremble = 0;
    experiment.types = {{behavior(rule), 1}};
    const LaneTrace seen = alone(experiment, 0);
    for (Round round = 1; round <= 3; ++round)
        EXPECT_FLOAT_EQ(seen.contribution(round, 7), static_cast<float>(10 * std::pow(0.75, round - 1)));
}

/// Groups above 16 members take the pot in fixed point; both ways give the others' sum within its unit.
TEST(Simulation, SumsLargeGroupsLikeSmallOnes) {
    Experiment experiment = laboratory();
    experiment.sanction = nullptr;
    experiment.session_size = 24;
    experiment.group_size = 24;
    const LaneTrace seen = alone(experiment, 0);
    for (Round round = 1; round <= experiment.rounds(); ++round)
        for (AgentId agent = 0; agent < 24; ++agent) {
            double pot = 0;
            for (AgentId other = 0; other < 24; ++other) pot += seen.contribution(round, other);
            EXPECT_FLOAT_EQ(seen.payoff(round, agent),
                            static_cast<float>(20 - seen.contribution(round, agent) + 0.5 * pot));
        }
}

}  // namespace
}  // namespace commonweal
