#include <gtest/gtest.h>

#include "tests/support/services.hpp"

namespace commonweal {
namespace {

/// Two organizations or more, each one unit, whose members weigh money alone; no dilemma between pots: nobody gives to
/// the system.
ServiceDesign selfish(std::uint32_t organizations, std::uint32_t members, double enhancement, float step,
                      Round rounds) {
    ServiceDesign design = service_design(service_network(organizations, 1, members), "better_response",
                                          {{"step", double{step}}, {"first_contribution", 10.0}}, rounds);
    design.game = {200, enhancement, enhancement + 0.5};
    return design;
}

/// The symmetric equilibria of THEORY 5.2: equal S (n-1) / (n^2 m^2 (1-a)), in proportion S (nm-1) / (n^2 m^2 (1-a)).
TEST(Contest, RestsAtTheSymmetricEquilibrium) {
    struct Case {
        std::uint32_t n, m;
        double a, prize;
    };
    for (const Case& game : {Case{2, 4, 0.5, 100}, Case{3, 5, 0.4, 150}, Case{4, 3, 0.6, 60}})
        for (const bool equal : {true, false}) {
            const double n = game.n, m = game.m;
            const double expected = game.prize * (equal ? n - 1 : n * m - 1) / (n * n * m * m * (1 - game.a));
            ServiceDesign design = selfish(game.n, game.m, game.a * m, equal ? 0.5f : 5.0f, 3000);
            add_policy(
                design, "contest",
                {{"prize_per_head", game.prize / (n * m)}, {"inside", std::string(equal ? "equal" : "proportion")}});
            const ServiceTrace trace = trace_of(design);
            EXPECT_NEAR(trace.local.back(), expected, 2e-5 * (1 + expected)) << n << " " << m << " " << equal;
            EXPECT_EQ(trace.system.back(), 0);
            EXPECT_EQ(trace.gap, 0);
        }
}

/// The equilibrium is one of the money that is really paid: no member gains by giving more or less on its own.
TEST(Contest, PaysNobodyToLeaveTheEquilibrium) {
    for (const bool equal : {true, false}) {
        const double n = 2, m = 4, a = 0.5, prize = 100;
        const double x = prize * (equal ? n - 1 : n * m - 1) / (n * n * m * m * (1 - a));
        const auto payoff = [&](double own) {
            const double k = (m - 1) * x + own, all = k + m * x;
            return -own + a * k + prize * k / all * (equal ? 1 / m : own / k);
        };
        double best = 0;
        for (double own = 0; own < 100; own += 1e-3)
            if (payoff(own) > payoff(best)) best = own;
        EXPECT_NEAR(best, x, 2e-3) << equal;
    }
}

TEST(Contest, SharesThePrizeByRank) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    add_policy(design, "contest", {{"by", std::string("rank")}, {"inside", std::string("equal")}});
    const ServiceTrace with = trace_of(design);
    EXPECT_EQ(with.gap, 0);
    EXPECT_EQ(with.public_cost, 0);
    design.policies.clear();
    EXPECT_GT(with.local_mean, trace_of(design).local_mean);
}

TEST(Contest, OfNoPrizeChangesNotOneBit) {
    for (const char* const by : {"share", "rank"}) {
        ServiceDesign design = service_design(service_network(3, 2, 5));
        const ServiceTrace without = trace_of(design);
        add_policy(design, "contest", {{"prize_per_head", 0.0}, {"by", std::string(by)}});
        EXPECT_TRUE(same_run(trace_of(design), without));
    }
}

TEST(Contest, RaisesTheLocalPotAndLowersTheSystems) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40);
    const auto without = traces_of<16>(design, 32);
    add_policy(design, "contest", {{"prize_per_head", 3.0}});
    const auto with = traces_of<16>(design, 32);
    double local = 0, system = 0;
    for (std::size_t run = 0; run < with.size(); ++run) {
        local += with[run].local_mean - without[run].local_mean;
        system += with[run].system_mean - without[run].system_mean;
    }
    EXPECT_GT(local, 0);
    EXPECT_LT(system, 0);
}

}  // namespace
}  // namespace commonweal
