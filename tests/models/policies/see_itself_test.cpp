#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

/// People without noise in organizations of equal size, each with a first belief of its own.
ServiceDesign watchers(const std::string& whole, double weight) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive", {{"noise", 0.0}}, 3);
    design.beliefs.weight = 1;
    design.keep_agents = true;
    add_policy(design, "see_itself", {{"whole", whole}, {"omega", weight}});
    return design;
}

/// At full weights everybody of a whole expects its mean, and gives what follows from it.
TEST(SeeItself, LeavesOneBeliefInEachWhole) {
    for (const auto& [whole, size] :
         {std::pair("unit", 5u), std::pair("organization", 10u), std::pair("system", 30u)}) {
        const ServiceTrace trace = trace_of(watchers(whole, 1));
        for (const std::size_t pot : {1u, 2u}) {
            const double w = pot == 1 ? 2.0 / 10 + 1.2 - 1 : 4.0 / 30 + 1.15 - 1;
            for (AgentId agent = 0; agent < 30; ++agent) {
                double mean = 0;
                for (AgentId other = agent / size * size; other < agent / size * size + size; ++other)
                    mean += double{trace.agents[pot][other]} / size;
                EXPECT_NEAR(trace.agents[pot][30 + agent], (0.134 * mean + w) / 0.174, 1e-4) << whole << " " << agent;
            }
        }
    }
}

TEST(SeeItself, ChangesBeliefsAndNoPayoff) {
    ServiceDesign design = unmoved_service(service_network(3, 2, 5));
    const ServiceTrace without = trace_of(design);
    for (const char* const whole : {"unit", "organization", "system"}) {
        design.policies.clear();
        add_policy(design, "see_itself", {{"whole", std::string(whole)}, {"omega", 0.8}});
        const ServiceTrace with = trace_of(design);
        EXPECT_TRUE(same_run(with, without));
        EXPECT_EQ(with.public_cost, 0);
    }
}

TEST(SeeItself, TellsThoseInScope) {
    ServiceDesign design = watchers("system", 1);
    design.policies[0].organizations = {"organization_1"};
    design.rounds = 2;  // until then nothing went round
    const ServiceTrace with = trace_of(design);
    design.policies.clear();
    const ServiceTrace without = trace_of(design);
    for (AgentId agent = 0; agent < 30; ++agent) {
        const bool inside = agent / 10 == 1;
        EXPECT_EQ(with.agents[2][30 + agent] == without.agents[2][30 + agent], !inside) << agent;
    }
}

TEST(SeeItself, KeepsItsPromises) {
    for (const char* const whole : {"unit", "organization", "system"}) {
        expect_nothing_changes("see_itself", {{"whole", std::string(whole)}, {"omega", 0.0}});
        expect_closed_books("see_itself", {{"whole", std::string(whole)}});
    }
}

}  // namespace
}  // namespace commonweal
