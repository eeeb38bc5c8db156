#include "sim/engine/policy_state.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/policy_rounds.hpp"
#include "tests/support/services.hpp"

namespace commonweal {
namespace {

/// Quantile .95 of Student's t with 5 degrees of freedom, for a pilot of six pairs.
constexpr double critical = 2.0150483733330233;

/// A small service in which a policy is tried in one unit of each of six pairs first.
ServiceDesign piloted(const std::string& kind, const Values& values, Round rounds = 13, Round pilot = 6) {
    ServiceDesign design = service_design(service_network(3, 4, 3), "norm_incentive", {}, rounds);
    PolicyInForce& own = add_policy(design, kind, values);
    own.rollout.kind = Rollout::Kind::pilot_and_scale;
    own.rollout.pairs = 6;
    own.rollout.rounds = pilot;
    own.rollout.critical = critical;
    return design;
}

double share_extended(const std::vector<ServiceTrace>& traces) {
    double extended = 0;
    for (const ServiceTrace& trace : traces) extended += trace.extended[0] == 1;
    return extended / static_cast<double>(traces.size());
}

/// A policy that does nothing is extended by chance alone: in at most .05 of 2,000 runs, and 3 standard errors of a
/// share of 2,000, which are .0146. Nothing spills over, since there is nothing.
TEST(PolicyState, ExtendsAUselessPolicyByChanceAlone) {
    for (const auto& [kind, values] :
         {std::pair<std::string, Values>{"contest", {{"prize_per_head", 0.0}}}, {"see_itself", {{"omega", 0.0}}}}) {
        const double share = share_extended(traces_of<16>(piloted(kind, values, 7), 2000));
        EXPECT_LE(share, 0.05 + 3 * std::sqrt(0.05 * 0.95 / 2000)) << kind;
        EXPECT_GT(share, 0.02) << kind;  // the test has the level that it says, and not a much smaller one
    }
}

/// The same where a policy moves what people see without any use, and controls see it: telling a team its own mean
/// instead of each member that of the others changes nobody's mean on average, and units of one organization see each
/// other's managers. What spills over makes treated and control more alike, so that the level is still kept.
TEST(PolicyState, KeepsItsLevelWhereAUselessPolicySpillsOver) {
    const ServiceDesign design = piloted("see_itself", {{"whole", std::string("unit")}, {"omega", 1.0}}, 7);
    EXPECT_LE(share_extended(traces_of<16>(design, 2000)), 0.05 + 3 * std::sqrt(0.05 * 0.95 / 2000));
}

TEST(PolicyState, ExtendsAStrongPolicy) {
    const ServiceDesign design = piloted("matching_grant", {{"per_token", 3.0}});
    EXPECT_GT(share_extended(traces_of<16>(design, 256)), 0.99);
}

/// A policy that does nothing leaves every bit as it is, in its pilot, when it is dropped, and when it is extended.
TEST(PolicyState, ChangesNoBitByAPilotOfNothing) {
    ServiceDesign design = piloted("contest", {{"prize_per_head", 0.0}});
    const auto with = traces_of<16>(design, 64);
    design.policies.clear();
    const auto without = traces_of<16>(design, 64);
    std::size_t dropped = 0;
    for (std::size_t run = 0; run < with.size(); ++run) {
        dropped += with[run].extended[0] == 0;
        EXPECT_TRUE(same_run(with[run], without[run])) << run;
    }
    EXPECT_GT(dropped, 50u);
}

/// The same of a policy that does something: people who do not respond have after its pilot what they have without it,
/// where it was dropped, and less where it was extended.
TEST(PolicyState, EndsWithItsPilotInTheLanesThatDroppedIt) {
    ServiceDesign design = piloted("mandate", {{"minimum", 12.0}}, 12, 6);
    design.types = service_design(service_network(1, 1, 2), "unconditional", {{"amount", 6.0}, {"noise", 3.0}}).types;
    const auto with = traces_of<16>(design, 256);
    design.policies.clear();
    const auto without = traces_of<16>(design, 256);
    std::size_t extended = 0;
    for (std::size_t run = 0; run < with.size(); ++run)
        for (Round round = 0; round < 12; ++round) {
            const bool in_force = round < 6 || with[run].extended[0] == 1;
            extended += round == 6 && in_force;
            if (in_force)
                EXPECT_LT(with[run].payoff[round], without[run].payoff[round]) << run << " " << round;
            else
                EXPECT_EQ(with[run].payoff[round], without[run].payoff[round]) << run << " " << round;
        }
    EXPECT_GT(extended, 0u);
    EXPECT_LT(extended, 64u);
}

/// Lanes of a batch end their pilots differently, and still have the bits that they have alone.
TEST(PolicyState, JudgesEachLaneAlone) {
    for (const double strength : {0.1, 0.4}) {
        const ServiceDesign design = piloted("matching_grant", {{"per_token", strength}});
        const auto one = traces_of<1>(design, 35), eight = traces_of<8>(design, 35), many = traces_of<16>(design, 35);
        for (std::size_t run = 0; run < one.size(); ++run) {
            EXPECT_EQ(one[run].extended, eight[run].extended) << run;
            EXPECT_EQ(one[run].extended, many[run].extended) << run;
            EXPECT_TRUE(same_run(one[run], eight[run])) << run;
            EXPECT_TRUE(same_run(one[run], many[run])) << run;
        }
    }
}

/// What treated units and controls give more to the system at the end of a pilot, and all units without a pilot
/// [tokens].
struct Gains {
    double treated = 0, control = 0, everywhere = 0;
};

Gains gains_along(const std::string& layer) {
    ServiceDesign pilot = piloted("matching_grant", {{"per_token", 1.0}}, 20, 19);
    pilot.layer = layer;
    pilot.keep_agents = true;
    ServiceDesign everywhere = pilot, nowhere = pilot;
    everywhere.policies[0].rollout = {};
    nowhere.policies.clear();
    const auto some = traces_of<16>(pilot, 64), all = traces_of<16>(everywhere, 64), none = traces_of<16>(nowhere, 64);
    Gains gains;
    for (std::size_t run = 0; run < some.size(); ++run) {
        std::vector<double> gain(12);  // of units of three
        for (std::size_t agent = 0; agent < 36; ++agent) {
            const std::size_t at = 18 * 36 + agent;
            gain[agent / 3] += (some[run].agents[2][at] - none[run].agents[2][at]) / 3.0;
            gains.everywhere += (all[run].agents[2][at] - none[run].agents[2][at]) / 36.0 / 64;
        }
        std::ranges::sort(gain);  // the treated gain more
        for (std::size_t unit = 0; unit < 12; ++unit) (unit < 6 ? gains.control : gains.treated) += gain[unit] / 6 / 64;
    }
    return gains;
}

/// Where units see nobody else, a pilot finds the effect of the policy. Where managers of an organization see each
/// other, some of what treated units give more is copied by their controls and some is not copied back: the pilot finds
/// less than the policy does everywhere.
TEST(PolicyState, UnderestimatesWhatSpillsOver) {
    const Gains apart = gains_along("team"), seen = gains_along("");
    EXPECT_NEAR(apart.control, 0, 1e-6);
    EXPECT_NEAR(apart.treated, apart.everywhere, 0.05 * apart.everywhere);
    EXPECT_GT(seen.control, 0.05);
    EXPECT_LT(seen.treated - seen.control, 0.8 * seen.everywhere);
}

/// Three policies take turns of four rounds from round 3 on; each costs what tells its turns.
TEST(PolicyState, TakesTurnsInChurn) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 5.0}}, 20);
    for (const double per_token : {0.1, 0.2, 0.4}) {
        PolicyInForce& own = add_policy(design, "matching_grant", {{"per_token", per_token}});
        own.rollout.kind = Rollout::Kind::churn;
        own.rollout.rounds = 4;
        own.start = 3;
        own.end = 18;
    }
    const ServiceTrace trace = trace_of(design);
    for (Round round = 1; round <= 20; ++round) {
        const std::array<double, 3> cost{0.5, 1.0, 2.0};
        const double expected = round < 3 || round > 18 ? 0 : cost[(round - 3) / 4 % 3];
        EXPECT_NEAR(trace.round_cost[round - 1], expected, 1e-9) << round;
    }
}

