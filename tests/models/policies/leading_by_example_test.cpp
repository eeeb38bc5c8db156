#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

/// Those who lead give `leader` of both pots; the others give what they expect, which is 4 at first.
ServiceDesign led(double leader, double weight, double exclusion = 0) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", leader}}, 2);
    const ServiceDesign others = service_design(service_network(1, 1, 2), "norm_incentive",
                                                {{"noise", 0.0},
                                                 {"pull", 1.0},
                                                 {"effort", 1e-6},
                                                 {"motivation", 1 - 2.0 / 10},
                                                 {"system_motivation", 1 - 4.0 / 30}});
    design.types.push_back(others.types[0]);
    design.places = {{.name = "leading", .share = 1}, {.name = "following", .attribute = "role", .value = "frontline"}};
    design.beliefs = {{0.2f, 0.2f}, 0, 0};
    design.keep_agents = true;
    add_policy(design, "leading_by_example", {{"weight", weight}, {"exclusion", exclusion}});
    return design;
}

TEST(LeadingByExample, IsFollowedInTheSameRound) {
    const ServiceTrace trace = trace_of(led(9, 0.4));
    for (const std::size_t pot : {1u, 2u})
        for (AgentId agent = 0; agent < 30; ++agent)
            EXPECT_NEAR(trace.agents[pot][agent], agent % 5 == 0 ? 9 : 4 + 0.4 * 5, 1e-3) << agent;
}

/// With weight 0 nobody follows but by the threat: at most M, where the loss is worth it.
TEST(LeadingByExample, IsFollowedForFearOfExclusion) {
    const ServiceTrace trace = trace_of(led(10, 0, 0.6));
    for (AgentId agent = 0; agent < 30; ++agent)
        EXPECT_NEAR(trace.agents[1][agent], agent % 5 == 0 ? 10 : 4 + std::min(2.0, 52 * 0.2 / 2), 1e-3) << agent;
    EXPECT_EQ(trace.gap, 0);
}

/// Who gives too little whatever it is threatened with loses its part of the pot to the others of its organization.
TEST(LeadingByExample, GivesTheirPartToTheOthers) {
    ServiceDesign design = led(10, 0, 0.6);
    design.types[1] = service_design(service_network(1, 1, 2), "unconditional", {{"amount", 3.0}}).types[0];
    design.places = {{.name = "leading", .share = 1}, {.name = "following", .attribute = "role", .value = "frontline"}};
    const ServiceTrace trace = trace_of(design);
    const double pot = 2 * (2 * 10 + 8 * 3), system = 4 * (6 * 10 + 24 * 3) / 30.0;
    for (AgentId agent = 0; agent < 30; ++agent) {
        const bool leads = agent % 5 == 0;
        EXPECT_NEAR(trace.agents[0][agent], leads ? pot / 2 + system : 20 - 3 - 3 + system, 1e-3) << agent;
    }
    EXPECT_EQ(trace.gap, 0);
    design.policies.clear();
    EXPECT_NEAR(trace_of(design).welfare, trace.welfare, 1e-5);  // nothing is lost but what cannot be divided
}

/// What those who stay expect of a token is what it brings: two leaders share what ten would.
TEST(LeadingByExample, PaysWhoStaysWhatItExpects) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    add_policy(design, "leading_by_example", {{"weight", 0.0}, {"exclusion", 1.0}});
    ServiceDesign fixed = design;
    const auto type_of = [](const std::string& kind, const Values& values) {
        return service_design(service_network(1, 1, 2), kind, values).types[0];
    };
    fixed.rounds = 2;
    fixed.keep_agents = true;
    fixed.places = {{.name = "one", .who = {"0"}},
                    {.name = "leading", .share = 1},
                    {.name = "following", .attribute = "role", .value = "frontline"}};
    const auto run = [&](double step) {
        fixed.types = {type_of("better_response", {{"step", step}, {"first_contribution", 9.0}}),
                       type_of("unconditional", {{"amount", 9.0}}), type_of("unconditional", {{"amount", 2.0}})};
        return trace_of(fixed);
    };
    const ServiceTrace less = run(0.1), more = run(1.1);
    const auto moved = [&](const ServiceTrace& trace, std::size_t pot) {
        return double{trace.agents[pot][30]} - double{trace.agents[pot][0]};
    };
    const double local = moved(more, 1) / 1.1, system = moved(more, 2) / 1.1;
    EXPECT_NEAR(local, -1 + 2.0 / 2, 1e-5);
    EXPECT_NEAR(system, -1 + 4.0 / 30, 1e-5);
    const double given = double{more.agents[2][30]} - double{less.agents[2][30]};
    EXPECT_NEAR(double{more.agents[0][30]} - double{less.agents[0][30]}, system * given, 2e-5);
}

TEST(LeadingByExample, NamesWhoLeads) {
    ServiceDesign design = led(9, 0.4);
    design.policies.clear();
    add_policy(design, "leading_by_example", {{"led_by", std::string("leaders")}, {"weight", 0.4}});
    const ServiceTrace trace = trace_of(design);
    for (AgentId agent = 0; agent < 30; ++agent)
        EXPECT_NEAR(trace.agents[1][agent], agent % 5 == 0 ? 9 : agent % 10 < 5 ? 6 : 4, 1e-3) << agent;
}

/// Where those who lead are better motivated, all give more; with the power to exclude more again.
TEST(LeadingByExample, RaisesTheLocalPotAndMoreWithExclusion) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {{"motivation", 1.6}}, 40);
    design.types.push_back(service_design(service_network(1, 1, 2)).types[0]);
    design.places = {{.name = "leading", .share = 1}, {.name = "following", .attribute = "role", .value = "frontline"}};
    ServiceDesign plain = design, strict = design;
    add_policy(plain, "leading_by_example");
    add_policy(strict, "leading_by_example", {{"exclusion", 0.8}});
    const double example = effect_of(design, plain).local, exclusion = effect_of(design, strict).local;
    EXPECT_GT(example, 0);
    EXPECT_GT(exclusion, example);
}

TEST(LeadingByExample, TouchesMoneyInScopeOnly) {
    ServiceDesign design = led(10, 0, 0.6);
    design.types[1] = service_design(service_network(1, 1, 2), "unconditional", {{"amount", 3.0}}).types[0];
    const ServiceTrace everywhere = trace_of(design);
    design.policies[0].organizations = {"organization_1"};
    const ServiceTrace with = trace_of(design);
    design.policies.clear();
    const ServiceTrace without = trace_of(design);
    for (AgentId agent = 0; agent < 60; ++agent) {
        const bool inside = agent % 30 / 10 == 1;
        EXPECT_EQ(with.agents[0][agent], (inside ? everywhere : without).agents[0][agent]) << agent;
        EXPECT_NE(without.agents[0][agent], everywhere.agents[0][agent]) << agent;
    }
}

TEST(LeadingByExample, KeepsItsPromises) {
    expect_nothing_changes("leading_by_example", {{"weight", 0.0}});
    expect_closed_books("leading_by_example", {});
    expect_closed_books("leading_by_example", {{"exclusion", 0.8}});
}

}  // namespace
}  // namespace commonweal
