#include "sim/engine/service_simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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

/// Contributions of one round, sorted: who has them does not matter.
std::vector<float> sorted_round(const ServiceTrace& trace, std::size_t what, std::size_t people, Round round) {
    const auto from = trace.agents[what].begin() + static_cast<std::ptrdiff_t>(people * (round - 1));
    std::vector<float> values(from, from + static_cast<std::ptrdiff_t>(people));
    std::ranges::sort(values);
    return values;
}

/// People who give what they expect, and learn nothing: beliefs can be read off contributions.
ServiceDesign believers(Round rounds) {
    ServiceDesign design = service_design(service_network(4, 5, 5), "norm_incentive",
                                          {{"noise", 0.0},
                                           {"pull", 1.0},
                                           {"effort", 1e-6},
                                           {"motivation", 1 - 2.0 / 25},
                                           {"system_motivation", 1 - 4.0 / 100}},
                                          rounds);
    design.beliefs = {{0.3f, 0.2f}, 0.05f, 0};
    design.keep_agents = true;
    return design;
}

/// Newcomers take places at the rate, with first beliefs: 100 people in 60 rounds, within 4 standard errors.
TEST(Turnover, ReplacesPeopleAtItsRate) {
    ServiceDesign design = believers(61);
    design.turnover.rate = 0.1f;
    double replaced = 0, sum = 0;
    for (const ServiceTrace& trace : traces_of<8>(design, 8)) {
        EXPECT_EQ(trace.gap, 0);
        for (std::size_t at = 100; at < 61 * 100; ++at)
            if (trace.agents[1][at] != trace.agents[1][at - 100]) {
                ++replaced;
                sum += trace.agents[1][at];
            }
    }
    const double all = 60 * 100 * 8;
    EXPECT_NEAR(replaced / all, 0.1, 4 * std::sqrt(0.1 * 0.9 / all));
    EXPECT_NEAR(sum / replaced, 0.3 * 20, 4 * 1.0 / std::sqrt(replaced));  // first beliefs vary by .05 * 20
}

/// With everybody replaced in each round nobody learns anything: each round begins as the first.
TEST(Turnover, LeavesNewcomersNoMemory) {
    ServiceDesign design = service_design(service_network(4, 5, 5), "norm_incentive", {{"noise", 0.0}}, 20);
    design.beliefs.spread = 0;
    design.turnover.rate = 1;
    const ServiceTrace trace = trace_of(design);
    for (const auto* const means : {&trace.local, &trace.system})
        for (const double mean : *means) EXPECT_EQ(mean, means->front());
    design.turnover.rate = 0;
    EXPECT_NE(trace_of(design).local.back(), trace.local.back());
}

/// A reorganization moves people with what they expect within their role, and nobody comes or goes.
TEST(Turnover, ReorganizesWithinRoles) {
    ServiceDesign design = believers(8);
    design.turnover = {0, 3, 0.5};
    const ServiceTrace trace = trace_of(design);
    EXPECT_EQ(trace.gap, 0);
    for (Round round = 2; round <= 8; ++round) {
        EXPECT_EQ(sorted_round(trace, 1, 100, round), sorted_round(trace, 1, 100, 1)) << round;
        std::array<std::size_t, 3> moved{};  // of leaders, managers, front line
        for (std::size_t agent = 0; agent < 100; ++agent) {
            const std::size_t at = 100 * (round - 1) + agent, role = agent % 25 == 0 ? 0 : agent % 5 == 0 ? 1 : 2;
            moved[role] += trace.agents[1][at] != trace.agents[1][at - 100];
        }
        const bool reorganized = round % 3 == 1;  // after rounds 3 and 6
        EXPECT_EQ(moved, (reorganized ? std::array<std::size_t, 3>{2, 8, 40} : std::array<std::size_t, 3>{})) << round;
    }
}

/// Types and endowments go with the people, so that a role keeps its mix.
TEST(Turnover, MovesTypesWithPeople) {
    ServiceDesign design = service_design(service_network(4, 5, 5), "unconditional", {{"amount", 2.0}}, 9);
    design.types[0].endowment = 0.5;
    design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", 7.0}}).types[0]);
    design.places = {{.name = "low", .share = 0.5}, {.name = "high", .share = 0.5}};
    design.turnover = {0, 2, 1};
    design.keep_agents = true;
    const ServiceTrace trace = trace_of(design);
    EXPECT_EQ(trace.gap, 0);
    bool moved = false;
    for (Round round = 2; round <= 9; ++round) {
        EXPECT_EQ(sorted_round(trace, 1, 100, round), sorted_round(trace, 1, 100, 1)) << round;
        for (std::size_t agent = 0; agent < 100; ++agent)
            moved = moved || trace.agents[1][100 * (round - 1) + agent] != trace.agents[1][agent];
    }
    EXPECT_TRUE(moved);
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
