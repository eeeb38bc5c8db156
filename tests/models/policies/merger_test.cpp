#include "tests/support/policy_checks.hpp"
#include "tests/support/policy_rounds.hpp"

namespace commonweal {
namespace {

Values joining(double trust = 0.7, double rate = 0.02) {
    return {{"first", std::string("organization_0")},
            {"second", std::string("organization_2")},
            {"trust", trust},
            {"rate", rate}};
}

/// Everybody gives 3 to the local pot but those of the third organization, who give 6; none to the system.
ServiceDesign unlike(double third) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 3.0}}, 8);
    design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", third}}).types[0]);
    design.places = {{.name = "others", .share = 1},
                     {.name = "third", .attribute = "organization", .value = "organization_2"}};
    design.keep_agents = true;
    add_policy(design, "merger", joining()).start = 3;
    return design;
}

TEST(Merger, MakesOnePotOfTwoForGood) {
    ServiceDesign design = unlike(6);
    design.policies[0].end = 5;  // the pot stays one in rounds 6 to 8
    const ServiceTrace trace = trace_of(design);
    EXPECT_EQ(trace.gap, 0);
    const double system = 4 * (20 * 3 + 10 * 6) / 30.0;
    for (Round round = 1; round <= 8; ++round)
        for (AgentId agent = 0; agent < 30; ++agent) {
            const double own = agent < 20 ? 3 : 6;
            const double local = round < 3 || (agent >= 10 && agent < 20) ? own : 4.5;
            EXPECT_NEAR(trace.agents[0][(round - 1) * 30 + agent], 20 - 2 * own + 2 * local + system, 1e-3)
                << round << " " << agent;
        }
}

TEST(Merger, ChangesNoReturnWhereAllGiveAlike) {
    ServiceDesign design = unlike(3);
    const ServiceTrace with = trace_of(design);
    design.policies.clear();
    const ServiceTrace without = trace_of(design);
    for (std::size_t at = 0; at < with.agents[0].size(); ++at)
        EXPECT_NEAR(with.agents[0][at], without.agents[0][at], 2e-6) << at;  // a millionth may not be divisible
    EXPECT_EQ(with.gap, 0);
}

/// In the round of the merger, too, people weigh the return that a token really has: r_L over twenty members.
TEST(Merger, TellsTheNewReturnAtOnce) {
    ServiceDesign design =
        service_design(service_network(3, 2, 5), "better_response", {{"step", 1.0}, {"first_contribution", 9.0}}, 4);
    design.keep_agents = true;
    add_policy(design, "merger", joining()).start = 3;
    const ServiceTrace trace = trace_of(design);
    for (const Round round : {2u, 3u, 4u})
        for (AgentId agent = 0; agent < 30; ++agent) {
            const double members = round >= 3 && (agent < 10 || agent >= 20) ? 20 : 10;
            EXPECT_NEAR(trace.agents[1][(round - 1) * 30 + agent] - trace.agents[1][(round - 2) * 30 + agent],
                        -1 + 2 / members, 1e-5)
                << round << " " << agent;
        }
}

/// Organizations of equal size: half of what is expected is of the other side.
TEST(Merger, StartsFromBeliefsAboutTheOtherSide) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive",
                                          {{"noise", 0.0}, {"pull", 1.0}, {"effort", 1e-6}, {"motivation", 0.9}}, 3);
    design.beliefs = {{0.4f, 0.1f}, 0, 0};
    design.keep_agents = true;
    add_policy(design, "merger", joining(0.5, 0)).start = 3;
    const ServiceTrace trace = trace_of(design);
    for (AgentId agent = 0; agent < 30; ++agent) {
        const bool merged = agent < 10 || agent >= 20;
        const double belief = merged ? 8 * (0.5 + 0.5 * 0.5) : 8, m = merged ? 2.0 / 20 : 2.0 / 10;
        EXPECT_NEAR(trace.agents[1][2 * 30 + agent], belief + m + 0.9 - 1, 1e-3) << agent;
    }
}

TEST(Merger, LetsTiesAcrossGrow) {
    ServiceDesign design = service_design(service_network(3, 4, 6));
    add_policy(design, "merger", joining(0.7, 0.03)).end = 10;
    PolicyRounds rounds(design);
    for (int round = 1; round <= 12; ++round) {
        const std::vector<Tie>& ties = rounds.next();
        EXPECT_EQ(ties.size(), static_cast<std::size_t>(0.03 * 48 * std::min(round, 10))) << round;
        for (const Tie& tie : ties) {
            EXPECT_LT(tie.a, 24u);
            EXPECT_GE(tie.b, 48u);
        }
    }
}

/// An organization joins whole; ties and changed beliefs are of those in scope.
TEST(Merger, TiesThoseInScope) {
    ServiceDesign design = service_design(service_network(3, 4, 6));
    add_policy(design, "merger", joining(0.7, 0.03)).roles = {1, 2};  // managers and leaders
    PolicyRounds rounds(design);
    for (int round = 1; round <= 5; ++round)
        for (const Tie& tie : rounds.next()) {
            EXPECT_EQ(tie.a % 6, 0u);
            EXPECT_EQ(tie.b % 6, 0u);
        }
    EXPECT_FALSE(rounds.next().empty());
}

TEST(Merger, OfOneAfterTheOtherIsOfAllThree) {
    ServiceDesign design = unlike(6);
    add_policy(design, "merger", {{"first", std::string("organization_2")}, {"second", std::string("organization_1")}})
        .start = 5;
    const ServiceTrace trace = trace_of(design);
    EXPECT_EQ(trace.gap, 0);
    const double system = 4 * (20 * 3 + 10 * 6) / 30.0;
    for (AgentId agent = 0; agent < 30; ++agent)
        EXPECT_NEAR(trace.agents[0][7 * 30 + agent], 20 - (agent < 20 ? 6 : 12) + 2 * 4 + system, 1e-3) << agent;
}

TEST(Merger, LeavesThirdPartiesTheirMoney) {
    ServiceDesign design = unlike(6);
    const ServiceTrace with = trace_of(design);
    design.policies.clear();
    const ServiceTrace without = trace_of(design);
    for (std::size_t at = 0; at < with.agents[0].size(); ++at)
        if (at % 30 / 10 == 1) {
            EXPECT_EQ(with.agents[0][at], without.agents[0][at]) << at;
        }
}

TEST(Merger, NamesTheNearestOrganization) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    add_policy(design, "merger", {{"second", std::string("organisation_2")}});
    EXPECT_NE(message_of([&] { ServicePlace(design, 0); }).find("did you mean 'organization_2'"), std::string::npos);
}

TEST(Merger, KeepsItsPromises) {
    expect_nothing_changes("merger",
                           {{"first", std::string("organization_1")}, {"second", std::string("organization_1")}});
    ServiceDesign design = service_design(service_network(3, 4, 5));
    add_policy(design, "merger", joining()).start = 4;
    expect_closed_books_in_all_lanes(design);
    design.policies[0].end = 10;
    expect_closed_books_in_all_lanes(design);
}

}  // namespace
}  // namespace commonweal
