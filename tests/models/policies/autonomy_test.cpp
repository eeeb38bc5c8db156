#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

const Values strict{{"minimum", 8.0}, {"audit", 0.5}, {"fine", 2.0}, {"bureaucracy", 1.0}};

ServiceDesign controlled_people(double recovery) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive", {}, 60);
    design.crowding_out = {CrowdingOut::Kind::categorical, 0.8f, static_cast<float>(recovery)};
    add_policy(design, "mandate", strict);
    return design;
}

/// The mirror of a mandate: from its first round on everything is, to the last bit, as if the mandate had ended then.
TEST(Autonomy, IsTheEndOfAMandate) {
    for (const double recovery : {0.0, 0.2}) {
        ServiceDesign ended = controlled_people(recovery), trusted = ended;
        ended.policies[0].end = 20;
        add_policy(trusted, "autonomy").start = 21;
        const ServiceTrace trace = trace_of(trusted);
        EXPECT_TRUE(same_run(trace, trace_of(ended))) << recovery;
        EXPECT_FALSE(same_run(trace, trace_of(controlled_people(recovery)))) << recovery;
        EXPECT_EQ(trace.gap, 0);
        EXPECT_NEAR(trace.policy_cost[0], trace_of(ended).policy_cost[0], 1e-12);
    }
}

TEST(Autonomy, BringsMotivationBackWhereItRecovers) {
    const auto late = [](double recovery) {
        ServiceDesign design = controlled_people(recovery);
        add_policy(design, "autonomy").start = 21;
        double sum = 0;
        for (const ServiceTrace& trace : traces_of<16>(design, 16)) sum += trace.local.back();
        return sum;
    };
    EXPECT_GT(late(0.2), late(0.0));
}

TEST(Autonomy, EndsOnlyMandatesThatStandBeforeIt) {
    ServiceDesign design = controlled_people(0.1), before = design;
    const auto mandate = before.policies[0];
    before.policies.clear();
    add_policy(before, "autonomy");
    before.policies.push_back(mandate);
    EXPECT_TRUE(same_run(trace_of(before), trace_of(design)));
}

/// Outside its scope mandates go on.
TEST(Autonomy, LeavesControlOutsideItsScope) {
    ServiceDesign design = unmoved_service(service_network(3, 2, 5), 3);
    design.keep_agents = true;
    add_policy(design, "mandate", strict);
    const ServiceTrace with = trace_of(design);
    add_policy(design, "autonomy").organizations = {"organization_1"};
    const ServiceTrace trusted = trace_of(design);
    double freed = 0;
    for (std::size_t at = 0; at < with.agents[0].size(); ++at)
        if (at % 30 / 10 == 1)
            freed += trusted.agents[0][at] - with.agents[0][at];
        else
            EXPECT_EQ(trusted.agents[0][at], with.agents[0][at]) << at;
    EXPECT_GT(freed, 10 * 6 * 1.0);  // bureaucracy alone took 1 token of 10 people in 6 rounds
}

TEST(Autonomy, KeepsItsPromises) {
    expect_nothing_changes("autonomy", {});
    ServiceDesign design = controlled_people(0.1);
    auto& own = add_policy(design, "autonomy");
    own.share = 0.5;
    own.start = 10;
    expect_closed_books_in_all_lanes(design);
    ServiceDesign none = controlled_people(0.1);
    add_policy(none, "autonomy").share = 0;
    EXPECT_TRUE(same_run(trace_of(none), trace_of(controlled_people(0.1))));
}

}  // namespace
}  // namespace commonweal
