#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

/// People who give to the system what they expect, or what is wanted of them; nothing but mediation moves beliefs.
ServiceDesign apart(const Values& values) {
    const auto believers = [](double more) {
        return service_design(service_network(1, 1, 2), "norm_incentive",
                              {{"noise", 0.0},
                               {"pull", 1.0},
                               {"effort", 1e-6},
                               {"motivation", 1 - 2.0 / 10},
                               {"system_motivation", 1 - 4.0 / 30 + more}})
            .types[0];
    };
    ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive", {}, 2);
    design.types = {believers(0), believers(6)};
    design.places = {{.name = "others", .share = 1},
                     {.name = "givers", .attribute = "organization", .value = "organization_2"}};
    design.beliefs = {{0.1f, 0.1f}, 0, 0};
    design.keep_agents = true;
    add_policy(design, "mediation", values);
    return design;
}

/// The leaders of the second and third organization meet: the third gives 2 + 6, the second 2. The second's people
/// follow down the line.
TEST(Mediation, MovesLeadersAndThenTheirPeople) {
    const ServiceTrace trace = trace_of(apart({{"first", std::string("organization_1")},
                                               {"second", std::string("organization_2")},
                                               {"mu", 0.5},
                                               {"follow", 0.4}}));
    for (AgentId agent = 0; agent < 30; ++agent) {
        EXPECT_NEAR(trace.agents[2][agent], agent < 20 ? 2 : 8, 1e-3);
        const int steps = agent == 10 ? 0 : agent == 15 || agent < 15 ? 1 : 2;
        const double leader = 2 + 0.5 * (8 - 2);
        const double expected = steps == 0 ? leader : 2 + 0.5 * std::pow(0.4, steps) * (leader - 2);
        const bool second = agent >= 10 && agent < 20;
        EXPECT_NEAR(trace.agents[2][30 + agent], second ? expected : agent < 10 ? 2 : 8, 2e-3) << agent;
    }
}

TEST(Mediation, IsOfTheFirstTwoUnlessTheyAreNamed) {
    const ServiceDesign named =
        apart({{"first", std::string("organization_1")}, {"second", std::string("organization_0")}});
    EXPECT_TRUE(same_run(trace_of(named), trace_of(apart({}))));
    EXPECT_FALSE(same_run(trace_of(apart({{"second", std::string("organization_2")}})), trace_of(apart({}))));
}

TEST(Mediation, MovesBeliefsInScopeOnly) {
    ServiceDesign design = apart({{"first", std::string("organization_1")}, {"second", std::string("organization_2")}});
    design.policies[0].organizations = {"organization_1"};
    const ServiceTrace with = trace_of(design);
    design.policies.clear();
    const ServiceTrace without = trace_of(design);
    for (AgentId agent = 0; agent < 30; ++agent)
        EXPECT_EQ(with.agents[2][30 + agent] == without.agents[2][30 + agent], agent / 10 != 1) << agent;
}

TEST(Mediation, NamesTheNearestOrganization) {
    EXPECT_NE(message_of([] {
                  const ServiceDesign design = apart({{"first", std::string("organisation_1")}});
                  ServicePlace(design, 0);
              }).find("did you mean 'organization_1'"),
              std::string::npos);
    EXPECT_NE(message_of([] {
                  const ServiceDesign design =
                      apart({{"first", std::string("organization_1")}, {"second", std::string("organization_1")}});
                  ServicePlace(design, 0);
              }).find("two organizations"),
              std::string::npos);
}

/// Two organizations that expect nearly nothing of each other, although motivation would carry more: each meeting shows
/// both leaders that the other gives more than expected.
TEST(Mediation, RaisesWhatTwoDistrustfulOrganizationsGive) {
    ServiceDesign design = service_design(service_network(2, 3, 5), "norm_incentive", {{"system_motivation", 1.4}}, 20);
    design.beliefs = {{0.4f, 0.02f}, 0.02f, 0.1f};
    ServiceDesign with = design;
    add_policy(with, "mediation", {{"meet_every", whole(2)}});
    const auto before = traces_of<16>(design, 32), after = traces_of<16>(with, 32);
    std::array<double, 2> gained{};
    for (std::size_t run = 0; run < before.size(); ++run)
        for (std::size_t k = 0; k < 2; ++k) gained[k] += after[run].organization[2][k] - before[run].organization[2][k];
    EXPECT_GT(gained[0] / 32, 0.1);
    EXPECT_GT(gained[1] / 32, 0.1);
}

TEST(Mediation, KeepsItsPromises) {
    expect_nothing_changes("mediation", {{"mu", 0.0}});
    ServiceDesign design = service_design(service_network(3, 4, 5));
    add_policy(design, "mediation").start = 3;
    expect_closed_books_in_all_lanes(design);
    ServiceDesign unmoved = unmoved_service(service_network(3, 2, 5)), with = unmoved;
    add_policy(with, "mediation");
    EXPECT_TRUE(same_run(trace_of(unmoved), trace_of(with)));  // no money moves
}

}  // namespace
}  // namespace commonweal
