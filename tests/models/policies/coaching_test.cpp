#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr AgentId people = 60;

/// People who give what they expect and learn nothing but from each other.
ServiceDesign coached(std::uint64_t meet_every, Round rounds = 40) {
    ServiceDesign design = service_design(service_network(3, 4, 5), "norm_incentive",
                                          {{"noise", 0.0},
                                           {"pull", 1.0},
                                           {"effort", 1e-6},
                                           {"motivation", 1 - 2.0 / 20},
                                           {"system_motivation", 1 - 4.0 / people}},
                                          rounds);
    design.beliefs = {{0.3f, 0.2f}, 0.05f, 0};
    design.keep_agents = true;
    add_policy(design, "coaching", {{"meet_every", whole(meet_every)}});
    return design;
}

struct Moments {
    double mean = 0, squares = 0;  ///< squares: sum of squared distances from the mean
};

Moments moments_of(const ServiceTrace& trace, std::size_t pot, Round round) {
    Moments moments;
    for (AgentId agent = 0; agent < people; ++agent)
        moments.mean += double{trace.agents[1 + pot][round * people + agent]} / people;
    for (AgentId agent = 0; agent < people; ++agent) {
        const double off = trace.agents[1 + pot][round * people + agent] - moments.mean;
        moments.squares += off * off;
    }
    return moments;
}

/// DeGroot: everybody ends at the mean of all first beliefs.
TEST(Coaching, EndsInConsensusOnTheMean) {
    const ServiceTrace trace = trace_of(coached(1));
    for (const std::size_t pot : {0u, 1u}) {
        const Moments first = moments_of(trace, pot, 0);
        Moments before = first;
        for (Round round = 1; round < 40; ++round) {
            const Moments now = moments_of(trace, pot, round);
            EXPECT_NEAR(now.mean, first.mean, 1e-4) << round;
            EXPECT_LE(now.squares, before.squares + 1e-6) << round;
            before = now;
        }
        EXPECT_GT(first.squares, 20);
        for (AgentId agent = 0; agent < people; ++agent)
            EXPECT_NEAR(trace.agents[1 + pot][39 * people + agent], first.mean, 1e-3) << agent;
    }
}

/// A random matching leaves (n - 2) / (2 (n - 1)) of the variance on average; over 200 meetings of first beliefs.
TEST(Coaching, HalvesTheVarianceInAMeeting) {
    const double expected = (people - 2.0) / (2 * (people - 1.0));
    double sum = 0, squares = 0;
    const std::uint32_t meetings = 200;
    for (std::uint32_t i = 0; i < meetings; ++i) {
        ServiceDesign design = coached(1, 2);
        design.randomness = seeded(1000 + i);
        const ServiceTrace trace = trace_of(design);
        const double left = moments_of(trace, 0, 1).squares / moments_of(trace, 0, 0).squares;
        sum += left;
        squares += left * left;
    }
    const double mean = sum / meetings, error = std::sqrt((squares / meetings - mean * mean) / meetings);
    EXPECT_NEAR(mean, expected, 4 * error);
    EXPECT_LT(error, 0.01);
}

TEST(Coaching, MeetsEverySoManyRounds) {
    const ServiceTrace trace = trace_of(coached(5, 12));
    for (Round round = 1; round < 12; ++round) {
        const bool met = (round - 1) % 5 == 0;  // at the end of the round before
        EXPECT_EQ(moments_of(trace, 0, round).squares < 0.9 * moments_of(trace, 0, round - 1).squares, met) << round;
    }
}

TEST(Coaching, IsForThoseInScopeOnly) {
    ServiceDesign design = coached(1, 2);
    design.policies[0].organizations = {"organization_1"};
    const ServiceTrace with = trace_of(design);
    design.policies.clear();
    const ServiceTrace without = trace_of(design);
    for (AgentId agent = 0; agent < people; ++agent) {
        const bool inside = agent / 20 == 1;
        EXPECT_EQ(with.agents[1][people + agent] == without.agents[1][people + agent], !inside) << agent;
    }
}

TEST(Coaching, KeepsItsPromises) {
    ServiceDesign design = service_design(service_network(3, 4, 5));
    const ServiceTrace without = trace_of(design);
    PolicyInForce& own = add_policy(design, "coaching");
    own.share = 0;
    EXPECT_TRUE(same_run(trace_of(design), without));
    own.share = 1;
    EXPECT_FALSE(same_run(trace_of(design), without));
    expect_closed_books("coaching", {});
}

}  // namespace
}  // namespace commonweal