TEST(PolicyState, IsOnAndOffInChurnAlone) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 5.0}}, 11);
    PolicyInForce& own = add_policy(design, "matching_grant", {{"per_token", 0.2}});
    own.rollout.kind = Rollout::Kind::churn;
    own.rollout.rounds = 3;
    add_policy(design, "contest");  // takes no turns, and does not count
    const ServiceTrace trace = trace_of(design);
    for (Round round = 1; round <= 11; ++round)
        EXPECT_NEAR(trace.round_cost[round - 1], (round - 1) / 3 % 2 == 0 ? 1 : 0, 1e-9) << round;
}

/// Ties go with a policy, unless it is lasting.
TEST(PolicyState, TakesItsTiesAlong) {
    for (const auto& [kind, stay] : {std::pair("bridging_ties", false), std::pair("merger", true)}) {
        ServiceDesign design = service_design(service_network(3, 4, 6));
        PolicyInForce& own = add_policy(design, kind);
        own.start = 2;
        own.end = 5;
        PolicyRounds rounds(design);
        EXPECT_TRUE(rounds.next().empty());
        for (int round = 2; round <= 5; ++round) (void)rounds.next();
        EXPECT_EQ(rounds.next().empty(), !stay) << kind;
    }
}

/// A share of all units, whole units, is in scope.
TEST(PolicyState, ConcernsAShareOfTheUnits) {
    ServiceDesign design = service_design(service_network(5, 4, 3), "unconditional", {{"amount", 5.0}}, 3);
    for (const double share : {0.0, 0.25, 0.5, 1.0}) {
        design.policies.clear();
        add_policy(design, "matching_grant", {{"per_token", 0.2}}).share = share;
        const ServiceTrace trace = trace_of(design);
        for (const double cost : trace.round_cost) EXPECT_NEAR(cost, share, 1e-9) << share;
    }
}

}  // namespace
}  // namespace commonweal
