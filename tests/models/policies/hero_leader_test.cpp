#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto subsidies = static_cast<std::size_t>(Account::subsidies);

/// People who give what they expect, but for the system's return: b moves nothing but by the leader.
ServiceDesign believers(double weight, double delta) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive",
                                          {{"noise", 0.0},
                                           {"pull", 1.0},
                                           {"effort", 1e-6},
                                           {"motivation", 1 - 2.0 / 10},
                                           {"system_motivation", 1 - 4.0 / 30}},
                                          2);
    design.beliefs = {{0.2f, 0.2f}, 0, 0};
    design.keep_agents = true;
    add_policy(design, "hero_leader", {{"gift", 10.0}, {"omega", weight}, {"delta", delta}});
    return design;
}

/// Steps below the leader of the first organization in the fixture.
int steps_down(AgentId agent) {
    if (agent == 0) return 0;
    const bool heads_unit = agent % 5 == 0, in_first_unit = agent % 10 < 5;
    if (agent < 10) return heads_unit || in_first_unit ? 1 : 2;
    if (agent % 10 == 0) return 1;
    return heads_unit || in_first_unit ? 2 : 3;
}

TEST(HeroLeader, IsFollowedLessAtEachStepDown) {
    const ServiceTrace trace = trace_of(believers(0.5, 0.4));
    for (AgentId agent = 0; agent < 30; ++agent) {
        const double weight = agent == 0 ? 0 : 0.5 * std::pow(0.4, steps_down(agent));
        EXPECT_NEAR(trace.agents[2][agent], 4, 1e-3);
        EXPECT_NEAR(trace.agents[2][30 + agent], 4 + weight * 6, 1e-3) << agent;
    }
}

TEST(HeroLeader, IsSeenToGiveAtMostWhatOneCouldGive) {
    ServiceDesign design = believers(1, 1);
    design.policies.clear();
    add_policy(design, "hero_leader", {{"gift", 500.0}, {"omega", 1.0}, {"delta", 1.0}});
    const ServiceTrace trace = trace_of(design);
    for (AgentId agent = 1; agent < 30; ++agent)
        EXPECT_NEAR(trace.agents[2][30 + agent], 18, 1e-2) << agent;  // wants 20, and 4 for the local pot: the nearest
    EXPECT_EQ(trace.gap, 0);
}

TEST(HeroLeader, GivesPublicMoneyWhileThereIsAny) {
    ServiceDesign design = unmoved_service(service_network(3, 2, 5), 6, 4);
    const ServiceTrace without = trace_of(design);
    add_policy(design, "hero_leader", {{"gift", 30.0}}).budget = 75;
    const ServiceTrace with = trace_of(design);
    EXPECT_EQ(with.books[subsidies], micros(75));
    const std::vector<double> given{30, 30, 15, 0};
    for (std::size_t round = 0; round < given.size(); ++round)
        EXPECT_NEAR(with.round_cost[round] * 30, given[round], 1e-9) << round;
    EXPECT_NEAR((with.welfare - without.welfare) * 30 * 4, 75 * 4, 1e-3);  // r_S = 4
    EXPECT_EQ(with.gap, 0);
}

TEST(HeroLeader, IsNotFollowedWhenThereIsNothingToSee) {
    ServiceDesign design = believers(0.5, 0.4);
    design.policies[0].budget = 0;
    const ServiceTrace spent = trace_of(design);
    design.policies.clear();
    EXPECT_TRUE(same_run(spent, trace_of(design)));
}

TEST(HeroLeader, OutOfScopeGivesNothing) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    const ServiceTrace without = trace_of(design);
    add_policy(design, "hero_leader").organizations = {"organization_1"};
    EXPECT_TRUE(same_run(trace_of(design), without));
}

TEST(HeroLeader, MovesNobodyOutOfScope) {
    ServiceDesign design = believers(0.5, 0.4);
    design.policies[0].organizations = {"organization_0", "organization_2"};
    const ServiceTrace trace = trace_of(design);
    for (AgentId agent = 10; agent < 20; ++agent) EXPECT_NEAR(trace.agents[2][30 + agent], 4, 1e-3);
    EXPECT_GT(trace.agents[2][30 + 20], 5);
}

TEST(HeroLeader, RaisesWhatTheSystemGets) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design;
    add_policy(with, "hero_leader", {{"gift", 20.0}});
    EXPECT_GT(effect_of(design, with).system, 0);
}

TEST(HeroLeader, KeepsItsPromises) {
    expect_nothing_changes("hero_leader", {{"gift", 0.0}});
    expect_closed_books("hero_leader", {});
    ServiceDesign design = service_design(service_network(3, 4, 5));
    add_policy(design, "hero_leader").budget = 1000;
    expect_closed_books_in_all_lanes(design);
}

}  // namespace
}  // namespace commonweal
