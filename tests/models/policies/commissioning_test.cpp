#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto endowments = static_cast<std::size_t>(Account::endowments);
constexpr auto rounding = static_cast<std::size_t>(Account::rounding);

/// The first organization gives everything to the system, the two others nothing.
ServiceDesign givers_and_keepers(Round rounds) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 0.0}}, rounds);
    design.game.system_enhancement = 3;
    design.types.push_back(
        service_design(service_network(1, 1, 2), "norm_incentive", {{"motivation", 0.0}, {"system_motivation", 1e3}})
            .types[0]);
    design.places = {{.name = "keepers", .share = 1},
                     {.name = "givers", .attribute = "organization", .value = "organization_0"}};
    return design;
}

/// Shares of the endowments go as exp(strength * (score - 1/2)): e^.5 for who gives all, e^-.5 for who gives nothing.
TEST(Commissioning, ShiftsEndowmentsByTheScore) {
    ServiceDesign design = givers_and_keepers(3);
    design.keep_agents = true;
    for (const double value : {1.0, 0.0}) {
        design.policies.clear();
        add_policy(design, "commissioning", {{"strength", 1.0}, {"value", value}});
        const ServiceTrace trace = trace_of(design);
        const double high = std::exp(value == 1 ? 0.5 : -0.5), low = 1 / high;
        EXPECT_EQ(trace.system[0], 20.0 / 3);  // the first round measures
        for (const std::size_t round : {1u, 2u})
            EXPECT_NEAR(trace.agents[2][round * 30], 60 * high / (high + 2 * low), 1e-5);
        EXPECT_EQ(trace.gap, 0);
    }
}

/// The total is that without the policy, to what rounding left.
TEST(Commissioning, KeepsTheTotal) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 30);
    const ServiceTrace without = trace_of(design);
    add_policy(design, "commissioning", {{"strength", 2.0}});
    const ServiceTrace with = trace_of(design);
    EXPECT_EQ(with.books[endowments], without.books[endowments]);
    EXPECT_LT(std::abs(with.books[rounding] - without.books[rounding]), 2 * 72 * 30);
    EXPECT_EQ(with.public_cost, 0);
    EXPECT_FALSE(same_run(with, without));
}

/// What is expected of a token to the system is what it brings in the next round, when no later round is in play.
TEST(Commissioning, ExpectsWhatATokenBringsNextRound) {
    const double amount = 6;
    const auto played = [&](double one, double step, Round rounds) {
        ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", amount}}, rounds);
        design.places = {{.name = "one", .who = {"0"}}, {.name = "others"}};
        design.types.insert(design.types.begin(), service_design(service_network(1, 1, 2), "better_response",
                                                                 {{"step", step}, {"first_contribution", one}})
                                                      .types[0]);
        design.keep_agents = true;
        add_policy(design, "commissioning", {{"strength", 1.5}, {"value", 0.9}});
        return trace_of(design);
    };
    const ServiceTrace less = played(6, 0, 2), more = played(6.5, 0, 2);
    const auto change = [&](std::size_t what, std::size_t round) {
        return double{more.agents[what][round * 30]} - double{less.agents[what][round * 30]};
    };
    const double gained = change(0, 1) - change(0, 0);  // rounds differ in the endowment alone
    const double brings = 1.5 * 0.8 * (1 - 1.0 / 3) / 10;
    EXPECT_NEAR(gained / 0.5, brings, 2e-4);
    const ServiceTrace moved = played(6, 0.1, 3);
    EXPECT_NEAR((double{moved.agents[2][30]} - double{moved.agents[2][0]}) / 0.1, -1 + 4.0 / 30 + brings, 1e-5);
    ServiceDesign design = service_design(service_network(3, 2, 5));
    const double without = slopes_of(design, 6).felt_system;
    add_policy(design, "commissioning", {{"strength", 1.5}, {"value", 0.9}}).start = 2;
    EXPECT_NEAR(slopes_of(design, 6).felt_system, without, 1e-6);  // round 2 is the last: nothing follows
}

TEST(Commissioning, RaisesOrLowersWhatTheSystemGetsByItsValue) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), give = design,
                  keep = design;
    add_policy(give, "commissioning", {{"strength", 2.0}, {"value", 1.0}});
    add_policy(keep, "commissioning", {{"strength", 2.0}, {"value", 0.0}});
    EXPECT_GT(effect_of(design, give).system, 0);
    EXPECT_LT(effect_of(design, keep).system, 0);
}

TEST(Commissioning, KeepsItsPromises) {
    expect_nothing_changes("commissioning", {{"strength", 0.0}});
    expect_nothing_changes("commissioning", {{"value", 0.5}, {"strength", 2.0}});
    expect_closed_books("commissioning", {{"strength", 2.0}});
    ServiceDesign design =  // nobody comes near its endowment, so that nobody gives otherwise
        service_design(service_network(3, 2, 5), "unconditional", {{"amount", 3.0}, {"noise", 1.0}}, 6);
    design.keep_agents = true;
    const ServiceTrace without = trace_of(design);
    add_policy(design, "commissioning", {{"strength", 2.0}}).organizations = {"organization_0", "organization_1"};
    const ServiceTrace with = trace_of(design);
    bool differs = false;
    for (std::size_t at = 0; at < with.agents[0].size(); ++at) {
        if (at % 30 >= 20) {
            EXPECT_EQ(with.agents[0][at], without.agents[0][at]) << at;
        }
        differs = differs || with.agents[0][at] != without.agents[0][at];
    }
    EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace commonweal
