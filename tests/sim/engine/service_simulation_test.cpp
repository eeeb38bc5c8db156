#include "sim/engine/service_simulation.hpp"

#include <gtest/gtest.h>

#include "tests/support/services.hpp"

namespace commonweal {
namespace {

TEST(ServiceSimulation, PaysWhatTheFormulaSays) {
    ServiceDesign design = service_design(service_network(3, 2, 4), "norm_incentive", {}, 5);
    design.keep_agents = true;
    const ServiceTrace trace = trace_of(design);
    const AgentId agents = 24;
    for (Round round = 0; round < 5; ++round) {
        const auto at = [&](std::size_t what, AgentId agent) {
            return double{trace.agents[what][round * agents + agent]};
        };
        double all = 0;
        std::vector<double> of(3);
        for (AgentId agent = 0; agent < agents; ++agent) {
            all += at(2, agent);
            of[agent / 8] += at(1, agent);
            EXPECT_GE(at(1, agent), 0);
            EXPECT_GE(at(2, agent), 0);
            EXPECT_LE(at(1, agent) + at(2, agent), 20.0 + 1e-5);
        }
        for (AgentId agent = 0; agent < agents; ++agent)
            EXPECT_NEAR(at(0, agent), 20 - at(1, agent) - at(2, agent) + 2.0 / 8 * of[agent / 8] + 4.0 / 24 * all,
                        1e-3);
    }
}

TEST(ServiceSimulation, HasTheSameBitsInAllLanes) {
    ServiceDesign design = service_design(service_network(4, 3, 5));
    design.turnover = {0.05f, 7, 0.5};
    add_policy(design, "contest");
    const auto one = traces_of<1>(design, 19), eight = traces_of<8>(design, 19), sixteen = traces_of<16>(design, 19);
    for (std::size_t run = 0; run < one.size(); ++run) {
        EXPECT_TRUE(same_run(one[run], eight[run])) << run;
        EXPECT_TRUE(same_run(one[run], sixteen[run])) << run;
    }
    EXPECT_FALSE(same_run(one[0], one[1]));
}

TEST(ServiceSimulation, ClosesItsLedger) {
    ServiceDesign design = service_design(service_network(4, 3, 7), "norm_incentive", {}, 30);
    for (const ServiceTrace& trace : traces_of<8>(design, 8)) {
        EXPECT_EQ(trace.gap, 0);
        const auto of = [&](Account account) { return trace.books[static_cast<std::size_t>(account)]; };
        EXPECT_EQ(of(Account::endowments), micros(20.0 * 84 * 30));
        EXPECT_EQ(of(Account::subsidies), 0);
        EXPECT_GT(of(Account::returns), 0);
        EXPECT_EQ(of(Account::endowments) + of(Account::returns), of(Account::payoffs) + of(Account::rounding));
    }
}

/// Without noise and with equal beliefs everybody gives the same, and giving settles at (m + w - 1) / q.
TEST(ServiceSimulation, SettlesWhereMotivationMeetsEffort) {
    ServiceDesign design =
        service_design(service_network(2, 2, 5), "norm_incentive",
                       {{"noise", 0.0}, {"motivation", 1.1}, {"system_motivation", 0.9}, {"effort", 0.05}}, 200);
    design.beliefs.spread = 0;
    const ServiceTrace trace = trace_of(design);
    EXPECT_NEAR(trace.local.back(), (2.0 / 10 + 1.1 - 1) / 0.05, 1e-3);
    EXPECT_NEAR(trace.system.back(), (4.0 / 20 + 0.9 - 1) / 0.05, 1e-3);
    EXPECT_NEAR(trace.gini, 0, 1e-8);
}

TEST(ServiceSimulation, RefusesReturnsThatEndTheDilemma) {
    ServiceDesign design = service_design(service_network(3, 1, 4));
    design.game.local_enhancement = 4;
    design.game.system_enhancement = 5;
    EXPECT_THROW(ServicePlace(design, 0), ConfigError);
    design.game.local_enhancement = 3.9;
    EXPECT_NO_THROW(ServicePlace(design, 0));
    design.game.system_enhancement = 12;
    EXPECT_THROW(ServicePlace(design, 0), ConfigError);
}

TEST(GiniOf, KnownDistributions) {
    std::vector<Micro> equal{5, 5, 5, 5}, one{0, 0, 0, 8}, two{1, 3};
    EXPECT_DOUBLE_EQ(gini_of(equal), 0);
    EXPECT_DOUBLE_EQ(gini_of(one), 0.75);
    EXPECT_DOUBLE_EQ(gini_of(two), 0.25);
}

}  // namespace
}  // namespace commonweal
