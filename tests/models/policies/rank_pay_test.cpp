#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

/// The slope of pay in the own contribution, from payoffs that were really paid, is -1 + a (1 - weight) for the local
/// pot and -1 + (r_S/N)(1 - weight) for the system's, and it is what people respond to.
TEST(RankPay, PaysTheSlopeThatItAnnounces) {
    for (const double weight : {0.0, 0.3, 0.5, 1.0})
        for (const double enhancement : {2.0, 6.0}) {
            ServiceDesign design = service_design(service_network(3, 2, 5));
            design.game = {20, enhancement, 8};
            add_policy(design, "rank_pay", {{"weight", weight}});
            const Slopes slopes = slopes_of(design, 5);
            EXPECT_NEAR(slopes.felt_local, -1 + enhancement / 10 * (1 - weight), 1e-5);
            EXPECT_NEAR(slopes.felt_system, -1 + 8.0 / 30 * (1 - weight), 1e-5);
            EXPECT_NEAR(slopes.paid, slopes.expected, 2e-5);
        }
}

/// In the first round nothing was announced: the slope is -1 + r_L/n - weight/n, as the own pay counts in the mean.
TEST(RankPay, PaysByTheMeanOfTheFirstRoundInIt) {
    const auto paid = [](double amount) {
        ServiceDesign design = service_design(service_network(2, 1, 5), "unconditional", {{"amount", amount}}, 1);
        design.places = {{.name = "one", .who = {"0"}}, {.name = "others"}};
        design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", 6.0}}).types[0]);
        design.keep_agents = true;
        add_policy(design, "rank_pay", {{"weight", 0.5}});
        return double{trace_of(design).agents[0][0]};
    };
    EXPECT_NEAR(paid(6) - paid(5), (-1 + 2.0 / 5 - 0.5 / 5) + (-1 + 4.0 / 10 - 0.5 / 5), 1e-5);
}

/// Who gives as the others do is paid what it would be paid without.
TEST(RankPay, CostsNothingWhereAllAreAlike) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 6.0}});
    const ServiceTrace without = trace_of(design);
    add_policy(design, "rank_pay", {{"weight", 0.8}});
    const ServiceTrace with = trace_of(design);
    EXPECT_EQ(with.payoff, without.payoff);
    EXPECT_EQ(with.public_cost, 0);
}

TEST(RankPay, LowersContributions) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design;
    add_policy(with, "rank_pay", {{"weight", 1.0}});
    const Effect effect = effect_of(design, with);
    EXPECT_LT(effect.local, 0);
    EXPECT_LT(effect.system, 0);
}

TEST(RankPay, PaysNoMoreThanItsBudget) {
    ServiceDesign design = unmoved_service(service_network(3, 2, 5));
    add_policy(design, "rank_pay", {{"weight", 0.8}}).budget = 50;
    const ServiceTrace trace = trace_of(design);
    const Micro spent = trace.books[static_cast<std::size_t>(Account::subsidies)];
    EXPECT_EQ(spent, micros(50));
    EXPECT_EQ(trace.gap, 0);
    EXPECT_NEAR(trace.policy_cost[0] * 30 * 6, tokens(spent - trace.books[static_cast<std::size_t>(Account::fines)]),
                1e-9);
}

TEST(RankPay, KeepsItsPromises) {
    expect_nothing_changes("rank_pay", {{"weight", 0.0}});
    expect_closed_books("rank_pay", {{"weight", 0.7}});
    expect_money_in_scope_only("rank_pay", {{"weight", 0.7}});
}

}  // namespace
}  // namespace commonweal
