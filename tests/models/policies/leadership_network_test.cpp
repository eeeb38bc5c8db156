#include <map>
#include <set>

#include "tests/support/policy_checks.hpp"
#include "tests/support/policy_rounds.hpp"

namespace commonweal {
namespace {

Network large_service() { return service_network(6, 4, 6); }

/// Same money, same weight: one leader at the top, or twelve who give a twelfth each.
ServiceDesign led(const std::string& kind, double delta, Round rounds = 40) {
    ServiceDesign design = service_design(large_service(), "norm_incentive", {{"noise", 1.0}}, rounds);
    design.beliefs.first = {0.2f, 0.05f};
    Values values{{"gift", 240.0}, {"omega", 0.5}, {"delta", delta}};
    if (kind == "leadership_network") values.push_back({"leaders", whole(12)});
    if (!kind.empty()) add_policy(design, kind, values);
    return design;
}

/// People who give more in round 2 than without the policy by at least a quarter token.
std::size_t reach(const std::string& kind, double delta) {
    ServiceDesign without = led("", delta, 2), with = led(kind, delta, 2);
    without.keep_agents = with.keep_agents = true;
    const ServiceTrace before = trace_of(without), after = trace_of(with);
    std::size_t count = 0;
    for (std::size_t at = before.types.size(); at < 2 * before.types.size(); ++at)
        count += after.agents[2][at] > before.agents[2][at] + 0.25;
    return count;
}

/// Rounds until people give 8 tokens to the system on average; all rounds when they never do.
double time_to_tip(const std::string& kind, double delta) {
    double sum = 0;
    const auto traces = traces_of<16>(led(kind, delta), 16);
    for (const ServiceTrace& trace : traces) {
        const auto there = std::ranges::find_if(trace.system, [](double given) { return given >= 8; });
        sum += static_cast<double>(there - trace.system.begin());
    }
    return sum / 16;
}

TEST(LeadershipNetwork, ReachesMoreThanOneLeaderWhereFollowingFades) {
    EXPECT_GT(reach("leadership_network", 0.2), reach("hero_leader", 0.2));
    EXPECT_LT(reach("leadership_network", 1), reach("hero_leader", 1));  // the line reaches everybody
}

TEST(LeadershipNetwork, TipsSoonerThanOneLeaderWhereFollowingFades) {
    EXPECT_LT(time_to_tip("leadership_network", 0.3), time_to_tip("hero_leader", 0.3));
    EXPECT_GT(time_to_tip("leadership_network", 1), time_to_tip("hero_leader", 1));
}

TEST(LeadershipNetwork, SpreadsItsLeadersOverLevelsAndOrganizations) {
    ServiceDesign design = led("leadership_network", 0.5);
    PolicyRounds played(design);
    std::set<AgentId> leaders;
    for (const Tie& tie : played.next()) leaders.insert({tie.a, tie.b});
    EXPECT_EQ(leaders.size(), 12u);
    std::map<std::uint32_t, int> in_organization, at_level;
    const Organizations& all = played.place().organizations();
    for (const AgentId leader : leaders) {
        EXPECT_TRUE(all.role(leader) == Role::leader || all.role(leader) == Role::manager);
        ++in_organization[all.organization(leader)];
        ++at_level[all.level(leader)];
    }
    EXPECT_EQ(in_organization.size(), 6u);
    for (const auto& [k, count] : in_organization) EXPECT_LE(count, 3) << k;
    EXPECT_EQ(at_level.size(), 3u);  // the leader at the top, leaders and managers of the first, managers of the others
}

/// One of two leaders is seen by its unit, the other leader, and whom both are tied to: weight * delta of the way.
TEST(LeadershipNetwork, IsSeenByUnitsAndTies) {
    ServiceDesign design =
        service_design(service_network(3, 2, 5), "norm_incentive",
                       {{"noise", 0.0}, {"pull", 1.0}, {"effort", 1e-6}, {"system_motivation", 1 - 4.0 / 30}}, 2);
    design.beliefs = {{0.2f, 0.2f}, 0, 0};
    design.keep_agents = true;
    add_policy(design, "leadership_network", {{"leaders", whole(2)}, {"gift", 20.0}, {"omega", 0.5}, {"delta", 0.5}});
    PolicyRounds rounds(design);
    const std::vector<Tie> ties = rounds.next();
    const ServiceTrace trace = trace_of(design);
    std::vector<int> sees(30, 0);
    for (AgentId agent = 0; agent < 30; ++agent)
        if (rounds.memory()[agent] > 0.0) sees[agent] = rounds.memory()[agent] > 0.3 ? 2 : 1;
    for (AgentId agent = 0; agent < 30; ++agent) {
        const double weight = sees[agent] == 0 ? 0 : sees[agent] == 1 ? 0.25 : 1 - 0.75 * 0.75;
        EXPECT_NEAR(trace.agents[2][30 + agent], 4 + weight * 6, 1e-3) << agent;
    }
    EXPECT_GE(std::ranges::count(sees, 1) + std::ranges::count(sees, 2), 10);
    for (const Tie& tie : ties) {
        EXPECT_GE(sees[tie.a], 1);
        EXPECT_GE(sees[tie.b], 1);
        for (AgentId agent = 0; agent < 30; ++agent) {
            if (agent / 5 == tie.a / 5 && agent != tie.a) {
                EXPECT_GE(sees[agent], 1) << agent;
            }
        }
    }
}

TEST(LeadershipNetwork, CostsWhatOneLeaderCosts) {
    for (const double budget : {-1.0, 700.0}) {
        ServiceDesign one = led("hero_leader", 0.5, 6), many = led("leadership_network", 0.5, 6);
        one.policies[0].budget = many.policies[0].budget = budget;
        EXPECT_EQ(trace_of(one).policy_cost, trace_of(many).policy_cost);
    }
}

TEST(LeadershipNetwork, ChoosesInScopeOnly) {
    ServiceDesign design = led("leadership_network", 0.5);
    design.policies[0].organizations = {"organization_1", "organization_4"};
    PolicyRounds rounds(design);
    for (const Tie& tie : rounds.next())
        for (const AgentId leader : {tie.a, tie.b}) EXPECT_TRUE(leader / 24 == 1 || leader / 24 == 4) << leader;
    EXPECT_EQ(rounds.memory().back(), 8);  // all that there are
}

TEST(LeadershipNetwork, KeepsItsPromises) {
    expect_nothing_changes("leadership_network", {{"leaders", whole(0)}});
    ServiceDesign design = service_design(service_network(3, 4, 5));
    add_policy(design, "leadership_network");
    expect_closed_books_in_all_lanes(design);
    design.policies[0].budget = 1000;
    design.policies[0].start = 4;
    expect_closed_books_in_all_lanes(design);
}

}  // namespace
}  // namespace commonweal
